"""Who can be told something: the chats that talked to the bot lately, chose, or subscribed."""

from __future__ import annotations

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import CHATS, CONTEXTS, METADATA

_SUBSCRIPTIONS = "subscriptions"


async def known_chats(connection: AsyncConnection) -> tuple[int, ...]:
    """Return the ids of the chats that are not paused, each once, in order."""
    sources = [select(CHATS.c.chat_id), select(CONTEXTS.c.chat_id)]
    if _SUBSCRIPTIONS in METADATA.tables:
        sources.append(select(METADATA.tables[_SUBSCRIPTIONS].c.chat_id))
    paused = frozenset(
        await connection.scalars(select(CHATS.c.chat_id).where(CHATS.c.paused.is_not(None)))
    )
    found = frozenset(await connection.scalars(union(*sources)))
    return tuple(sorted(found - paused))
