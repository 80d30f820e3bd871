"""Reminders for 100,000 chats: made due, claimed, sent at Telegram's pace; and an idle turn.

The clock is a fake one that jumps to whatever is waited for, and Telegram a fake one that keeps
its limit of 30 messages a second on that clock and refuses what goes beyond.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import logging
import resource
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, cast

from bot.api import BotApi, RefusedError
from bot.reminders.counts import Tally
from bot.reminders.scopes import Scope, ScopeKind
from bot.sender import Sender
from bot.storage import claims, subscriptions
from bot.storage.database import Database
from bot.storage.migrations import open_database
from bot.storage.numbers import reserve
from bot.storage.tables import SUBSCRIPTIONS
from tests.bench.table import Line, milliseconds, quantile
from tests.clock import EagerClock, ManualClock
from tests.postgres import NoServerError, own_database
from tests.reminders.office import Office, make_worker, open_office, spell
from tests.reminders.plans import FERRY_KEY

CHATS = 100_000
MESSAGES = 3_000
_WARM = 300
_LIMIT = 30
_TURNS = 300
_DUE = dt.datetime(2024, 5, 24, 1, 0, tzinfo=dt.UTC)


class FakeTelegram:
    """Accepts at most 30 messages within any second of the clock, and refuses the rest."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self._last: deque[float] = deque(maxlen=_LIMIT)
        self.accepted = 0
        self.refused = 0

    async def call(self, _method: str, _parameters: Mapping[str, Any], **_rest: Any) -> Any:
        """Take a message."""
        now = self._clock.now().timestamp()
        if len(self._last) == _LIMIT and now - self._last[0] < 1.0:
            self.refused += 1
            raise RefusedError(429, "Too Many Requests", retry_after=1)
        self._last.append(now)
        self.accepted += 1
        return {"message_id": self.accepted}


def lines(messages: int = MESSAGES) -> Iterator[Line]:
    """Measure on SQLite, and on PostgreSQL where a server is there.

    Args:
        messages: how many of the messages are sent; all of them take minutes.
    """
    logging.disable(logging.WARNING)
    try:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite+aiosqlite:///{folder}/planbot.db"
            yield from asyncio.run(_measure("SQLite", url, messages))
        with suppress(NoServerError), own_database() as url:
            yield from asyncio.run(_measure("PostgreSQL", url, messages))
    finally:
        logging.disable(logging.NOTSET)


async def _measure(name: str, url: str, messages: int) -> list[Line]:
    clock = EagerClock(_DUE - dt.timedelta(hours=1))
    telegram = FakeTelegram(clock)
    async with await open_database(url) as database:
        sender = Sender(cast("BotApi", telegram), clock)
        office = open_office(database, clock, post=sender)
        await office.worker.turn()
        await _subscribe(office, database)
        idle = [await _seconds(office) for _ in range(_TURNS)]

        clock.set(_DUE)
        office.worker = make_worker(
            database, _Nobody(), clock, lambda: office.plans[-1], Tally(), spell
        )
        started = time.perf_counter()
        with _until_first_send():
            await office.worker.turn()
        made = time.perf_counter() - started

        claim_times = await _claims(database)
        # What was claimed for the measure is free again once its lease ran out.
        clock.set(clock.now() + dt.timedelta(minutes=5))
        office.worker = make_worker(
            database, sender, clock, lambda: office.plans[-1], office.tally, spell
        )
        await _send(office, telegram, _WARM)
        memory = _memory()
        first, fake, real = telegram.accepted, clock.now(), time.perf_counter()
        await _send(office, telegram, messages)
        number = telegram.accepted - first
        seconds = (clock.now() - fake).total_seconds()
        per_second = number / (time.perf_counter() - real)
        grown = _memory() - memory
        await sender.close()
    share = number / seconds / _LIMIT
    return [
        Line(f"{name}: a deadline made due for {CHATS:,} chats", f"{made:.2f} s"),
        Line(f"{name}: claim of a batch of 64, p50 / p99", milliseconds(claim_times)),
        Line(
            f"{name}: turn with nothing due, p50 / p99",
            milliseconds(idle),
            ratio=quantile(idle, 0.5) / 0.005,
            aim="under 5 ms (1.00)",
        ),
        Line(
            f"{name}: drain on the fake clock",
            f"{number / seconds:.2f} /s",
            f"{_LIMIT} /s",
            share,
            f"at least 0.97; {telegram.refused} refused by 429",
        ),
        Line(f"{name}: drain on a real clock, no network", f"{per_second:.0f} /s", f"{_LIMIT} /s"),
        Line(f"{name}: memory grown over {number:,} messages", f"{grown:.1f} MB", aim="flat"),
    ]


class _Nobody:
    """A post that is never reached: the turn that makes things due is measured without sending."""

    async def send(self, _letter: Any, _priority: Any) -> Any:
        """Stop."""
        raise _FirstSendError


class _FirstSendError(Exception):
    """Everything is made, and the first message would go now."""


@contextmanager
def _until_first_send() -> Iterator[None]:
    try:
        yield
    except _FirstSendError:
        return


async def _subscribe(office: Office, database: Database) -> None:
    """Subscribe every chat to one deadline, the first as people do and the rest in bulk."""
    scope = Scope(ScopeKind.DEADLINE, FERRY_KEY)
    await office.subscribe(1, scope=scope)
    async with database.write() as connection:
        (like,) = await subscriptions.of_chat(connection, 1)
        first = await reserve(connection, "subscriptions", CHATS)
        rows = (
            {
                "subscription_id": first + at,
                "chat_id": 1000 + at,
                "thread_id": 0,
                "scope": str(scope),
                "schedule_id": like.schedule,
                "since": like.since,
            }
            for at in range(CHATS - 1)
        )
        while batch := list(itertools.islice(rows, 5000)):
            await connection.execute(SUBSCRIPTIONS.insert(), batch)


async def _claims(database: Database) -> list[float]:
    times = []
    for _ in range(30):
        started = time.perf_counter()
        async with database.write() as connection:
            lease = dt.timedelta(minutes=2)
            await claims.claim(connection, _DUE, lease, chats=64, items=20)
        times.append(time.perf_counter() - started)
    return times


async def _send(office: Office, telegram: FakeTelegram, number: int) -> None:
    """Let batches be sent until so many messages more were accepted, or every chat has its."""
    goal = min(telegram.accepted + number, CHATS)
    while telegram.accepted < goal:
        assert await office.worker._deliver()


async def _seconds(office: Office) -> float:
    started = time.perf_counter()
    await office.worker.turn()
    return time.perf_counter() - started


def _memory() -> float:
    """Return the most memory this process has had, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
