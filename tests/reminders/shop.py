"""Hands on the tables, for tests of what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.storage import claims, deliveries, occurrences, schedules, subscriptions
from bot.storage.claims import Taken
from bot.storage.database import Database
from bot.storage.deliveries import Claim, State
from bot.storage.occurrences import Kind, Subject
from bot.storage.tables import DELIVERIES, OCCURRENCES
from tests.clock import START

LEASE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
DUE_ON = date(2024, 5, 31)
FERRY = Subject(Kind.REMINDER, "port/1.1/今年6月前", DUE_ON, 7, START)


async def subscribe(
    database: Database, places: Iterable[tuple[int, int]], profile: str = "p"
) -> int:
    """Subscribe these places and return their schedule."""
    async with database.write() as connection:
        schedule = await schedules.keep(connection, profile, START)
        for chat, thread in places:
            begun = START - SECOND
            await subscriptions.add(connection, chat, thread, profile, schedule, begun)
    return schedule


async def make(database: Database, *chats: int, subject: Subject = FERRY, thread: int = 0) -> None:
    """Make a subject due for these chats."""
    async with database.write() as connection:
        for chat in chats:
            await occurrences.make_one(connection, chat, thread, subject, START)


async def take(
    database: Database, after: timedelta = timedelta(), chats: int = 100, items: int = 10
) -> tuple[Claim, ...]:
    async with database.write() as connection:
        found: Taken = await claims.claim(
            connection, START + after, LEASE, chats=chats, items=items
        )
    return found.claims


async def take_one(database: Database, after: timedelta = timedelta()) -> Claim:
    (claim,) = await take(database, after)
    return claim


async def begin(
    database: Database, claim: Claim, after: timedelta = timedelta()
) -> tuple[int, ...]:
    async with database.write() as connection:
        return await deliveries.begin(connection, claim, START + after, LEASE)


async def sent(
    database: Database, claim: Claim, after: timedelta = timedelta(), message: int = 77
) -> bool:
    async with database.write() as connection:
        return await deliveries.sent(connection, claim, message, START + after)


async def states(database: Database) -> dict[int, list[State]]:
    """The states of the deliveries of each chat, in the order they were made."""
    async with database.read() as connection:
        rows = await connection.execute(
            select(DELIVERIES.c.chat_id, DELIVERIES.c.state).order_by(DELIVERIES.c.occurrence_id)
        )
        found: dict[int, list[State]] = {}
        for chat, state in rows:
            found.setdefault(chat, []).append(State(state))
    return found


async def made(database: Database) -> list[tuple[int, int, str, date, int]]:
    """Every occurrence: chat, topic, deadline, day and lead."""
    async with database.read() as connection:
        rows = await connection.execute(
            select(
                OCCURRENCES.c.chat_id,
                OCCURRENCES.c.thread_id,
                OCCURRENCES.c.deadline_key,
                OCCURRENCES.c.due_on,
                OCCURRENCES.c.lead,
            ).order_by(OCCURRENCES.c.chat_id, OCCURRENCES.c.thread_id, OCCURRENCES.c.due_at)
        )
        return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def other(lead: int, at: datetime = START) -> Subject:
    """Another lead of the same deadline."""
    return replace(FERRY, lead=lead, at=at)
