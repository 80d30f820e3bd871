"""Reminders delivered a second where Telegram answers as from afar, by one process and by more.

A process has one message on its way at a time, so the time of an answer sets its pace; several on
one database share the work. The Bot API of the tests runs in a process of its own.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from tests.bench.table import Line
from tests.botapi import RemoteBotApi
from tests.postgres import NoServerError, own_database
from tests.reminders.nursery import DUE, LONG_LIFE, Nursery, prepare

_ANSWERS = (60, 100)
_EACH = 256
_LIMIT = 30


def lines() -> Iterator[Line]:
    """Measure one process on SQLite, and one to three on PostgreSQL where a server is there."""
    for milliseconds in _ANSWERS:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite+aiosqlite:///{folder}/planbot.db"
            yield _line("SQLite", url, 1, milliseconds)
        for processes in (1, 2, 3):
            with suppress(NoServerError), own_database() as url:
                yield _line("PostgreSQL", url, processes, milliseconds)


def _line(name: str, url: str, processes: int, milliseconds: int) -> Line:
    rate, extra = asyncio.run(_measure(url, processes, milliseconds))
    number = f"{processes} process{'' if processes == 1 else 'es'}"
    return Line(
        f"{name}: {number}, {milliseconds} ms an answer",
        f"{rate:.1f} /s",
        f"{_LIMIT} /s",
        rate / _LIMIT,
        f"Telegram's limit; {extra} sent twice",
    )


async def _measure(url: str, processes: int, milliseconds: int) -> tuple[float, int]:
    """Return how many were delivered a second, all processes together, and how many twice."""
    count = _EACH * processes
    async with RemoteBotApi() as telegram, Nursery(telegram) as nursery:
        people = await prepare(url, telegram, count)
        await telegram.fail_next("slow", milliseconds, method="sendMessage", times=10 * count)
        running = asyncio.create_task(nursery.run(url, DUE, *[LONG_LIFE] * processes))
        # Not the start of the processes, nor the end, where some have nothing left to do.
        first = len(await telegram.sent(count=count // 10, within=60))
        started = time.perf_counter()
        last = len(await telegram.sent(count=count * 7 // 10, within=600))
        took = time.perf_counter() - started
        assert await running == [0] * processes
        arrived = Counter(message["chat_id"] for message in await telegram.sent())
    assert set(arrived) == set(people)
    return (last - first) / took, arrived.total() - count
