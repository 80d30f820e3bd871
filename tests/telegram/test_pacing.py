"""When messages may go, on a clock that stands still."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.pacing import Limits, Pacer, Priority, Window
from tests.clock import ManualClock, settle

_ONE = Limits(overall=(Window(1, 1.0),), chat=(), group=())


class Queue:
    """Asks for turns and writes down who got one, and when."""

    def __init__(self, clock: ManualClock, limits: Limits | None = None) -> None:
        self._clock = clock
        self._start = clock.now()
        self.pacer = Pacer(clock, limits)
        self.went: list[tuple[str, float]] = []
        self._tasks: list[asyncio.Task[None]] = []

    def ask(self, name: str, chat: int, priority: Priority = Priority.REPLY) -> asyncio.Task[None]:
        task = asyncio.create_task(self._ask(name, chat, priority))
        self._tasks.append(task)
        return task

    async def _ask(self, name: str, chat: int, priority: Priority) -> None:
        await self.pacer.turn(chat, priority)
        self.went.append((name, (self._clock.now() - self._start).total_seconds()))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.went]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.pacer.close()


async def test_thirty_messages_go_in_a_second_and_the_next_waits(clock: ManualClock) -> None:
    queue = Queue(clock)
    for number in range(65):
        queue.ask(str(number), 1000 + number)
    await clock.advance(timedelta(seconds=3))
    times = [at for _, at in queue.went]
    assert times == [0.0] * 30 + [1.0] * 30 + [2.0] * 5
    await queue.close()


async def test_a_chat_gets_a_few_at_once_and_one_a_second_in_the_mean(clock: ManualClock) -> None:
    queue = Queue(clock)
    for number in range(8):
        queue.ask(str(number), 7)
    await clock.advance(timedelta(seconds=10))
    assert [at for _, at in queue.went] == [0, 0, 0, 0, 0, 5, 5, 5]
    assert queue.names == [str(number) for number in range(8)]
    await queue.close()


async def test_a_group_gets_twenty_in_a_minute(clock: ManualClock) -> None:
    queue = Queue(clock)
    for number in range(25):
        queue.ask(str(number), -7)
    await clock.advance(timedelta(seconds=59))
    assert len(queue.went) == 20
    await clock.advance(timedelta(seconds=30))
    assert len(queue.went) == 25
    await queue.close()


async def test_replies_go_before_reminders_that_came_first(clock: ManualClock) -> None:
    queue = Queue(clock, _ONE)
    queue.ask("first", 1)
    await settle()
    for number in range(3):
        queue.ask(f"reminder {number}", 10 + number, Priority.REMINDER)
    queue.ask("reply", 20)
    await clock.advance(timedelta(seconds=5))
    assert queue.names == ["first", "reply", "reminder 0", "reminder 1", "reminder 2"]
    await queue.close()


async def test_within_a_chat_a_reply_goes_before_a_reminder(clock: ManualClock) -> None:
    queue = Queue(clock, Limits(overall=(), chat=(Window(1, 1.0),), group=()))
    queue.ask("first", 1)
    await settle()
    queue.ask("reminder", 1, Priority.REMINDER)
    await settle()
    queue.ask("reply", 1)
    await clock.advance(timedelta(seconds=3))
    assert queue.went == [("first", 0), ("reply", 1), ("reminder", 2)]
    await queue.close()


async def test_a_paused_chat_holds_up_nobody_else(clock: ManualClock) -> None:
    queue = Queue(clock)
    queue.pacer.pause(1, 40.0)
    assert queue.pacer.delay(1) == 40.0
    queue.ask("paused", 1)
    queue.ask("other", 2)
    await settle()
    assert queue.names == ["other"]
    assert queue.pacer.waiting == 1
    await clock.advance(timedelta(seconds=41))
    assert queue.went == [("other", 0), ("paused", 40)]
    await queue.close()


async def test_whoever_gave_up_takes_no_turn(clock: ManualClock) -> None:
    queue = Queue(clock, _ONE)
    queue.ask("first", 1)
    await settle()
    given_up = queue.ask("given up", 2)
    queue.ask("last", 3)
    await settle()
    given_up.cancel()
    await clock.advance(timedelta(seconds=1))
    assert queue.went == [("first", 0), ("last", 1)]
    await queue.close()
