"""Feeds: the unguessable word in the address of a chat's calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert
from bot.storage.tables import FEEDS


async def word(connection: AsyncConnection, chat: int, now: datetime) -> str:
    """Return the word of a chat, made where it has none."""
    await connection.execute(
        insert(connection, FEEDS)
        .values(chat_id=chat, word=secrets.token_urlsafe(24), made_at=now)
        .on_conflict_do_nothing(index_elements=[FEEDS.c.chat_id])
    )
    found: str | None = await connection.scalar(
        select(FEEDS.c.word).where(FEEDS.c.chat_id == chat)
    )
    assert found is not None  # noqa: S101 - just made
    return found


async def renew(connection: AsyncConnection, chat: int, now: datetime) -> str:
    """Give a chat another word; the address with the last one leads nowhere from now on."""
    await connection.execute(delete(FEEDS).where(FEEDS.c.chat_id == chat))
    return await word(connection, chat, now)


async def chat_of(connection: AsyncConnection, word: str) -> int | None:
    """Return whose word it is, None for nobody's."""
    found: int | None = await connection.scalar(
        select(FEEDS.c.chat_id).where(FEEDS.c.word == word)
    )
    return found
