"""Faults of the database and of Telegram, with the real sender over real HTTP."""

from __future__ import annotations

import asyncio
import datetime as dt
import resource
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.api import BotApi as Calls
from bot.letters import Letter, Outcome
from bot.pacing import Limits, Priority
from bot.reminders.scopes import Scope, ScopeKind
from bot.sender import Sender
from bot.storage.migrations import open_database
from bot.transport import Timeouts, Transport
from tests.botapi import (
    BotApi,
    FloodLimits,
    Hold,
    Moment,
    flood_wait,
    lost_after,
    lost_before,
    server_error,
)
from tests.clock import EagerClock, ManualClock
from tests.postgres import SERVER
from tests.reminders.office import FakePost, Office, open_office
from tests.reminders.plans import FERRY_KEY

BEGIN = dt.datetime(2024, 5, 24, 0, 0, tzinfo=dt.UTC)
DUE = dt.datetime(2024, 5, 24, 1, 0, tzinfo=dt.UTC)
TOLD = f"reminder:{FERRY_KEY}:2024-05-31:7"
MINUTE = dt.timedelta(minutes=1)
FERRY = Scope(ScopeKind.DEADLINE, FERRY_KEY)


class ThenPost(FakePost):
    """Accepts, and then something happens before the outcome can be kept."""

    def __init__(self, then: Callable[[int], None]) -> None:
        super().__init__()
        self._then = then

    async def send(self, letter: Letter, priority: Priority) -> Outcome:
        outcome = await super().send(letter, priority)
        self._then(len(self.accepted))
        return outcome


@contextmanager
def no_room() -> Iterator[Callable[[], None]]:
    """Let no file grow, as on a full disk, until the function given is called."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_full_disk_makes_nothing_half_and_nothing_is_lost_by_it(sqlite_url: str) -> None:
    async with await open_database(sqlite_url) as database:
        office = open_office(database, ManualClock(BEGIN))
        await office.worker.turn()
        await office.subscribe(*range(100, 120), scope=FERRY)
        office.clock.set(DUE)
        with no_room(), pytest.raises(DBAPIError):
            await office.worker.turn()
        assert office.post.tried == []
        await office.turns(DUE + MINUTE)
        assert Counter(chat for chat, _ in office.post.texts) == dict.fromkeys(range(100, 120), 1)


async def test_an_outcome_that_the_disk_has_no_room_for_is_kept_as_soon_as_it_has(
    sqlite_url: str,
) -> None:
    async with await open_database(sqlite_url) as database:
        clock = EagerClock(BEGIN)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)

        def fill_the_disk(count: int) -> None:
            if count == 3:
                resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))

        def make_room() -> None:
            if clock.now() > DUE + dt.timedelta(seconds=3):
                resource.setrlimit(resource.RLIMIT_FSIZE, limits)

        post = ThenPost(fill_the_disk)
        clock.slept.append(make_room)
        office = open_office(database, clock, post=post)
        office.post = post
        await office.worker.turn()
        await office.subscribe(*range(100, 106), scope=FERRY)
        clock.set(DUE)
        try:
            await office.turns(DUE + 10 * MINUTE)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert clock.now() > DUE + dt.timedelta(seconds=3)
        assert post.texts == [(chat, TOLD) for chat in range(100, 106)]


async def test_a_worker_goes_on_after_the_database_failed(sqlite_url: str) -> None:
    async with await open_database(sqlite_url) as database:
        clock = ManualClock(BEGIN)
        office = open_office(database, clock)
        await office.worker.turn()
        await office.subscribe(100, scope=FERRY)
        clock.set(DUE)
        with no_room():
            running = asyncio.create_task(office.worker.run())
            await _until(lambda: clock.sleeping > 0)
        assert office.post.tried == []
        clock.set(DUE + MINUTE)
        await _until(lambda: bool(office.post.accepted))
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert office.post.texts == [(100, TOLD)]


@pytest.mark.postgres
async def test_connections_cut_off_again_and_again_lose_and_double_nothing(
    postgres_url: str,
) -> None:
    name = make_url(postgres_url).database
    cut = 0

    def cut_off(count: int) -> None:
        nonlocal cut
        if count % 3 == 0:
            with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
                ended = server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    (name,),
                ).fetchall()
            cut += len(ended)

    async with await open_database(postgres_url) as database:
        post = ThenPost(cut_off)
        office = open_office(database, EagerClock(BEGIN), post=post)
        await office.worker.turn()
        await office.subscribe(*range(100, 120), scope=FERRY)
        office.clock.set(DUE)
        await office.turns(DUE + 10 * MINUTE)
        assert cut >= 6
        assert post.texts == [(chat, TOLD) for chat in range(100, 120)]


async def test_what_is_being_sent_when_the_program_ends_is_seen_through(
    sqlite_url: str,
) -> None:
    async with await open_database(sqlite_url) as database:
        clock = ManualClock(BEGIN)
        post = SlowPost()
        office = open_office(database, clock, post=post)
        await office.worker.turn()
        await office.subscribe(100, 101, scope=FERRY)
        clock.set(DUE)
        running = asyncio.create_task(office.worker.run())
        await asyncio.wait_for(post.arrived.wait(), 5)
        running.cancel()
        await asyncio.sleep(0)
        post.released.set()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert post.texts == [(100, TOLD)]
        later = open_office(database, ManualClock(DUE + MINUTE))
        await later.worker.turn()
        assert later.post.texts == [(101, TOLD)]


async def test_a_process_has_one_message_on_its_way_at_a_time(sqlite_url: str) -> None:
    post = CrowdedPost()
    async with await open_database(sqlite_url) as database:
        office = open_office(database, ManualClock(BEGIN), post=post)
        await office.worker.turn()
        await office.subscribe(*range(100, 170), scope=FERRY)
        await office.turns(DUE + MINUTE)
    assert post.texts == [(chat, TOLD) for chat in range(100, 170)]
    assert post.most == 1


class CrowdedPost(FakePost):
    """Takes a while for each letter, and counts how many are on their way at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now = self.most = 0

    async def send(self, letter: Letter, priority: Priority) -> Outcome:
        self.now += 1
        self.most = max(self.most, self.now)
        for _ in range(20):
            await asyncio.sleep(0)
        self.now -= 1
        return await super().send(letter, priority)


