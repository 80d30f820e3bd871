"""The inbox: updates from Telegram, kept until each is handled.

Updates of one chat are handed out one at a time and in their order, those of different chats side
by side. Whoever takes one holds it on a lease, and only while the lease is theirs can they say how
it ended: one whose holder died is handed out again. What was handled is remembered for a while
without its content, so that an update that comes twice is handled once.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import exclusive, insert
from bot.storage.tables import INBOX

ATTEMPTS = 3
KEPT = timedelta(days=3)

PENDING = INBOX.c.handled_at.is_(None)
# What is dropped of an update that is not to be handled any more.
GONE: dict[str, Any] = {"chat_key": "", "payload": None, "lease": None, "free_at": None}


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came: its id, what it must be handled in order with, and its JSON."""

    update_id: int
    chat_key: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """An update held on a lease: `attempt` counts from 1, `token` proves who holds it."""

    update_id: int
    chat_key: str
    payload: dict[str, Any]
    attempt: int
    token: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many updates wait, how many were given up, and since when the oldest waits."""

    pending: int
    dead: int
    oldest: datetime | None


async def store(
    connection: AsyncConnection, arrivals: Sequence[Arrival], now: datetime
) -> frozenset[int]:
    """Keep these updates and return the ids of those that are new; the others change nothing."""
    rows = [
        {
            "update_id": arrival.update_id,
            "chat_key": arrival.chat_key,
            "payload": arrival.payload,
            "attempts": 0,
            "received_at": now,
        }
        for arrival in arrivals
    ]
    if not rows:
        return frozenset()
    statement = insert(connection, INBOX).on_conflict_do_nothing(
        index_elements=[INBOX.c.update_id]
    )
    return frozenset(await connection.scalars(statement.returning(INBOX.c.update_id), rows))


async def claim(connection: AsyncConnection, now: datetime, lease: timedelta) -> Claim | None:
    """Take the next update that may be handled, None where there is none now.

    An update is given up once it was taken three times and never finished, since it may be what
    stops its holders. Commit before handling it; several may be taken in one transaction.
    """
    await exclusive(connection, "inbox")
    while (row := await _next(connection, now)) is not None:
        if row.attempts >= ATTEMPTS:
            lost = and_(INBOX.c.update_id == row.update_id, _free(now))
            await close(connection, lost, now, reason="never finished")
            continue
        token = secrets.token_hex(8)
        taken = await connection.execute(
            update(INBOX)
            # In PostgreSQL a holder whose lease ran out may finish between our two statements.
            .where(INBOX.c.update_id == row.update_id, PENDING, _free(now))
            .values(attempts=row.attempts + 1, lease=token, free_at=now + lease)
        )
        if taken.rowcount:
            return Claim(row.update_id, row.chat_key, row.payload, row.attempts + 1, token)
    return None


async def release(connection: AsyncConnection, claim: Claim) -> bool:
    """Give an update back untouched, as when the program ends; False where the lease was lost."""
    changed = await connection.execute(
        update(INBOX)
        .where(held(claim))
        .values(lease=None, free_at=None, attempts=claim.attempt - 1)
    )
    return changed.rowcount > 0


async def counts(connection: AsyncConnection) -> Counts:
    """Return how many updates wait and how many were given up and not yet pruned."""
    pending, oldest = (
        await connection.execute(
            select(func.count(), func.min(INBOX.c.received_at)).where(PENDING)
        )
    ).one()
    dead = await connection.scalar(
        select(func.count()).where(INBOX.c.handled_at.is_not(None), INBOX.c.reason.is_not(None))
    )
    return Counts(pending, dead or 0, oldest)


async def prune(connection: AsyncConnection, now: datetime) -> int:
    """Drop the ids of updates handled more than three days ago and return how many they were."""
    old = delete(INBOX).where(INBOX.c.handled_at < now - KEPT)
    return (await connection.execute(old)).rowcount


async def _next(connection: AsyncConnection, now: datetime) -> Row[Any] | None:
    """Return the first update that is free, is its chat's first, and whose chat is not held."""
    other = INBOX.alias()
    blocked = exists().where(
        other.c.handled_at.is_(None),
        other.c.chat_key == INBOX.c.chat_key,
        or_(other.c.update_id < INBOX.c.update_id, other.c.free_at > now),
    )
    return (
        await connection.execute(
            select(INBOX).where(PENDING, _free(now), ~blocked).order_by(INBOX.c.update_id).limit(1)
        )
    ).first()


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(INBOX.c.free_at.is_(None), INBOX.c.free_at <= now)


def held(claim: Claim) -> ColumnElement[bool]:
    """Return what holds for an update as long as its lease is not lost."""
    return and_(INBOX.c.update_id == claim.update_id, INBOX.c.lease == claim.token)


async def close(
    connection: AsyncConnection, which: ColumnElement[bool], now: datetime, reason: str | None
) -> bool:
    """Keep only the id of an update, and why it was given up; return False where none is such."""
    changed = await connection.execute(
        update(INBOX).where(PENDING, which).values(**GONE, reason=reason, handled_at=now)
    )
    return changed.rowcount > 0
