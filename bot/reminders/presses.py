"""Presses: what the buttons under a reminder do."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.reminders.standing import WishError
from bot.storage import completions, deliveries, occurrences
from bot.storage.database import Database, exclusive
from bot.storage.occurrences import Kind, Occurrence, Subject
from bot.storage.tables import OCCURRENCES


class Presses:
    """Notes what a chat is done with, and what it wants to hear of once more.

    Args:
        database: what is kept.
        clock: tells the time.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def complete(self, chat: int, number: int, user: int) -> tuple[Occurrence, bool]:
        """Note that a chat is done with what an occurrence told of; False where it was already.

        Raises:
            WishError: `not_yours`.
        """
        now = self._clock.now()
        async with self._database.write() as connection:
            found = await self._occurrence(connection, chat, number)
            subject = found.subject
            new = await completions.complete(
                connection, chat, subject.key, subject.due_on, user, now
            )
            which = deliveries.of_day(subject.key, subject.due_on, chat=chat)
            await deliveries.withdraw(connection, which, "done", now)
        return found, new

    async def reopen(self, chat: int, number: int) -> Occurrence:
        """Note that a chat is not done after all; what is still ahead comes as it would have."""
        async with self._database.write() as connection:
            found = await self._occurrence(connection, chat, number)
            await completions.reopen(connection, chat, found.subject.key, found.subject.due_on)
        return found

    async def snooze(self, chat: int, number: int, until: dt.datetime) -> Occurrence:
        """Remind of an occurrence once more at `until` (aware), apart from the schedule.

        Asking again before that moment moves it.

        Raises:
            WishError: `not_yours`.
        """
        now = self._clock.now()
        async with self._database.write() as connection:
            found = await self._occurrence(connection, chat, number)
            await exclusive(connection, f"snooze {chat}")
            last = await occurrences.last_serial(connection, found, Kind.SNOOZE)
            waiting = (
                (OCCURRENCES.c.chat_id == chat)
                & (OCCURRENCES.c.thread_id == found.thread)
                & (OCCURRENCES.c.kind == Kind.SNOOZE.value)
                & (OCCURRENCES.c.deadline_key == found.subject.key)
                & (OCCURRENCES.c.due_on == found.subject.due_on)
            )
            await deliveries.withdraw(connection, waiting, "snoozed again", now)
            subject = Subject(
                Kind.SNOOZE, found.subject.key, found.subject.due_on, found.subject.lead, until,
                last + 1,
            )  # fmt: skip
            await occurrences.make_one(connection, chat, found.thread, subject, now)
        return found

    async def _occurrence(self, connection: AsyncConnection, chat: int, number: int) -> Occurrence:
        found = await occurrences.find(connection, chat, number)
        if found is None:
            raise WishError("not_yours")
        return found
