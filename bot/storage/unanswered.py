"""Unanswered questions: what people ask and the plan does not say, grouped and without names."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert
from bot.storage.tables import UNANSWERED

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question in its normalised spelling and how often it was asked."""

    key: str
    question: str
    asked: int
    first_seen: datetime
    last_seen: datetime


def question_key(normalised: str) -> str:
    """Return a short name of a normalised question, from which it cannot be read."""
    return hashlib.sha256(normalised.encode("utf-8", "replace")).hexdigest()[:24]


async def note(connection: AsyncConnection, asked: Mapping[str, int], now: datetime) -> None:
    """Count questions once more; those that were resolved are open again.

    Args:
        connection: an open transaction.
        asked: how often each was asked, by its normalised spelling, of which the first 300
            characters are kept.
        now: the present moment, aware.
    """
    if not asked:
        return
    fresh = insert(connection, UNANSWERED)
    statement = fresh.on_conflict_do_update(
        index_elements=[UNANSWERED.c.question_key],
        set_={
            "asked": UNANSWERED.c.asked + fresh.excluded.asked,
            "last_seen": fresh.excluded.last_seen,
            "resolved_at": None,
        },
    )
    rows = [
        {
            "question_key": question_key(question),
            "question": question[:_LONGEST],
            "asked": count,
            "first_seen": now,
            "last_seen": now,
        }
        # In one order, so that two processes cannot wait for each other.
        for question, count in sorted(asked.items())
    ]
    await connection.execute(statement, rows)


async def top(connection: AsyncConnection, limit: int) -> tuple[Unanswered, ...]:
    """Return the open questions, those asked most often first, then the latest."""
    rows = await connection.execute(
        select(UNANSWERED)
        .where(UNANSWERED.c.resolved_at.is_(None))
        .order_by(
            UNANSWERED.c.asked.desc(), UNANSWERED.c.last_seen.desc(), UNANSWERED.c.question_key
        )
        .limit(limit)
    )
    return tuple(map(_question, rows))


async def find(connection: AsyncConnection, key: str) -> Unanswered | None:
    """Return the question of this key, None where none is open under it."""
    rows = await connection.execute(
        select(UNANSWERED).where(
            UNANSWERED.c.question_key == key, UNANSWERED.c.resolved_at.is_(None)
        )
    )
    row = rows.first()
    return None if row is None else _question(row)


async def count(connection: AsyncConnection) -> int:
    """Return how many questions are open."""
    open_ones = select(func.count()).select_from(UNANSWERED)
    return await connection.scalar(open_ones.where(UNANSWERED.c.resolved_at.is_(None))) or 0


async def resolve(connection: AsyncConnection, key: str, now: datetime) -> bool:
    """Mark a question as dealt with; return False where none is open under `key`."""
    changed = await connection.execute(
        update(UNANSWERED)
        .where(UNANSWERED.c.question_key == key, UNANSWERED.c.resolved_at.is_(None))
        .values(resolved_at=now)
    )
    return changed.rowcount > 0


async def prune(connection: AsyncConnection, before: datetime) -> int:
    """Drop the questions last asked before then and return how many they were."""
    dropped = delete(UNANSWERED).where(UNANSWERED.c.last_seen < before)
    return (await connection.execute(dropped)).rowcount


def _question(row: Row[Any]) -> Unanswered:
    return Unanswered(row.question_key, row.question, row.asked, row.first_seen, row.last_seen)
