"""When the next message may go: Telegram's limits, replies before reminders, pauses by chat."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from itertools import count

from bot.clock import Clock


class Priority(IntEnum):
    """What goes first where not everything can."""

    REPLY = 0
    REMINDER = 1


@dataclass(frozen=True, slots=True)
class Window:
    """At most `count` messages within any `seconds`."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What Telegram is known to allow: to all chats together, to each chat, and to each group.

    To one chat it is one message a second in the mean, and a few at once do no harm.
    """

    overall: tuple[Window, ...] = (Window(30, 1.0),)
    chat: tuple[Window, ...] = (Window(5, 5.0),)
    group: tuple[Window, ...] = (Window(20, 60.0),)

    @classmethod
    def none(cls) -> Limits:
        """Return limits that allow everything."""
        return cls((), (), ())


@dataclass(slots=True)
class _Ledger:
    """When messages went, as far back as the windows look."""

    windows: tuple[Window, ...]
    times: deque[float] = field(default_factory=deque)

    def free_at(self, now: float) -> float:
        """Return when the next one may go, in seconds since the epoch."""
        earliest = now
        for window in self.windows:
            if len(self.times) >= window.count:
                earliest = max(earliest, self.times[-window.count] + window.seconds)
        return earliest

    def note(self, now: float) -> None:
        self.times.append(now)
        most = max((window.count for window in self.windows), default=0)
        while len(self.times) > most:
            self.times.popleft()

    def shift(self, granted: float, now: float) -> None:
        """Count a message from `now` that was counted from when it was let go."""
        if granted in self.times:
            self.times.remove(granted)
            self.times.append(now)

    def idle(self, now: float) -> bool:
        longest = max((window.seconds for window in self.windows), default=0.0)
        return not self.times or self.times[-1] + longest <= now


@dataclass(slots=True)
class _Chat:
    """A chat's ledger, its pause, and who waits to write to it, by priority."""

    ledger: _Ledger
    paused_until: float = 0.0
    waiting: tuple[deque[asyncio.Future[float]], ...] = field(
        default_factory=lambda: tuple(deque() for _ in Priority)
    )

    def free_at(self, now: float) -> float:
        return max(self.ledger.free_at(now), self.paused_until)

    def first(self) -> Priority | None:
        """Return the priority of whoever is next, dropping those that gave up."""
        for priority in Priority:
            queue = self.waiting[priority]
            while queue and queue[0].done():
                queue.popleft()
            if queue:
                return priority
        return None


class Pacer:
    """Lets one message go at a time, each as soon as every limit allows it.

    Args:
        clock: tells the time and waits.
        limits: what is allowed.
    """

    def __init__(self, clock: Clock, limits: Limits | None = None) -> None:
        self._clock = clock
        self._limits = limits or Limits()
        self._overall = _Ledger(self._limits.overall)
        self._chats: dict[int, _Chat] = {}
        self._number = count()
        # Chats with someone waiting: by when they may go, and, once they may, by priority.
        self._later: list[tuple[float, int, int]] = []
        self._ready: list[tuple[Priority, int, int]] = []
        self._timer: asyncio.Task[None] | None = None
        self._timer_at = 0.0
        self._sweep_at = 0.0

    @property
    def waiting(self) -> int:
        """How many messages wait."""
        return sum(
            not future.done()
            for chat in self._chats.values()
            for queue in chat.waiting
            for future in queue
        )

    def delay(self, chat: int) -> float:
        """Return for how many seconds nothing may go to `chat`."""
        now = self._now()
        known = self._chats.get(chat)
        return 0.0 if known is None else max(0.0, known.free_at(now) - now)

    def pause(self, chat: int, seconds: float) -> None:
        """Let nothing go to `chat` for so long, and hold up nobody else."""
        known = self._chat(chat)
        known.paused_until = max(known.paused_until, self._now() + seconds)

    async def turn(self, chat: int, priority: Priority) -> float:
        """Return when a message may go to `chat`; it is counted from now, which is returned."""
        now = self._now()
        known = self._chat(chat)
        free = known.first() is None and known.free_at(now) <= now
        if free and not self._ready and self._overall.free_at(now) <= now:
            self._note(known, now)
            return now
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        known.waiting[priority].append(future)
        self._enlist(chat, known, now)
        self._pump()
        return await future

    def arrived(self, chat: int, granted: float) -> None:
        """Count the message let go at `granted` from now: Telegram may have got it only now."""
        now = self._now()
        self._overall.shift(granted, now)
        if chat in self._chats:
            self._chats[chat].ledger.shift(granted, now)

    async def close(self) -> None:
        """Stop waiting."""
        if self._timer is not None:
            self._timer.cancel()
            await asyncio.gather(self._timer, return_exceptions=True)
            self._timer = None

    def _chat(self, chat: int) -> _Chat:
        known = self._chats.get(chat)
        if known is None:
            self._sweep()
            # Groups and channels have negative ids.
            windows = self._limits.chat + (self._limits.group if chat < 0 else ())
            known = self._chats[chat] = _Chat(_Ledger(windows))
        return known

    def _enlist(self, chat: int, known: _Chat, now: float) -> None:
        """Put a chat where it is found when its turn comes; it may stand there twice."""
        priority = known.first()
        if priority is None:
            return
        when = known.free_at(now)
        if when > now:
            heapq.heappush(self._later, (when, next(self._number), chat))
        else:
            heapq.heappush(self._ready, (priority, next(self._number), chat))

    def _pump(self) -> None:
        """Let go whatever may go, and come back when the next one may."""
        now = self._now()
        while self._later and self._later[0][0] <= now:
            chat = heapq.heappop(self._later)[2]
            self._enlist(chat, self._chat(chat), now)
        while self._ready and self._overall.free_at(now) <= now:
            chat = heapq.heappop(self._ready)[2]
            known = self._chat(chat)
            priority = known.first()
            if priority is None:
                continue
            if known.free_at(now) <= now:
                known.waiting[priority].popleft().set_result(now)
                self._note(known, now)
            self._enlist(chat, known, now)
        self._wake_at(self._next(now))

    def _next(self, now: float) -> float | None:
        moments: list[float] = [self._later[0][0]] if self._later else []
        if self._ready:
            moments.append(self._overall.free_at(now))
        return min(moments, default=None)

    def _wake_at(self, when: float | None) -> None:
        if when is None:
            return
        if self._timer is not None and not self._timer.done():
            if self._timer_at <= when:
                return
            self._timer.cancel()
        self._timer_at = when
        self._timer = asyncio.create_task(self._sleep(when), name="pacer")

    async def _sleep(self, when: float) -> None:
        await self._clock.sleep_until(datetime.fromtimestamp(when, UTC))
        self._timer = None
        self._pump()

    def _note(self, known: _Chat, now: float) -> None:
        self._overall.note(now)
        known.ledger.note(now)

    def _sweep(self) -> None:
        """Forget, once a minute, the chats about which nothing needs to be remembered."""
        now = self._now()
        if now < self._sweep_at:
            return
        self._sweep_at = now + 60.0
        for chat in list(_idle(self._chats.items(), now)):
            del self._chats[chat]

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _idle(chats: Iterable[tuple[int, _Chat]], now: float) -> Iterable[int]:
    for chat, known in chats:
        if known.first() is None and known.paused_until <= now and known.ledger.idle(now):
            yield chat
