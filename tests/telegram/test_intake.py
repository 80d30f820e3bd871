"""No update is lost, none is answered twice, and nobody waits for somebody else."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.intake import Intake
from bot.journal import Journal
from bot.metrics import Metrics
from bot.runners import TokenRejectedError, serve_bot
from bot.services import LaterError
from bot.storage import arrivals, inbox
from bot.storage.database import Database, exclusive
from bot.talks import Talks
from bot.updates import Json, chat_key
from tests import botapi
from tests.botapi import BotApi, Hold
from tests.clock import ManualClock, settle
from tests.telegram.running import Setup, made, running, settled


def message(number: int, chat: int, text: str = "") -> Json:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": text}}


class Handling:
    """Handles updates of a test: writes down which, and stops where it is told to."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.started: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.later: set[int] = set()

    async def handle(self, update: Json) -> None:
        number = update["update_id"]
        self.started.append(number)
        if number in self.gates:
            await self.gates[number].wait()
        if number in self.later:
            raise LaterError("not now")
        self.done.append(number)


class Rig:
    """An intake over a database, on a clock that stands still."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.handling = Handling()
        self.clock = clock
        self.database = database
        journal = Journal()
        self.intake = Intake(
            database, clock, self.handling.handle, Metrics(), journal, Talks(database, journal)
        )
        self.task: asyncio.Task[None] | None = None

    async def start(self, *, alone: bool = True) -> None:
        self.task = asyncio.create_task(self.intake.run(alone=alone))
        await self.turn()

    async def kill(self) -> None:
        """End it as kill -9 would: nothing is finished, nothing given back."""
        assert self.task is not None
        await self.turn()  # a task that is cancelled while it connects leaves the connection open
        running = [self.task, *(t for t in asyncio.all_tasks() if t.get_name() == "lane")]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def turn(self, seconds: float = 0) -> None:
        """Let the clock run on, and whatever it wakes."""
        await self.clock.advance(timedelta(seconds=seconds))
        for _ in range(4):
            # Whoever wanted the database before has had it when our turn has come.
            async with self.database.write() as connection:
                await exclusive(connection, "inbox")
            await settle()

    async def until_done(self, count: int) -> None:
        """Let the clock run on until so many updates were handled."""
        for _ in range(1000):
            if len(self.handling.done) >= count:
                # What waits at a gate of the test stays in hand.
                if not self.handling.gates:
                    await asyncio.wait_for(self.intake.idle(), 30)
                return
            await self.turn(1)
        raise AssertionError(f"{len(self.handling.done)} updates were handled, not {count}")

    async def pending(self) -> int:
        async with self.database.read() as connection:
            return (await inbox.counts(connection)).pending


async def test_chats_are_handled_side_by_side_and_each_in_order(
    database: Database, clock: ManualClock
) -> None:
    rig = Rig(database, clock)
    rig.handling.gates[1] = asyncio.Event()
    await rig.start()
    await rig.intake.receive([message(1, 5), message(2, 5), message(3, 6), message(4, 5)])
    await rig.until_done(1)
    assert rig.handling.done == [3]
    rig.handling.gates[1].set()
    await asyncio.wait_for(rig.intake.idle(), 30)
    assert rig.handling.done == [3, 1, 2, 4]
    assert await rig.pending() == 0
    await rig.kill()


async def test_an_update_that_comes_twice_is_handled_once(
    database: Database, clock: ManualClock
) -> None:
    rig = Rig(database, clock)
    await rig.start()
    await rig.intake.receive([message(1, 5), message(1, 5)])
    await asyncio.wait_for(rig.intake.idle(), 30)
    await rig.intake.receive([message(1, 5), message(2, 5)])
    await asyncio.wait_for(rig.intake.idle(), 30)
    assert rig.handling.done == [1, 2]
    await rig.kill()


async def test_what_a_dead_process_held_is_handled_by_the_next(
    database: Database, clock: ManualClock
) -> None:
    dead = Rig(database, clock)
    dead.handling.gates |= {1: asyncio.Event(), 3: asyncio.Event()}
    await dead.start()
    await dead.intake.receive([message(1, 5), message(2, 5), message(3, 6), message(4, 7)])
    await dead.until_done(1)
    await dead.kill()
    assert dead.handling.done == [4]
    alive = Rig(database, clock)
    await alive.start()
    await alive.until_done(3)
    assert sorted(alive.handling.done) == [1, 2, 3]
    assert alive.handling.done.index(1) < alive.handling.done.index(2)
    assert await alive.pending() == 0
    await alive.kill()


async def test_beside_others_what_a_dead_process_held_waits_for_its_lease(
    database: Database, clock: ManualClock
) -> None:
    dead = Rig(database, clock)
    dead.handling.gates[1] = asyncio.Event()
    await dead.start(alone=False)
    await dead.intake.receive([message(1, 5)])
    await dead.turn()
    await dead.kill()
    alive = Rig(database, clock)
    await alive.start(alone=False)
    await alive.intake.receive([message(2, 5), message(3, 6)])
    await alive.until_done(1)
    # The chat's first update may still be in good hands: its second waits, others do not.
    assert alive.handling.done == [3]
    await alive.until_done(3)
    assert alive.handling.done == [3, 1, 2]
    await alive.kill()


async def test_a_living_process_keeps_what_it_holds(
    database: Database, clock: ManualClock
) -> None:
    slow, other = Rig(database, clock), Rig(database, clock)
    slow.handling.gates[1] = asyncio.Event()
    await slow.start(alone=False)
    await other.start(alone=False)
    await slow.intake.receive([message(1, 5)])
    for _ in range(30):
        await slow.turn(5)
    assert other.handling.started == []
    slow.handling.gates[1].set()
    await asyncio.wait_for(slow.intake.idle(), 30)
    assert slow.handling.done == [1]
    await slow.kill()
    await other.kill()


async def test_what_cannot_be_handled_now_is_tried_again_before_the_chats_next(
    database: Database, clock: ManualClock
) -> None:
    rig = Rig(database, clock)
    rig.handling.later.add(1)
    await rig.start()
    await rig.intake.receive([message(1, 5), message(2, 5), message(3, 6)])
    await rig.until_done(1)
    assert rig.handling.done == [3]
    rig.handling.later.clear()
    await rig.until_done(3)
    assert rig.handling.done == [3, 1, 2]
    await rig.kill()


async def test_an_outage_of_an_hour_loses_nothing_and_one_of_a_day_is_the_end(
    database: Database, clock: ManualClock
) -> None:
    rig = Rig(database, clock)
    rig.handling.later |= {1, 2}
    await rig.start()
    await rig.intake.receive([message(1, 5)])
    for _ in range(60):
        await rig.turn(60)
    assert len(rig.handling.started) > 10
    rig.handling.later.discard(1)
    await rig.until_done(1)
    await rig.intake.receive([message(2, 5), message(3, 5)])
    for _ in range(30):
        await rig.turn(3600)
    await rig.until_done(2)
    assert rig.handling.done == [1, 3]
    assert await rig.pending() == 0
    await rig.kill()


async def test_a_chat_that_floods_us_does_not_fill_the_memory(
    database: Database, clock: ManualClock
) -> None:
    rig = Rig(database, clock)
    rig.handling.gates[1] = asyncio.Event()
    await rig.start()
    await rig.intake.receive([message(number, 5) for number in range(1, 201)])
    await rig.intake.receive([message(300, 6)])
    await rig.until_done(1)
    assert rig.intake.held <= 50
    assert rig.handling.done == [300]
    rig.handling.gates[1].set()
    await rig.until_done(201)
    assert rig.handling.done == [300, *range(1, 201)]
    await rig.kill()


async def test_an_orderly_end_finishes_what_runs_and_gives_the_rest_back(
    database: Database, clock: ManualClock
) -> None:
    rig = Rig(database, clock)
    rig.handling.gates[1] = asyncio.Event()
    await rig.start()
    await rig.intake.receive([message(1, 5), message(2, 5)])
    await rig.turn()
    ending = asyncio.create_task(rig.intake.close(10.0))
    await settle()
    rig.handling.gates[1].set()
    await ending
    await rig.kill()
    assert rig.handling.done == [1]
    async with database.write() as connection:
        claim = await inbox.claim(connection, clock.now(), timedelta(seconds=60))
    assert claim is not None
    assert (claim.update_id, claim.attempt) == (2, 1)


async def test_a_chat_goes_on_after_the_database_failed_to_take_an_update_back(
    database: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    postpone, failures = arrivals.postpone, 2

    async def fails(*arguments: Any) -> bool:
        nonlocal failures
        if failures:
            failures -= 1
            raise OperationalError("UPDATE", {}, Exception("disk full"))
        return await postpone(*arguments)

    monkeypatch.setattr(arrivals, "postpone", fails)
    rig = Rig(database, clock)
    rig.handling.later.add(1)
    await rig.start()
    await rig.intake.receive([message(1, 5), message(2, 5)])
    for _ in range(20):
        await rig.turn(1)
        if not failures:
            rig.handling.later.clear()
    await rig.until_done(2)
    assert rig.handling.done == [1, 2]
    await rig.kill()


def test_what_must_stay_in_order_shares_a_key() -> None:
    chat = {"id": -5}
    assert chat_key({"update_id": 1, "message": {"chat": chat}}) == "c-5"
    assert chat_key({"update_id": 2, "edited_message": {"chat": chat}}) == "c-5"
    press = {"from": {"id": 9}, "message": {"chat": chat}}
    assert chat_key({"update_id": 3, "callback_query": press}) == "c-5"
    assert chat_key({"update_id": 4, "inline_query": {"from": {"id": 9}}}) == "u9"
    assert chat_key({"update_id": 5, "kind_of_2040": {}}) == "x5"
    assert chat_key({"update_id": 6, "message": "text", "poll": None}) == "x6"
    assert chat_key({"update_id": 7, "kind_of_2040": {"chat": {"id": "a"}}}) == "x7"


async def test_a_reply_that_cannot_be_sent_is_sent_after_a_restart(
    api: BotApi, tmp_path: Path
) -> None:
    person = api.person()
    held = Hold()
    async with running(api, tmp_path, Setup(read_timeout=60.0)):
        api.fail_next(held, method="sendMessage")
        person.says("新苗奖资助多少人")
        await asyncio.wait_for(held.arrived.wait(), 30)
        api.fail_next(botapi.server_error(), method="sendMessage", times=1000)
        held.released.set()
        await api.wait_for(1)
        person.says("云川文库什么时候完成初稿")
        await api.wait_for(lambda: len(api.calls("sendMessage")) >= 3, within=30)
    api.faults = botapi_faults_cleared(api)
    async with running(api, tmp_path):
        await api.wait_for(2, within=30)
        assert "9月底前" in api.sent[1].text


def botapi_faults_cleared(api: BotApi) -> botapi.faults.FaultPlan:
    """Let every fault that was arranged be over."""
    for entry in api.faults._arranged:
        entry.times = 0
    return api.faults


async def test_polled_updates_are_confirmed_only_once_they_are_stored(
    api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = True
    refused = asyncio.Event()
    receive = Intake.receive

    async def fails(self: Intake, updates: list[Json]) -> None:
        if failing and updates:
            refused.set()
            raise OperationalError("INSERT", {}, Exception("disk full"))
        await receive(self, updates)

    monkeypatch.setattr(Intake, "receive", fails)
    clock = ManualClock()
    async with running(api, tmp_path, Setup(clock=clock)):
        person = api.person()
        person.says("新苗奖资助多少人")
        for _ in range(3):
            await asyncio.wait_for(refused.wait(), 10)
            refused.clear()
            await clock.advance(timedelta(seconds=30))
        assert len(api.world.updates.pending) == 1
        failing = False
        await clock.advance(timedelta(seconds=30))
        await api.wait_for(1)
        await api.taken()


async def test_network_faults_and_conflicts_of_polling_pass(
    api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = ManualClock()
    api.fail_next(botapi.server_error(502), method="getMe")
    api.fail_next(botapi.lost_before(), method="deleteWebhook")
    task = asyncio.create_task(clock.run_on())
    async with running(api, tmp_path, Setup(clock=clock)) as bot:
        for fault in (
            botapi.server_error(),
            botapi.lost_before(),
            botapi.lost_after(),
            botapi.Broken(),
            botapi.flood_wait(3),
        ):
            api.fail_next(fault, method="getUpdates")
        for _ in range(6):
            person = api.person()
            answer = await api.reply_to(person.says("新苗奖资助多少人"))
            assert "80名" in answer.text
        await settled(api, bot)
    task.cancel()
    assert len(api.sent) == 6


async def test_a_revoked_token_ends_the_bot_with_a_clear_message(
    api: BotApi, tmp_path: Path
) -> None:
    clock = ManualClock()
    pump = asyncio.create_task(clock.run_on())
    revoked = botapi.Refuse(botapi.ApiError(401, "Unauthorized"))
    api.fail_next(revoked, method="getUpdates", times=3)
    async with made(api, tmp_path, Setup(clock=clock)) as bot:
        with pytest.raises(TokenRejectedError, match="wrong or was revoked"):
            await serve_bot(bot, "polling")
    pump.cancel()


async def test_one_refusal_of_the_token_is_not_the_end(api: BotApi, tmp_path: Path) -> None:
    clock = ManualClock()
    task = asyncio.create_task(clock.run_on())
    async with running(api, tmp_path, Setup(clock=clock)):
        revoked = botapi.Refuse(botapi.ApiError(401, "Unauthorized"))
        api.fail_next(revoked, method="getUpdates", times=2)
        person = api.person()
        await api.reply_to(person.says("书香驿站"))
        assert (await api.reply_to(person.says("新苗奖资助多少人"))).text
    task.cancel()
