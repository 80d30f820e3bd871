"""A PostgreSQL server that stops in the middle of it and comes back: nothing is lost by it."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import shutil
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.letters import Letter, Outcome, Text
from bot.pacing import Priority
from bot.reminders.notices import Notice
from bot.reminders.scopes import Scope, ScopeKind
from bot.storage.migrations import open_database
from tests.botapi import RemoteBotApi
from tests.clock import EagerClock
from tests.cluster import Cluster, cluster, programs
from tests.reminders.nursery import DUE, LONG_LIFE, RESTART, Nursery, prepare
from tests.reminders.office import FakePost, open_office, spell
from tests.reminders.plans import FERRY_KEY

HOUR = dt.timedelta(hours=1)
FERRY = Scope(ScopeKind.DEADLINE, FERRY_KEY)
TOLD = f"reminder:{FERRY_KEY}:2024-05-31:7"
# The claim is committed before the first, and that it is being sent before the second.
STEPS = ("after claim", "before send", "after acceptance")

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    folder = programs()
    if folder is None:
        pytest.skip("no programs of a PostgreSQL server (initdb, pg_ctl) on this machine")
    if os.geteuid() == 0 and not shutil.which("runuser") and os.environ.get("CI") != "true":
        pytest.skip("a PostgreSQL server does not run for root, and there is no runuser")
    with cluster(folder) as made:
        yield made


@pytest.fixture
async def telegram() -> AsyncIterator[RemoteBotApi]:
    async with RemoteBotApi() as api:
        yield api


class Stops(FakePost):
    """Accepts everything; the server stops at each of `moments`: a step, and how often passed."""

    def __init__(self, server: Cluster, moments: set[tuple[str, int]]) -> None:
        super().__init__()
        self._server = server
        self._moments = moments
        self._passed: Counter[str] = Counter()

    def pass_by(self, step: str) -> None:
        self._passed[step] += 1
        if (step, self._passed[step]) in self._moments:
            self._server.stop()

    def write(self, notice: Notice) -> Text:
        self.pass_by("after claim")
        return spell(notice)

    async def send(self, letter: Letter, priority: Priority) -> Outcome:
        self.pass_by("before send")
        outcome = await super().send(letter, priority)
        self.pass_by("after acceptance")
        return outcome


async def outlive(server: Cluster, first: int, count: int, moments: set[tuple[str, int]]) -> None:
    """Remind so many chats of a deadline, while the server stops at these moments."""
    stops = server.stops
    clock = EagerClock(DUE - HOUR)
    post = Stops(server, moments)
    people = range(first, first + count)
    async with await open_database(server.url) as database:
        office = open_office(database, clock, post=post, write=post.write)
        await office.worker.turn()
        await office.subscribe(*people, scope=FERRY)
        clock.set(DUE)
        # Whatever waits for the server waits once before it is back.
        clock.slept.append(lambda: None if server.runs else server.start())
        running = asyncio.create_task(office.worker.run())
        async with asyncio.timeout(120):
            while clock.now() < DUE + HOUR:  # noqa: ASYNC110 - the worker tells nobody
                await asyncio.sleep(0.005)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert server.stops - stops == len(moments)
    assert Counter(post.texts) == {(chat, TOLD): 1 for chat in people}


async def test_a_server_that_stops_at_each_step_loses_and_doubles_nothing(server: Cluster) -> None:
    await outlive(server, 1000, 12, set(zip(STEPS, (3, 6, 9), strict=True)))


@pytest.mark.soak
async def test_a_server_that_stops_thirty_times_loses_and_doubles_nothing(server: Cluster) -> None:
    chance = random.Random(5)  # noqa: S311
    # No two within one message.
    moments = set(zip(STEPS * 10, chance.sample(range(1, 150), 30), strict=True))
    await outlive(server, 10_000, 200, moments)


@pytest.mark.soak
async def test_a_server_and_a_process_that_die_together_double_at_most_one_message(
    server: Cluster, telegram: RemoteBotApi
) -> None:
    people = await prepare(server.url, telegram, 300)
    chance, now, kills = random.Random(7), DUE, 0  # noqa: S311
    async with Nursery(telegram) as nursery:
        for _ in range(8):
            before = len(await telegram.sent())
            fate = ("after acceptance", chance.randint(12, 30))
            process = asyncio.create_task(nursery.run(server.url, now, fate))
            await telegram.sent(count=before + chance.randint(5, fate[1]), within=60)
            server.stop()
            server.start()
            (end,) = await process
            kills += end == -signal.SIGKILL
            now += RESTART
        assert await nursery.run(server.url, now, LONG_LIFE) == [0]
    arrived = Counter(message["chat_id"] for message in await telegram.sent())
    assert set(arrived) == set(people), "a reminder was lost"
    assert kills > 0
    assert arrived.total() - len(people) <= kills
