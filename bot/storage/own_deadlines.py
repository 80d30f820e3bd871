"""Own deadlines: days that a chat set itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.numbers import reserve
from bot.storage.tables import OWN_DEADLINES

_N = OWN_DEADLINES.c


@dataclass(frozen=True, slots=True)
class OwnDeadline:
    """What a chat has to do by a day, and the program or task that it is about."""

    id: int
    chat: int
    subject: str
    due_on: date
    words: str


async def add(
    connection: AsyncConnection, chat: int, subject: str, due_on: date, words: str, now: datetime
) -> OwnDeadline:
    """Keep a deadline of a chat."""
    number = await reserve(connection, "own_deadlines")
    await connection.execute(
        OWN_DEADLINES.insert().values(
            own_id=number, chat_id=chat, subject=subject, due_on=due_on, words=words, made_at=now
        )
    )
    return OwnDeadline(number, chat, subject, due_on, words)


async def find(connection: AsyncConnection, chat: int, number: int) -> OwnDeadline | None:
    """Return the deadline `number` of `chat`, None where it is another's or not there."""
    found = await connection.execute(
        select(OWN_DEADLINES).where(_N.own_id == number, _N.chat_id == chat)
    )
    row = found.first()
    return None if row is None else _own(row)


async def by_id(connection: AsyncConnection, numbers: Iterable[int]) -> tuple[OwnDeadline, ...]:
    """Return these deadlines, whosoever they are."""
    wanted = sorted(set(numbers))
    if not wanted:
        return ()
    rows = await connection.execute(select(OWN_DEADLINES).where(_N.own_id.in_(wanted)))
    return tuple(map(_own, rows))


async def of_chat(connection: AsyncConnection, chat: int) -> tuple[OwnDeadline, ...]:
    """Return the deadlines of a chat, the earliest first."""
    rows = await connection.execute(
        select(OWN_DEADLINES).where(_N.chat_id == chat).order_by(_N.due_on, _N.own_id)
    )
    return tuple(map(_own, rows))


async def count(connection: AsyncConnection, chat: int) -> int:
    """Return how many deadlines a chat has set."""
    found = await connection.scalar(
        select(func.count()).select_from(OWN_DEADLINES).where(_N.chat_id == chat)
    )
    return found or 0


async def change(connection: AsyncConnection, number: int, due_on: date, words: str) -> None:
    """Give a deadline another day and other words."""
    await connection.execute(
        update(OWN_DEADLINES).where(_N.own_id == number).values(due_on=due_on, words=words)
    )


async def remove(connection: AsyncConnection, number: int) -> None:
    """Drop a deadline."""
    await connection.execute(delete(OWN_DEADLINES).where(_N.own_id == number))


def _own(row: Row[Any]) -> OwnDeadline:
    return OwnDeadline(row.own_id, row.chat_id, row.subject, row.due_on, row.words)
