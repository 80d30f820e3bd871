"""Completions: the days of deadlines that a chat is done with, and who said so."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert
from bot.storage.tables import COMPLETERS, COMPLETIONS


async def complete(
    connection: AsyncConnection, chat: int, key: str, due_on: date, user: int, now: datetime
) -> bool:
    """Note that a chat is done with a day of a deadline; False where it was already.

    Who said so is noted apart, so that it can be forgotten without the deadline coming back.
    """
    place = {"chat_id": chat, "deadline_key": key, "due_on": due_on}
    added = await connection.scalar(
        insert(connection, COMPLETIONS)
        .values(**place, done_at=now)
        .on_conflict_do_nothing()
        .returning(COMPLETIONS.c.chat_id)
    )
    if added is None:
        return False
    await connection.execute(
        insert(connection, COMPLETERS).values(**place, user_id=user).on_conflict_do_nothing()
    )
    return True


async def reopen(connection: AsyncConnection, chat: int, key: str, due_on: date) -> bool:
    """Note that a chat is not done after all; False where it was not."""
    gone = [
        (
            await connection.execute(
                delete(table).where(
                    table.c.chat_id == chat,
                    table.c.deadline_key == key,
                    table.c.due_on == due_on,
                )
            )
        ).rowcount
        for table in (COMPLETERS, COMPLETIONS)
    ]
    return gone[1] > 0


async def done(connection: AsyncConnection, chat: int) -> frozenset[tuple[str, date]]:
    """Return the days of deadlines that a chat is done with."""
    rows = await connection.execute(
        select(COMPLETIONS.c.deadline_key, COMPLETIONS.c.due_on).where(
            COMPLETIONS.c.chat_id == chat
        )
    )
    return frozenset((key, day) for key, day in rows)


async def completed_by(
    connection: AsyncConnection, chat: int, key: str, due_on: date
) -> int | None:
    """Return who said that a chat is done with a day of a deadline, None where nobody did."""
    found: int | None = await connection.scalar(
        select(COMPLETERS.c.user_id).where(
            COMPLETERS.c.chat_id == chat,
            COMPLETERS.c.deadline_key == key,
            COMPLETERS.c.due_on == due_on,
        )
    )
    return found


async def move_completions(
    connection: AsyncConnection, old: tuple[str, date], new: tuple[str, date]
) -> None:
    """Have whoever was done with the day of a deadline be done with the one it became."""
    for table, rest in ((COMPLETIONS, "done_at"), (COMPLETERS, "user_id")):
        rows = select(
            table.c.chat_id,
            literal(new[0], table.c.deadline_key.type),
            literal(new[1], table.c.due_on.type),
            table.c[rest],
        ).where(table.c.deadline_key == old[0], table.c.due_on == old[1])
        await connection.execute(
            insert(connection, table)
            .from_select(["chat_id", "deadline_key", "due_on", rest], rows)
            .on_conflict_do_nothing()
        )


async def rename(connection: AsyncConnection, old: str, new: str) -> None:
    """Have all that was done with a deadline be done with it under its new key."""
    for table in (COMPLETIONS, COMPLETERS):
        twin = table.alias()
        there = exists().where(
            twin.c.deadline_key == new,
            twin.c.chat_id == table.c.chat_id,
            twin.c.due_on == table.c.due_on,
        )
        await connection.execute(
            update(table).where(table.c.deadline_key == old, ~there).values(deadline_key=new)
        )
