"""Conversations: what the last turns of each left to lean on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert
from bot.storage.tables import CONTEXTS
from knowledge.ask.reply import Context


@dataclass(frozen=True, slots=True)
class Talk:
    """Whose conversation it is: a person's in a chat, and in a topic of it (0 for none)."""

    chat: int
    user: int
    thread: int = 0


@dataclass(frozen=True, slots=True)
class KeptContext:
    """A context and when it was kept; the caller decides whether that is too long ago."""

    context: Context
    updated_at: datetime


async def save(connection: AsyncConnection, left: Mapping[Talk, Context], now: datetime) -> None:
    """Keep these contexts in place of the last of their talks."""
    if not left:
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
        for talk, context in left.items()
    ]
    await connection.execute(statement, rows)


async def load(connection: AsyncConnection, talk: Talk) -> KeptContext | None:
    """Return the last context of `talk`, None where there is none."""
    row = (await connection.execute(select(CONTEXTS).where(*_of(talk)))).first()
    return None if row is None else KeptContext(Context.from_json(row.context), row.updated_at)


async def of_chats(connection: AsyncConnection, chats: Collection[int]) -> dict[Talk, KeptContext]:
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


async def prune(connection: AsyncConnection, before: datetime) -> int:
    """Drop the contexts kept before then and return how many they were."""
    return (
        await connection.execute(delete(CONTEXTS).where(CONTEXTS.c.updated_at < before))
    ).rowcount


def _of(talk: Talk) -> tuple[ColumnElement[bool], ...]:
    return (
        CONTEXTS.c.chat_id == talk.chat,
        CONTEXTS.c.thread_id == talk.thread,
        CONTEXTS.c.user_id == talk.user,
    )
