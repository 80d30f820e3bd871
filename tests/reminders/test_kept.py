"""Subscriptions, schedules and what else is kept, in SQLite and in PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta

from bot.reminders.changes import Known
from bot.storage import feeds, own_deadlines, plan_deadlines, schedules, subscriptions
from bot.storage.database import Database
from bot.storage.migrations import open_database
from bot.storage.numbers import reserve
from bot.storage.schedules import Schedule
from tests.clock import START
from tests.reminders.shop import DUE_ON, SECOND, subscribe


async def test_a_subscription_is_found_changed_and_ended(database: Database) -> None:
    await subscribe(database, [(1, 0), (2, 0)])
    await subscribe(database, [(1, 5)], "q")
    async with database.write() as connection:
        first, second = await subscriptions.of_chat(connection, 1)
        assert (first.scope, first.thread, second.scope, second.thread) == ("p", 0, "q", 5)
        assert await subscriptions.find(connection, 1, first.id) == first
        assert await subscriptions.find(connection, 2, first.id) is None
        assert await subscriptions.at(connection, 1, 5, "q") == second
        assert await subscriptions.at(connection, 1, 0, "q") is None
        await subscriptions.change(connection, first.id, leads=[1, 14, 1], hour=time(8, 30))
        await subscriptions.change(connection, first.id, paused_at=START)
        changed = await subscriptions.find(connection, 1, first.id)
        assert changed is not None
        assert (changed.leads, changed.hour, changed.paused_at) == ((14, 1), time(8, 30), START)
        await subscriptions.change(connection, first.id, leads=None, hour=None, paused_at=None)
        assert await subscriptions.find(connection, 1, first.id) == first
        await subscriptions.remove(connection, first.id)
        assert await subscriptions.count(connection, 1) == 1


async def test_a_place_subscribes_to_the_same_once(database: Database) -> None:
    await subscribe(database, [(1, 0), (1, 0), (1, 5)])
    async with database.read() as connection:
        assert await subscriptions.count(connection, 1) == 2


async def test_subscriptions_to_what_has_a_new_name_follow_it(database: Database) -> None:
    await subscribe(database, [(1, 0), (2, 0)], "old")
    await subscribe(database, [(2, 0)], "new")
    async with database.write() as connection:
        await subscriptions.rescope(connection, "old", "new")
        for chat in (1, 2):
            assert [s.scope for s in await subscriptions.of_chat(connection, chat)] == ["new"]


async def test_a_schedule_waits_for_the_first_moment_that_anyone_needs(
    database: Database,
) -> None:
    async with database.write() as connection:
        number = await schedules.keep(connection, "p", None)
        expected = None
        for moment in (None, START, START + SECOND, START - SECOND, None):
            assert await schedules.keep(connection, "p", moment) == number
            expected = min(filter(None, (expected, moment)), default=None)
            found = await schedules.by_id(connection, [number])
            assert found == {number: Schedule(number, "p", expected)}


async def test_schedules_come_due_in_order(database: Database) -> None:
    async with database.write() as connection:
        assert await schedules.wakes_at(connection) is None
        later = await schedules.keep(connection, "later", START + SECOND)
        sooner = await schedules.keep(connection, "sooner", START)
        await schedules.keep(connection, "never", None)
        assert not await schedules.is_due(connection, START - SECOND)
        assert await schedules.is_due(connection, START)
        assert await schedules.wakes_at(connection) == START
        due = await schedules.due(connection, START + SECOND, 9)
        assert [item.id for item in due] == [sooner, later]
        assert len(await schedules.due(connection, START + SECOND, 1)) == 1
        await schedules.set_next(connection, [(sooner, START + 2 * SECOND), (later, None)])
        assert await schedules.wakes_at(connection) == START + 2 * SECOND
        assert len(await schedules.all_after(connection, later)) == 2


async def test_a_schedule_that_nobody_is_on_goes(database: Database) -> None:
    number = await subscribe(database, [(1, 0)])
    async with database.write() as connection:
        other = await schedules.keep(connection, "unused", START)
        assert await schedules.drop_unused(connection) == 1
        assert list(await schedules.by_id(connection, [number, other])) == [number]
        (mine,) = await subscriptions.of_chat(connection, 1)
        third = await schedules.keep(connection, "third", START)
        await subscriptions.attach(connection, mine.id, third)
        assert await schedules.drop_unused(connection) == 1


async def test_numbers_are_given_out_once_to_all_who_ask(
    database: Database, database_url: str
) -> None:
    other = await open_database(database_url)
    given: list[int] = []

    async def ask(mine: Database, count: int) -> None:
        async with mine.write() as connection:
            first = await reserve(connection, "things", count)
        given.extend(range(first, first + count))

    await asyncio.gather(*(ask(mine, n) for mine in (database, other) for n in (1, 3, 2)))
    await other.close()
    assert sorted(given) == list(range(1, 13))


async def test_own_deadlines_are_kept_found_changed_and_dropped(database: Database) -> None:
    async with database.write() as connection:
        later = await own_deadlines.add(
            connection, 1, "渡船", DUE_ON + timedelta(days=1), "乙", START
        )
        first = await own_deadlines.add(connection, 1, "渡船", DUE_ON, "甲\x00", START)
        assert [own.words for own in await own_deadlines.of_chat(connection, 1)] == ["甲", "乙"]
        assert await own_deadlines.find(connection, 2, first.id) is None
        await own_deadlines.change(connection, first.id, DUE_ON + timedelta(days=9), "丙")
        assert [own.words for own in await own_deadlines.of_chat(connection, 1)] == ["乙", "丙"]
        assert len(await own_deadlines.by_id(connection, [first.id, later.id, 99])) == 2
        assert await own_deadlines.by_id(connection, []) == ()
        await own_deadlines.remove(connection, first.id)
        assert await own_deadlines.count(connection, 1) == 1
        assert await own_deadlines.find(connection, 1, later.id) == later


async def test_what_the_plans_set_is_exchanged_for_what_they_set_before(
    database: Database,
) -> None:
    first = Known("k", "port/1.1", "六月前开通", "六月前", DUE_ON, None)
    second = Known("m", "port/2.1", "每2年更新", "每2年", None, "FREQ=YEARLY;INTERVAL=2")
    async with database.write() as connection:
        assert await plan_deadlines.exchange(connection, [first]) == {}
        assert await plan_deadlines.exchange(connection, [first, second]) == {"k": first}
        assert await plan_deadlines.exchange(connection, []) == {"k": first, "m": second}
        assert await plan_deadlines.exchange(connection, []) == {}


async def test_the_address_of_a_calendar_can_be_renewed(database: Database) -> None:
    async with database.write() as connection:
        word = await feeds.word(connection, 1, START)
        assert len(word) == 32
        assert await feeds.word(connection, 1, START) == word
        assert await feeds.word(connection, 2, START) != word
        assert await feeds.chat_of(connection, word) == 1
        renewed = await feeds.renew(connection, 1, START)
        assert await feeds.chat_of(connection, word) is None
        assert await feeds.chat_of(connection, renewed) == 1
