"""Conversations: what the last turns of each left to lean on."""

from __future__ import annotations

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


async def save(connection: AsyncConnection, talk: Talk, context: Context, now: datetime) -> None:
    """Keep the context of `talk` in place of its last."""
    columns = {"context": context.to_json(), "updated_at": now}
    await connection.execute(
        insert(connection, CONTEXTS)
        .values(chat_id=talk.chat, thread_id=talk.thread, user_id=talk.user, **columns)
        .on_conflict_do_update(index_elements=list(CONTEXTS.primary_key), set_=columns)
    )


async def load(connection: AsyncConnection, talk: Talk) -> KeptContext | None:
    """Return the last context of `talk`, None where there is none."""
    row = (await connection.execute(select(CONTEXTS).where(*_of(talk)))).first()
    return None if row is None else KeptContext(Context.from_json(row.context), row.updated_at)


async def clear(connection: AsyncConnection, talk: Talk) -> None:
    """Drop the context of `talk`."""
    await connection.execute(delete(CONTEXTS).where(*_of(talk)))


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
