"""Many rows of the same kind in one statement: contexts and answers of updates done together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.contexts import KeptContext, Talk
from bot.storage.database import insert
from bot.storage.tables import ANSWERS, CONTEXTS
from knowledge.ask.reply import Context


async def contexts_of(
    connection: AsyncConnection, chats: Collection[int]
) -> dict[Talk, KeptContext]:
    """Return every context of these chats."""
    if not chats:
        return {}
    rows = await connection.execute(select(CONTEXTS).where(CONTEXTS.c.chat_id.in_(chats)))
    return {
        Talk(row.chat_id, row.user_id, row.thread_id): KeptContext(
            Context.from_json(row.context), row.updated_at
        )
        for row in rows
    }


async def save_contexts(
    connection: AsyncConnection, kept: Mapping[Talk, Context], now: datetime
) -> None:
    """Keep these contexts in place of the last of their talks."""
    if not kept:
        return
    statement = insert(connection, CONTEXTS)
    statement = statement.on_conflict_do_update(
        index_elements=list(CONTEXTS.primary_key),
        set_={
            "context": statement.excluded.context,
            "updated_at": statement.excluded.updated_at,
        },
    )
    rows = [
        {
            "chat_id": talk.chat,
            "thread_id": talk.thread,
            "user_id": talk.user,
            "context": context.to_json(),
            "updated_at": now,
        }
        for talk, context in kept.items()
    ]
    await connection.execute(statement, rows)


async def add_answers(
    connection: AsyncConnection,
    answers: Sequence[tuple[int, int, tuple[int, ...]]],
    now: datetime,
) -> None:
    """Keep which messages answer which question, each (chat, question, replies)."""
    rows = [
        {"chat_id": chat, "question_id": question, "reply_id": reply, "answered_at": now}
        for chat, question, replies in answers
        for reply in replies
    ]
    if rows:
        await connection.execute(insert(connection, ANSWERS).on_conflict_do_nothing(), rows)
