"""The courier: one message out, its intent kept before and its outcome after."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.letters import (
    Ambiguous,
    Blocked,
    Failed,
    Flood,
    Letter,
    Migrated,
    Outcome,
    Sent,
    Text,
    ThreadGone,
)
from bot.logs import log_error
from bot.pacing import Priority
from bot.reminders.counts import Counts
from bot.reminders.notices import Notice
from bot.storage import chats, deliveries, topics
from bot.storage.database import Database
from bot.storage.deliveries import TOPIC_GONE, Claim

_LOG = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)

# After a lost answer the message may still be on its way.
_UNHEARD_PAUSE = timedelta(seconds=30)
_TRY_AGAIN = timedelta(seconds=30)
_RETRY = timedelta(seconds=1)


class Post(Protocol):
    """Sends letters."""

    async def send(self, letter: Letter, priority: Priority) -> Outcome:
        """Send a letter and return what became of it; nothing is raised."""
        ...


class Courier:
    """Sends what is claimed, one message after another.

    One at a time, so that a crash can leave no more than one message in doubt.

    Args:
        database: what is kept.
        post: sends.
        clock: tells the time and waits.
        write: words a notice.
        counts: is told what became of each.
    """

    def __init__(
        self,
        database: Database,
        post: Post,
        clock: Clock,
        write: Callable[[Notice], Text],
        counts: Counts,
    ) -> None:
        self._database = database
        self._post = post
        self._clock = clock
        self._write = write
        self._counts = counts

    async def deliver(self, claim: Claim, notice: Callable[[Claim], Notice]) -> Outcome | None:
        """Send a claim and keep what became of it.

        Args:
            claim: deliveries to one place.
            notice: what a claim tells of.

        Returns:
            What became of it; None where nothing of it was left to send.
        """
        told = notice(claim)
        letter = self._write(told)
        async with self._database.write() as connection:
            held = await deliveries.begin(connection, claim, self._clock.now(), LEASE)
        if not held:
            return None
        if held != tuple(sorted(claim.ids)):
            claim = claim.only(held)
            told = notice(claim)
            letter = self._write(told)
        outcome = await self._post.send(letter, Priority.REMINDER)
        await self._keep(claim, told, outcome)
        return outcome

    async def give_back(self, claims: Sequence[Claim]) -> None:
        """Let another turn send claims that were not begun."""
        if not claims:
            return
        async with self._database.write() as connection:
            for claim in claims:
                await deliveries.again(connection, claim, self._clock.now())

    async def _keep(self, claim: Claim, told: Notice, outcome: Outcome) -> None:
        """Keep an outcome, however long the database takes to take it.

        Nobody else knows it; as long as this process lives it need not be guessed.
        """
        while True:
            try:
                async with self._database.write() as connection:
                    await self._end(connection, claim, told, outcome)
                break
            except (SQLAlchemyError, OSError) as error:
                log_error(_LOG, "what became of a reminder could not be stored, trying on", error)
                await self._clock.sleep_until(self._clock.now() + _RETRY)
        self._count(claim, told, outcome)

    async def _end(
        self, connection: AsyncConnection, claim: Claim, told: Notice, outcome: Outcome
    ) -> None:
        now = self._clock.now()
        match outcome:
            case Sent(number):
                await deliveries.sent(connection, claim, number, now)
            case Ambiguous():
                await deliveries.unheard(connection, claim, now, _UNHEARD_PAUSE)
            case Blocked(reason):
                # All that waits for the chat is put by until it writes again.
                await deliveries.again(connection, claim, None)
                await deliveries.hold_back(connection, claim.chat, None)
                await chats.change(connection, claim.chat, now, paused=reason)
            case Migrated(new) if new != claim.chat:
                await chats.migrate(connection, claim.chat, new)
                await deliveries.again(connection, claim, now)
            case ThreadGone() if claim.thread:
                await topics.leave(connection, claim.chat, claim.thread)
                await deliveries.again(connection, claim, now, TOPIC_GONE)
            case Flood(seconds):
                when = now + timedelta(seconds=seconds)
                await deliveries.again(connection, claim, when)
                await deliveries.hold_back(connection, claim.chat, when)
            case Failed() if is_outage(outcome):
                await deliveries.again(connection, claim, now + _TRY_AGAIN)
            case _:
                await deliveries.failed(connection, claim, _reason(outcome), now)

    def _count(self, claim: Claim, told: Notice, outcome: Outcome) -> None:
        number = len(claim.items)
        match outcome:
            case Sent():
                self._counts.add("sent", number)
                self._counts.add("late", told.late)
                self._counts.add("merged", number if told.merged else 0)
            case Ambiguous():
                self._counts.add("ambiguous", number)
            case Failed() if not is_outage(outcome):
                _LOG.error("a reminder cannot be sent: %s", outcome.reason)
                self._counts.add("failed", number)
            case _:
                pass


def is_outage(outcome: Outcome | None) -> bool:
    """Tell whether what failed says nothing of the message: it is the network, or the token."""
    if not isinstance(outcome, Failed):
        return False
    return outcome.passing or not outcome.reason.startswith(("400", "413"))


def _reason(outcome: Outcome) -> str:
    return outcome.reason if isinstance(outcome, Failed) else type(outcome).__name__
