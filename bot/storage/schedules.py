"""Schedules: everything on which the moments of a subscription depend, shared by all alike.

The first of a schedule's moments that has not been seen to yet is kept with it. So a hundred
thousand chats that want the same are one row to look at, and looking whether anything is due is
one look into an index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import exclusive, insert
from bot.storage.numbers import reserve
from bot.storage.tables import SCHEDULES, SUBSCRIPTIONS


@dataclass(frozen=True, slots=True)
class Schedule:
    """A profile and the first of its moments that has not been seen to, None for none."""

    id: int
    profile: str
    next_due: datetime | None


async def keep(connection: AsyncConnection, profile: str, next_due: datetime | None) -> int:
    """Return the schedule of a profile, made where there is none.

    Args:
        connection: an open transaction.
        profile: everything on which the moments depend.
        next_due: the first moment that the caller needs seen to (aware). A schedule that waits
            for a later one waits for this one instead.
    """
    await exclusive(connection, "schedules")  # or it may be dropped before anyone is on it
    number = await reserve(connection, "schedules")
    statement = insert(connection, SCHEDULES).values(
        schedule_id=number, profile=profile, next_due=next_due
    )
    mine, theirs = statement.excluded.next_due, SCHEDULES.c.next_due
    sooner = case((or_(theirs.is_(None), mine < theirs), mine), else_=theirs)
    found = await connection.scalar(
        statement.on_conflict_do_update(
            index_elements=[SCHEDULES.c.profile], set_={"next_due": sooner}
        ).returning(SCHEDULES.c.schedule_id)
    )
    return int(found)


async def is_due(connection: AsyncConnection, now: datetime) -> bool:
    """Tell whether the moment of any schedule has come."""
    found = await connection.scalar(select(SCHEDULES.c.schedule_id).where(_due(now)).limit(1))
    return found is not None


async def wakes_at(connection: AsyncConnection) -> datetime | None:
    """Return the first moment of all schedules, None where there is none."""
    found: datetime | None = await connection.scalar(
        select(SCHEDULES.c.next_due)
        .where(SCHEDULES.c.next_due.is_not(None))
        .order_by(SCHEDULES.c.next_due)
        .limit(1)
    )
    return found


async def due(connection: AsyncConnection, now: datetime, limit: int) -> tuple[Schedule, ...]:
    """Return schedules whose moment has come, the longest due first."""
    rows = await connection.execute(
        select(SCHEDULES).where(_due(now)).order_by(SCHEDULES.c.next_due).limit(limit)
    )
    return tuple(map(_schedule, rows))


async def all_after(
    connection: AsyncConnection, after: int, limit: int = 500
) -> tuple[Schedule, ...]:
    """Return schedules by id, those behind `after`."""
    rows = await connection.execute(
        select(SCHEDULES)
        .where(SCHEDULES.c.schedule_id > after)
        .order_by(SCHEDULES.c.schedule_id)
        .limit(limit)
    )
    return tuple(map(_schedule, rows))


async def by_id(connection: AsyncConnection, numbers: Iterable[int]) -> dict[int, Schedule]:
    """Return these schedules by their ids."""
    rows = await connection.execute(
        select(SCHEDULES).where(SCHEDULES.c.schedule_id.in_(sorted(set(numbers))))
    )
    return {item.id: item for item in map(_schedule, rows)}


async def set_next(
    connection: AsyncConnection, moments: Iterable[tuple[int, datetime | None]]
) -> None:
    """Keep for each schedule the first moment that has not been seen to."""
    rows = [{"schedule_id": number, "next_due": moment} for number, moment in moments]
    for row in rows:
        await connection.execute(
            update(SCHEDULES)
            .where(SCHEDULES.c.schedule_id == row["schedule_id"])
            .values(next_due=row["next_due"])
        )


async def drop_unused(connection: AsyncConnection) -> int:
    """Drop the schedules that no subscription is on and return how many they were."""
    await exclusive(connection, "schedules")
    used = exists().where(SUBSCRIPTIONS.c.schedule_id == SCHEDULES.c.schedule_id)
    return (await connection.execute(delete(SCHEDULES).where(~used))).rowcount


def _due(now: datetime) -> ColumnElement[bool]:
    return SCHEDULES.c.next_due <= now


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(row.schedule_id, row.profile, row.next_due)
