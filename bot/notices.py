"""Notices to many chats: each waits in the inbox like an update, so that a crash loses none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.letters import Failed, Flood, Migrated, Outcome, Text
from bot.pacing import Priority
from bot.sender import Sender
from bot.services import LaterError
from bot.storage import inbox
from bot.storage.inbox import Arrival

_NOTICE = "planbot_notice"


async def put(
    connection: AsyncConnection, name: str, html: str, chats: Iterable[int], now: datetime
) -> int:
    """Store a notice for each chat and return how many are new.

    Args:
        connection: an open transaction.
        name: names the notice; putting one of the same name again changes nothing.
        html: what it says, within Telegram's limits.
        chats: who it is for.
        now: the present moment, aware.
    """
    arrivals = [
        Arrival(
            _number(name, chat),
            f"c{chat}",
            {"update_id": _number(name, chat), _NOTICE: {"chat": chat, "html": html}},
        )
        for chat in chats
    ]
    return len(await inbox.store(connection, arrivals, now))


async def deliver(sender: Sender, payload: dict[str, Any]) -> bool:
    """Send the notice that `payload` is; return False where it is none.

    Raises:
        LaterError: it could not be sent now.
    """
    notice = payload.get(_NOTICE)
    if not isinstance(notice, dict) or payload["update_id"] >= 0:
        return False
    outcome = await _send(sender, int(notice["chat"]), str(notice["html"]))
    if isinstance(outcome, Migrated):
        outcome = await _send(sender, outcome.new_id, str(notice["html"]))
    if isinstance(outcome, Flood):
        raise LaterError("Telegram slows the chat down", outcome.retry_after)
    if isinstance(outcome, Failed) and outcome.passing:
        raise LaterError(outcome.reason)
    return True


async def _send(sender: Sender, chat: int, html: str) -> Outcome:
    return await sender.send(Text(chat, html), Priority.REMINDER)


def _number(name: str, chat: int) -> int:
    """Return an id below 0, where no update of Telegram's is."""
    digest = hashlib.sha256(f"{name} {chat}".encode()).digest()
    return -1 - (int.from_bytes(digest[:8], "big") >> 2)
