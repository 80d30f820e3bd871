"""Occurrences: each reminder that fell due for a chat, once and for all, with its delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import subscriptions
from bot.storage.database import insert
from bot.storage.numbers import reserve
from bot.storage.tables import (
    CHATS,
    COMPLETIONS,
    DELIVERIES,
    OCCURRENCES,
    SUBSCRIPTIONS,
)

KEPT = timedelta(days=400)

_O = OCCURRENCES.c
_NAME = "occurrences"


class Kind(StrEnum):
    """Why a message is due."""

    REMINDER = "reminder"
    SNOOZE = "snooze"
    CORRECTION = "correction"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message is about: a deadline and the day of it, `lead` days before that day.

    `serial` tells apart what is the same in all else, such as a second correction.
    """

    kind: Kind
    key: str
    due_on: date
    lead: int
    at: datetime
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A message that fell due for a chat, or a topic of it (0 for none)."""

    id: int
    chat: int
    thread: int
    subject: Subject
    made_at: datetime


async def make(
    connection: AsyncConnection, subject: Subject, schedules: Sequence[int], now: datetime
) -> int:
    """Make a subject due for everyone on these schedules, and return for how many it is new.

    Left out is who paused it, came after it was due, or is done with it. All is done by the
    database in two statements, however many chats there are.
    """
    at = None if subject.kind is Kind.CORRECTION else subject.at
    places = (
        select(SUBSCRIPTIONS.c.chat_id, SUBSCRIPTIONS.c.thread_id)
        .where(subscriptions.active(schedules, at))
        .distinct()
        .subquery()
    )
    most = await connection.scalar(select(func.count()).select_from(places)) or 0
    if not most:
        return 0
    first = await reserve(connection, _NAME, most)
    number = func.row_number().over(order_by=(places.c.chat_id, places.c.thread_id))
    done = exists().where(
        COMPLETIONS.c.chat_id == places.c.chat_id,
        COMPLETIONS.c.deadline_key == subject.key,
        COMPLETIONS.c.due_on == subject.due_on,
    )
    columns = _columns(subject, now)
    rows = select(
        cast(literal(first - 1), BigInteger) + number,
        places.c.chat_id,
        places.c.thread_id,
        *(literal(value, OCCURRENCES.c[name].type) for name, value in columns.items()),
    ).where(~done)
    names = ["occurrence_id", "chat_id", "thread_id", *columns]
    await connection.execute(
        insert(connection, OCCURRENCES).from_select(names, rows).on_conflict_do_nothing()
    )
    return await _enter(connection, first, first + most - 1)


async def make_one(
    connection: AsyncConnection, chat: int, thread: int, subject: Subject, now: datetime
) -> int | None:
    """Make a subject due for one place and return its id, None where it is not new."""
    number = await reserve(connection, _NAME)
    added = await connection.scalar(
        insert(connection, OCCURRENCES)
        .values(occurrence_id=number, chat_id=chat, thread_id=thread, **_columns(subject, now))
        .on_conflict_do_nothing()
        .returning(_O.occurrence_id)
    )
    if added is None:
        return None
    await _enter(connection, number, number)
    return number


async def find(connection: AsyncConnection, chat: int, number: int) -> Occurrence | None:
    """Return the occurrence `number` of `chat`, None where it is another's or not there."""
    found = await connection.execute(
        select(OCCURRENCES).where(_O.occurrence_id == number, _O.chat_id == chat)
    )
    row = found.first()
    return None if row is None else occurrence(row)


async def of_message(
    connection: AsyncConnection, chat: int, message: int
) -> tuple[Occurrence, ...]:
    """Return what a message of the bot told of, in order."""
    rows = await connection.execute(
        select(OCCURRENCES)
        .join(DELIVERIES, DELIVERIES.c.occurrence_id == _O.occurrence_id)
        .where(DELIVERIES.c.chat_id == chat, DELIVERIES.c.message_id == message)
        .order_by(_O.due_on, _O.occurrence_id)
    )
    return tuple(map(occurrence, rows))


async def last_serial(connection: AsyncConnection, like: Occurrence, kind: Kind) -> int:
    """Return the highest serial of this kind for the place and day of `like`, 0 for none."""
    found = await connection.scalar(
        select(func.max(_O.serial)).where(
            _O.chat_id == like.chat,
            _O.thread_id == like.thread,
            _O.kind == kind.value,
            _O.deadline_key == like.subject.key,
            _O.due_on == like.subject.due_on,
        )
    )
    return found or 0


async def next_serial(connection: AsyncConnection, kind: Kind, key: str, due_on: date) -> int:
    """Return a serial that nothing of this kind has for that day of a deadline yet."""
    found = await connection.scalar(
        select(func.max(_O.serial)).where(
            _O.kind == kind.value, _O.deadline_key == key, _O.due_on == due_on
        )
    )
    return (found or 0) + 1


async def rename(connection: AsyncConnection, old: str, new: str) -> None:
    """Have what was told of a deadline count under its new key; what does already stays."""
    twin = OCCURRENCES.alias()
    same = ("due_on", "kind", "lead", "serial", "chat_id", "thread_id")
    there = exists().where(
        twin.c.deadline_key == new, *(twin.c[name] == _O[name] for name in same)
    )
    await connection.execute(
        update(OCCURRENCES).where(_O.deadline_key == old, ~there).values(deadline_key=new)
    )


async def prune(connection: AsyncConnection, now: datetime) -> int:
    """Drop what was due more than 400 days ago and is closed, and return how many it was.

    Until then an occurrence is what keeps the same reminder from coming again.
    """
    open_ = exists().where(
        DELIVERIES.c.occurrence_id == _O.occurrence_id, DELIVERIES.c.closed_at.is_(None)
    )
    old = delete(OCCURRENCES).where(_O.due_at < now - KEPT, ~open_)
    return (await connection.execute(old)).rowcount


def occurrence(row: Row[Any]) -> Occurrence:
    """Return a row of the table as what it means."""
    subject = Subject(
        Kind(row.kind), row.deadline_key, row.due_on, row.lead, row.due_at, row.serial
    )
    return Occurrence(row.occurrence_id, row.chat_id, row.thread_id, subject, row.made_at)


async def _enter(connection: AsyncConnection, first: int, last: int) -> int:
    """Give each new occurrence its delivery; that of a chat that takes nothing is put by."""
    takes = and_(CHATS.c.chat_id == _O.chat_id, CHATS.c.paused.is_not(None))
    rows = (
        select(
            _O.occurrence_id,
            _O.chat_id,
            _O.thread_id,
            literal("due"),
            case((CHATS.c.chat_id.is_(None), _O.due_at)),
            literal(0),
            literal(0),
            literal(0),
        )
        .select_from(OCCURRENCES.outerjoin(CHATS, takes))
        .where(_within(first, last))
    )
    columns = [
        "occurrence_id", "chat_id", "thread_id", "state", "free_at", "attempts", "doubts",
        "unheard",
    ]  # fmt: skip
    statement = DELIVERIES.insert().from_select(columns, rows)
    added = await connection.execute(statement, execution_options={"preserve_rowcount": True})
    return added.rowcount


def _within(first: int, last: int) -> ColumnElement[bool]:
    return _O.occurrence_id.between(first, last)


def _columns(subject: Subject, now: datetime) -> dict[str, Any]:
    return {
        "kind": subject.kind.value,
        "deadline_key": subject.key,
        "due_on": subject.due_on,
        "lead": subject.lead,
        "serial": subject.serial,
        "due_at": subject.at,
        "made_at": now,
    }
