"""A clock that stands still until a test moves it."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

START = datetime(2024, 5, 24, 1, 0, tzinfo=UTC)


class ManualClock:
    """Shows `start` (aware) until it is moved; whoever sleeps wakes when their time is reached."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start.astimezone(UTC)
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._number = count()
        self._slept = asyncio.Event()

    def now(self) -> datetime:
        return self._now

    async def sleep_until(self, when: datetime) -> None:
        # Like the machine's clock, which may be set back before a sleeper gets its turn.
        while when > self._now:
            waker = asyncio.get_running_loop().create_future()
            heapq.heappush(self._sleepers, (when, next(self._number), waker))
            self._slept.set()
            await waker

    @property
    def sleeping(self) -> int:
        """How many are asleep."""
        return sum(not waker.done() for _, _, waker in self._sleepers)

    def set(self, now: datetime) -> None:
        """Jump to `now`, forward or back, and wake whoever is due."""
        self._now = now.astimezone(UTC)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            waker = heapq.heappop(self._sleepers)[2]
            if not waker.done():
                waker.set_result(None)

    async def advance(self, by: timedelta) -> None:
        """Run on by `by`, stopping at each sleeper's time to let it do its work."""
        end = self._now + by
        await settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            self.set(max(self._now, self._sleepers[0][0]))
            await settle()
        self.set(end)
        await settle()

    async def asleep(self, count: int) -> None:
        """Return when so many are asleep at once."""
        while self.sleeping < count:
            self._slept.clear()
            await asyncio.wait_for(self._slept.wait(), 30)

    async def run_on(self) -> None:
        """Until cancelled, go on to the next sleeper's time whenever somebody has gone to sleep.

        What is not on this clock, such as a call over a connection, takes no time on it.
        """
        while True:
            await self._slept.wait()
            self._slept.clear()
            await settle()
            if self._sleepers:
                self.set(max(self._now, self._sleepers[0][0]))


class EagerClock(ManualClock):
    """Whoever sleeps wakes at once, at the time they wanted, and `slept` are called."""

    def __init__(self, start: datetime = START) -> None:
        super().__init__(start)
        self.slept: list[Callable[[], None]] = []

    async def sleep_until(self, when: datetime) -> None:
        self.set(max(self.now(), when))
        for action in self.slept:
            action()
        await asyncio.sleep(0)


async def settle() -> None:
    """Let every task run that can without waiting for anything outside of this process."""
    for _ in range(20):
        await asyncio.sleep(0)
