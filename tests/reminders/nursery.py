"""Real processes that deliver reminders, forked from one that has everything imported."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from bot.reminders.scopes import Scope, ScopeKind
from bot.storage.migrations import open_database
from tests.botapi import RemoteBotApi
from tests.clock import ManualClock
from tests.reminders.office import open_office
from tests.reminders.plans import FERRY_KEY

ROOT = Path(__file__).parents[2]
DUE = dt.datetime(2024, 5, 24, 1, 0, tzinfo=dt.UTC)
# Longer than a lease, as a restart may well be.
RESTART = dt.timedelta(minutes=3)
LONG_LIFE = ("", 0)


async def prepare(url: str, telegram: RemoteBotApi, count: int) -> list[int]:
    """Subscribe so many people to a deadline and return them."""
    people = [await telegram.person() for _ in range(count)]
    async with await open_database(url) as database:
        office = open_office(database, ManualClock(DUE - dt.timedelta(hours=1)))
        await office.worker.turn()
        await office.subscribe(*people, scope=Scope(ScopeKind.DEADLINE, FERRY_KEY))
    return people


class Nursery:
    """Where processes are forked from, everything imported; use it as `async with Nursery(…)`."""

    def __init__(self, telegram: RemoteBotApi) -> None:
        self._telegram = telegram

    async def __aenter__(self) -> Nursery:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "error", "-m", "tests.reminders.victim"),
            *(self._telegram.base_url, self._telegram.token),
            stdin=PIPE,
            stdout=PIPE,
            cwd=ROOT,
        )
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._process.communicate(b"")

    async def run(self, url: str, now: dt.datetime, *fates: tuple[str, int]) -> list[int]:
        """Run a process for each fate, all at once, and return their exit codes."""
        runs = [
            {"url": url, "now": now.isoformat(), "step": step, "count": count}
            for step, count in fates
        ]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(runs).encode() + b"\n")
        await self._process.stdin.drain()
        return list(json.loads(await self._process.stdout.readline()))