class SlowPost(FakePost):
    """Takes a letter and accepts it when the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = asyncio.Event()
        self.released = asyncio.Event()

    async def send(self, letter: Letter, priority: Priority) -> Outcome:
        self.arrived.set()
        await self.released.wait()
        return await super().send(letter, priority)


async def _until(ready: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not ready():  # noqa: ASYNC110 - the worker tells nobody
            await asyncio.sleep(0.005)


# With the real sender, over real HTTP


@pytest.fixture
def clock() -> EagerClock:
    return EagerClock(BEGIN)


@pytest.fixture
async def telegram(clock: EagerClock) -> AsyncIterator[BotApi]:
    async with BotApi(clock=lambda: clock.now().timestamp()) as api:
        yield api


@pytest.fixture
async def office(sqlite_url: str, clock: EagerClock, telegram: BotApi) -> AsyncIterator[Office]:
    async with await open_database(sqlite_url) as database:
        transport = Transport(timeouts=Timeouts(connect=5.0, read=0.3))
        calls = Calls(transport, f"{telegram.base_url}{telegram.token}", "")
        sender = Sender(calls, clock, limits=Limits.none())
        made = open_office(database, clock, post=sender)
        await made.worker.turn()
        yield made
        await sender.close()
        await transport.shutdown()


def told(telegram: BotApi) -> list[tuple[int, int | None, str]]:
    return [(sent.chat_id, sent.thread_id, sent.text) for sent in telegram.sent]


async def test_a_timeout_after_acceptance_is_followed_by_a_copy_that_says_so(
    office: Office, telegram: BotApi
) -> None:
    person, other = telegram.person(), telegram.person()
    await office.subscribe(person.id, other.id, scope=FERRY)
    telegram.fail_next(Hold(Moment.AFTER), method="sendMessage", chat=person)
    await office.turns(DUE + 5 * MINUTE)
    assert told(telegram) == [
        (person.id, None, TOLD),
        (other.id, None, TOLD),
        (person.id, None, f"{TOLD}\ndoubtful"),
    ]
    assert office.counted == {"sent": 2, "ambiguous": 1}


@pytest.mark.parametrize("fault", [lost_after, lost_before])
async def test_a_lost_connection_is_followed_by_a_copy_that_says_so(
    office: Office, telegram: BotApi, fault: Callable[[], object]
) -> None:
    person = telegram.person()
    await office.subscribe(person.id, scope=FERRY)
    telegram.fail_next(fault(), method="sendMessage")  # type: ignore[arg-type]
    await office.turns(DUE + 5 * MINUTE)
    accepted = [text for _, _, text in told(telegram)]
    assert accepted[-1] == f"{TOLD}\ndoubtful"
    assert len(accepted) == (2 if fault is lost_after else 1)


async def test_a_flood_limit_of_one_chat_holds_up_no_other(
    office: Office, telegram: BotApi, clock: EagerClock
) -> None:
    people = [telegram.person() for _ in range(3)]
    await office.subscribe(*(person.id for person in people), scope=FERRY)
    telegram.fail_next(flood_wait(30), chat=people[0])
    await office.turns(DUE + MINUTE)
    assert [chat for chat, _, _ in told(telegram)] == [
        people[1].id, people[2].id, people[0].id,
    ]  # fmt: skip
    assert clock.now() >= DUE + dt.timedelta(seconds=30)
    assert len(telegram.calls("sendMessage")) == 4


async def test_a_chat_that_blocked_the_bot_hears_again_once_it_writes(
    office: Office, telegram: BotApi
) -> None:
    person = telegram.person()
    await office.subscribe(person.id, scope=FERRY)
    person.blocks_bot()
    await office.turns(DUE + MINUTE)
    assert (await office.desk.settings(person.id)).paused is not None
    assert len(telegram.calls("sendMessage")) == 1
    person.unblocks_bot()
    await office.desk.welcome_back(person.id)
    await office.worker.turn()
    assert told(telegram) == [(person.id, None, f"{TOLD}\npaused")]


async def test_a_group_that_became_a_supergroup_is_found_by_the_refusal_alone(
    office: Office, telegram: BotApi
) -> None:
    person = telegram.person()
    group = telegram.group(members=[person])
    await office.subscribe(group.id, scope=FERRY)
    supergroup = telegram.migrate(group, person)
    await office.turns(DUE + MINUTE)
    assert told(telegram) == [(supergroup.id, None, TOLD)]
    assert len(await office.desk.listed(supergroup.id)) == 1


async def test_a_topic_that_was_deleted_is_left_for_the_group(
    office: Office, telegram: BotApi
) -> None:
    forum = telegram.supergroup(topics=["项目"])
    await office.subscribe(forum.id, scope=FERRY, thread=999)
    await office.turns(DUE + MINUTE)
    assert told(telegram) == [(forum.id, None, f"{TOLD}\ntopic_gone")]
    (item,) = await office.desk.listed(forum.id)
    assert item.subscription.thread == 0


async def test_telegram_away_for_ten_minutes_loses_and_doubles_nothing(
    office: Office, telegram: BotApi, clock: EagerClock
) -> None:
    people = [telegram.person() for _ in range(20)]
    await office.subscribe(*(person.id for person in people), scope=FERRY)
    telegram.fail_next(server_error(502), method="sendMessage", times=10**6)
    await office.turns(DUE + 10 * MINUTE)
    assert telegram.sent == []
    telegram.faults._arranged.clear()
    await office.turns(DUE + 12 * MINUTE)
    assert Counter(chat for chat, _, _ in told(telegram)) == {p.id: 1 for p in people}
    assert office.counted == {"sent": 20}


async def test_all_limits_of_telegram_are_kept_and_none_is_hit(sqlite_url: str) -> None:
    clock = EagerClock(BEGIN)
    api = BotApi(clock=lambda: clock.now().timestamp(), flood=FloodLimits(per_chat_second=3))
    async with api as telegram, await open_database(sqlite_url) as database:
        transport = Transport()
        sender = Sender(Calls(transport, f"{telegram.base_url}{telegram.token}", ""), clock)
        office = open_office(database, clock, post=sender)
        await office.worker.turn()
        people = [telegram.person() for _ in range(65)]
        await office.subscribe(*(person.id for person in people), scope=FERRY)
        clock.set(DUE)
        await office.turns(DUE + MINUTE)
        await sender.close()
        await transport.shutdown()
    assert len(telegram.sent) == len(telegram.calls("sendMessage")) == 65
    assert office.counted == {"sent": 65}
