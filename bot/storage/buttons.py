"""Buttons: what each means, kept under a short id where it does not fit into the button."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert
from bot.storage.tables import BUTTONS

# Written at the front of each id: what an older program kept is not taken for something else.
VERSION = "1"

KEPT = timedelta(days=30)


async def keep(
    connection: AsyncConnection, chat: int, payload: Any, now: datetime, lasts: timedelta = KEPT
) -> str:
    """Keep `payload` (any JSON value) for `chat` and return its id, 17 characters long.

    The same payload has the same id in a chat; keeping it again lets it last longer.
    """
    spelled = json.dumps([chat, payload], sort_keys=True).encode()
    name = VERSION + base64.urlsafe_b64encode(hashlib.sha256(spelled).digest()[:12]).decode()
    expires = now + lasts
    await connection.execute(
        insert(connection, BUTTONS)
        .values(button_id=name, chat_id=chat, payload=payload, expires_at=expires)
        .on_conflict_do_update(
            index_elements=[BUTTONS.c.button_id],
            set_={"chat_id": chat, "expires_at": expires},
        )
    )
    return name


async def find(connection: AsyncConnection, chat: int, name: str, now: datetime) -> Any | None:
    """Return what the button `name` of `chat` means, None where it expired or never was."""
    if not name.startswith(VERSION):
        return None
    return await connection.scalar(
        select(BUTTONS.c.payload).where(
            BUTTONS.c.button_id == name, BUTTONS.c.chat_id == chat, BUTTONS.c.expires_at > now
        )
    )


async def prune(connection: AsyncConnection, now: datetime) -> int:
    """Drop what has expired and return how many buttons it was."""
    return (await connection.execute(delete(BUTTONS).where(BUTTONS.c.expires_at <= now))).rowcount
