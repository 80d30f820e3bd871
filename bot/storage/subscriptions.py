"""Subscriptions: what each chat, or a topic of it, is reminded of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert
from bot.storage.numbers import reserve
from bot.storage.tables import SUBSCRIPTIONS

_S = SUBSCRIPTIONS.c


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a chat, or a topic of it (0 for none), is reminded of; None is the chat's own choice.

    Only what falls due after `since` is reminded of; `schedule` is None for one just made.
    """

    id: int
    chat: int
    thread: int
    scope: str
    since: datetime
    leads: tuple[int, ...] | None = None
    hour: time | None = None
    paused_at: datetime | None = None
    schedule: int | None = None


class Changes(TypedDict, total=False):
    """What can be changed of a subscription."""

    leads: Iterable[int] | None
    hour: time | None
    paused_at: datetime | None
    since: datetime


async def add(
    connection: AsyncConnection, chat: int, thread: int, scope: str, schedule: int, now: datetime
) -> int | None:
    """Keep a subscription and return its id, None where the place has this one already."""
    number = await reserve(connection, "subscriptions")
    added: int | None = await connection.scalar(
        insert(connection, SUBSCRIPTIONS)
        .values(
            subscription_id=number,
            chat_id=chat,
            thread_id=thread,
            scope=scope,
            schedule_id=schedule,
            since=now,
        )
        .on_conflict_do_nothing(index_elements=[_S.chat_id, _S.thread_id, _S.scope])
        .returning(_S.subscription_id)
    )
    return added


async def find(connection: AsyncConnection, chat: int, number: int) -> Subscription | None:
    """Return the subscription `number` of `chat`, None where it is another's or not there."""
    found = await connection.execute(
        select(SUBSCRIPTIONS).where(_S.subscription_id == number, _S.chat_id == chat)
    )
    row = found.first()
    return None if row is None else _subscription(row)


async def at(
    connection: AsyncConnection, chat: int, thread: int, scope: str
) -> Subscription | None:
    """Return the subscription of a place to `scope`, None where there is none."""
    found = await connection.execute(
        select(SUBSCRIPTIONS).where(_S.chat_id == chat, _S.thread_id == thread, _S.scope == scope)
    )
    row = found.first()
    return None if row is None else _subscription(row)


async def of_chat(
    connection: AsyncConnection, chat: int, limit: int = 1000
) -> tuple[Subscription, ...]:
    """Return the subscriptions of a chat in the order they were made, all topics together."""
    rows = await connection.execute(
        select(SUBSCRIPTIONS).where(_S.chat_id == chat).order_by(_S.subscription_id).limit(limit)
    )
    return tuple(map(_subscription, rows))


async def count(connection: AsyncConnection, chat: int) -> int:
    """Return how many subscriptions a chat has."""
    found = await connection.scalar(
        select(func.count()).select_from(SUBSCRIPTIONS).where(_S.chat_id == chat)
    )
    return found or 0


async def change(connection: AsyncConnection, number: int, **changes: Unpack[Changes]) -> None:
    """Keep these changes of a subscription, and leave the rest of it alone."""
    columns: dict[str, Any] = dict(changes)
    if columns.get("leads") is not None:
        columns["leads"] = sorted(set(columns["leads"]), reverse=True)
    if columns.get("hour") is not None:
        columns["hour"] = columns["hour"].isoformat("minutes")
    await connection.execute(
        update(SUBSCRIPTIONS).where(_S.subscription_id == number).values(**columns)
    )


async def remove(connection: AsyncConnection, number: int) -> None:
    """End a subscription."""
    await connection.execute(delete(SUBSCRIPTIONS).where(_S.subscription_id == number))


async def rescope(connection: AsyncConnection, old: str, new: str) -> None:
    """Have every subscription to `old` be to `new`; whoever has `new` already keeps one."""
    twin = SUBSCRIPTIONS.alias()
    has_new = exists().where(
        twin.c.chat_id == _S.chat_id, twin.c.thread_id == _S.thread_id, twin.c.scope == new
    )
    await connection.execute(delete(SUBSCRIPTIONS).where(_S.scope == old, has_new))
    await connection.execute(update(SUBSCRIPTIONS).where(_S.scope == old).values(scope=new))


async def attach(connection: AsyncConnection, number: int, schedule: int) -> None:
    """Put a subscription on another schedule."""
    await connection.execute(
        update(SUBSCRIPTIONS).where(_S.subscription_id == number).values(schedule_id=schedule)
    )


async def reattach(connection: AsyncConnection, old: int, new: int) -> None:
    """Put all subscriptions on a schedule on another one."""
    await connection.execute(
        update(SUBSCRIPTIONS).where(_S.schedule_id == old).values(schedule_id=new)
    )


def active(schedule_ids: Iterable[int], at: datetime | None) -> ColumnElement[bool]:
    """Return what holds for the subscriptions on these schedules that want what is due `at`.

    None is for what everyone who is subscribed now is to hear.
    """
    begun = () if at is None else (_S.since < at,)
    return and_(_S.schedule_id.in_(sorted(set(schedule_ids))), _S.paused_at.is_(None), *begun)


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(
        id=row.subscription_id,
        chat=row.chat_id,
        thread=row.thread_id,
        scope=row.scope,
        since=row.since,
        leads=None if row.leads is None else tuple(row.leads),
        hour=None if row.hour is None else time.fromisoformat(row.hour),
        paused_at=row.paused_at,
        schedule=row.schedule_id,
    )
