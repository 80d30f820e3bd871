"""Topics: what becomes of what a topic of a chat was told, once it is gone."""

from __future__ import annotations

from sqlalchemy import Table, delete, exists, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import deliveries
from bot.storage.tables import OCCURRENCES, SUBSCRIPTIONS

# What makes a row of each table the same in another topic.
_SAME: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (SUBSCRIPTIONS, ("scope",)),
    (OCCURRENCES, ("deadline_key", "due_on", "kind", "lead", "serial")),
)


async def leave(connection: AsyncConnection, chat: int, thread: int) -> None:
    """Move the subscriptions and reminders of a topic to the chat itself.

    What the chat has of its own already stays, and the topic's goes.
    """
    await deliveries.leave_topic(connection, chat, thread)
    for table, same in _SAME:
        twin = table.alias()
        there = exists().where(
            twin.c.chat_id == chat,
            twin.c.thread_id == 0,
            *(twin.c[name] == table.c[name] for name in same),
        )
        of_topic = (table.c.chat_id == chat, table.c.thread_id == thread)
        await connection.execute(delete(table).where(*of_topic, there))
        await connection.execute(update(table).where(*of_topic).values(thread_id=0))
