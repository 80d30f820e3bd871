"""Processes that deliver reminders and are killed at a step that a test chose.

`python -m tests.reminders.victim API_BASE TOKEN` reads one JSON list a line: for each of its
objects (`url`, `now`, `step`, `count`) it forks a process, lets all of them go at once, and
prints the list of their exit codes when all have ended. Each works until nothing is due any more,
and at the `count`-th time it comes to `step` it kills itself with SIGKILL.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from bot.api import BotApi
from bot.clock import ShiftedClock
from bot.letters import Letter, Outcome, Text
from bot.pacing import Limits, Priority
from bot.reminders.counts import Tally
from bot.reminders.notices import Notice
from bot.sender import Sender
from bot.storage import claims, deliveries
from bot.storage.migrations import open_database
from bot.transport import Transport
from tests.reminders.office import make_worker, spell
from tests.reminders.plans import make_plan

STEPS = ("before claim", "after claim", "before send", "after acceptance", "before commit")


class Fate:
    """Kills this process at the chosen step."""

    def __init__(self, step: str, count: int) -> None:
        self._step = step
        self._left = count

    def pass_by(self, step: str) -> None:
        if step == self._step:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def before(self, step: str, action: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        async def fateful(*arguments: Any, **named: Any) -> Any:
            self.pass_by(step)
            return await action(*arguments, **named)

        return fateful

    def after(self, step: str, action: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        async def fateful(*arguments: Any, **named: Any) -> Any:
            result = await action(*arguments, **named)
            self.pass_by(step)
            return result

        return fateful


class Post:
    """The real sender, between two of the steps."""

    def __init__(self, sender: Sender, fate: Fate) -> None:
        self._sender = sender
        self._fate = fate

    async def send(self, letter: Letter, priority: Priority) -> Outcome:
        self._fate.pass_by("before send")
        outcome = await self._sender.send(letter, priority)
        self._fate.pass_by("after acceptance")
        return outcome


async def work(url: str, base: str, token: str, now: str, fate: Fate) -> None:
    database = await open_database(url)
    clock = ShiftedClock(dt.datetime.fromisoformat(now))
    transport = Transport()
    api = BotApi(transport, f"{base}{token}", "")
    sender = Sender(api, clock, limits=Limits.none())
    claims.claim = fate.before("before claim", claims.claim)
    deliveries.sent = fate.after("before commit", deliveries.sent)

    def write(notice: Notice) -> Text:
        fate.pass_by("after claim")
        return spell(notice)

    plans = (make_plan(),)
    worker = make_worker(database, Post(sender, fate), clock, lambda: plans, Tally(), write)
    while True:
        await worker.turn()
        async with database.read() as connection:
            free = await deliveries.wakes_at(connection)
        if free is None:
            break
        await asyncio.sleep(0.02)
    await transport.shutdown()
    await database.close()


def fork(base: str, token: str, run: dict[str, Any], barrier: int, others: int) -> int:
    """Return the id of a process that waits until everyone closed `others`, then works."""
    child = os.fork()
    if child:
        return child
    os.close(others)
    os.read(barrier, 1)
    try:
        fate = Fate(run["step"], run["count"])
        asyncio.run(work(run["url"], base, token, run["now"], fate))
    except BaseException:  # noqa: BLE001 - nothing may go on in a copy of the parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main() -> None:
    base, token = sys.argv[1:]
    for line in sys.stdin:
        barrier, others = os.pipe()
        children = [fork(base, token, run, barrier, others) for run in json.loads(line)]
        os.close(others)
        ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        os.close(barrier)
        sys.stdout.write(json.dumps(ends) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
