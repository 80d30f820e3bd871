"""The outbox, in SQLite and in PostgreSQL."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import chats, claims, completions, deliveries, occurrences, topics
from bot.storage.claims import ATTEMPTS, Waits
from bot.storage.database import Database
from bot.storage.deliveries import State
from bot.storage.migrations import open_database
from bot.storage.occurrences import KEPT, Kind, Occurrence
from bot.storage.tables import DELIVERIES, SUBSCRIPTIONS
from tests.clock import START
from tests.reminders.shop import (
    DUE_ON,
    FERRY,
    LEASE,
    SECOND,
    begin,
    made,
    make,
    other,
    sent,
    states,
    subscribe,
    take,
    take_one,
)


async def test_what_is_due_is_made_once_for_every_place_that_wants_it(database: Database) -> None:
    schedule = await subscribe(database, [(1, 0), (2, 0), (-3, 5), (-3, 6)])
    second = await subscribe(database, [(1, 0), (4, 0)], "q")
    async with database.write() as connection:
        assert await occurrences.make(connection, FERRY, [schedule, second], START) == 5
        assert await occurrences.make(connection, FERRY, [schedule], START) == 0
    assert [row[:2] for row in await made(database)] == [(-3, 5), (-3, 6), (1, 0), (2, 0), (4, 0)]
    assert len(await take(database)) == 5


async def test_who_paused_came_later_or_is_done_is_left_out(database: Database) -> None:
    schedule = await subscribe(database, [(chat, 0) for chat in (1, 2, 3, 4)])
    async with database.write() as connection:
        for chat, columns in ((1, {"paused_at": START}), (2, {"since": START})):
            await connection.execute(
                update(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.chat_id == chat).values(**columns)
            )
        assert await completions.complete(connection, 3, FERRY.key, DUE_ON, 50, START)
        assert await occurrences.make(connection, FERRY, [schedule], START) == 1
        later = replace(FERRY, due_on=DUE_ON + timedelta(days=366))
        assert await occurrences.make(connection, later, [schedule], START) == 2
    assert [row[0] for row in await made(database)] == [3, 4, 4]


async def test_what_falls_due_for_a_chat_that_takes_nothing_is_put_by_until_it_does(
    database: Database,
) -> None:
    schedule = await subscribe(database, [(1, 0), (2, 0)])
    async with database.write() as connection:
        await chats.change(connection, 1, START, paused="blocked")
        await occurrences.make(connection, FERRY, [schedule], START)
    assert (await take_one(database)).chat == 2
    async with database.write() as connection:
        assert await deliveries.release(connection, 1, START) == 1
        assert await deliveries.release(connection, 1, START) == 0
    (item,) = (await take_one(database)).items
    assert item.reason == "paused"


async def test_a_delivery_is_held_by_one_and_sent_under_its_token(database: Database) -> None:
    await make(database, 1)
    claim = await take_one(database)
    assert await take(database) == ()
    assert claim.items[0].occurrence.subject == FERRY
    assert await begin(database, claim) == claim.ids
    assert await begin(database, claim) == claim.ids
    assert await sent(database, claim)
    assert not await sent(database, claim)
    assert await take(database, 10 * LEASE) == ()
    assert await states(database) == {1: [State.SENT]}
    async with database.read() as connection:
        (told,) = await occurrences.of_message(connection, 1, 77)
        assert await occurrences.of_message(connection, 2, 77) == ()
    assert told.subject == FERRY


async def test_only_what_is_being_sent_can_have_been_sent(database: Database) -> None:
    await make(database, 1)
    claim = await take_one(database)
    assert not await sent(database, claim)
    assert await states(database) == {1: [State.LEASED]}


async def test_a_lease_that_ran_out_frees_what_was_not_being_sent_as_if_nothing_had_been(
    database: Database,
) -> None:
    await make(database, 1)
    stale = await take_one(database)
    assert await take(database, LEASE - SECOND) == ()
    fresh = await take_one(database, LEASE)
    assert not fresh.doubtful
    assert await begin(database, stale, LEASE) == ()
    assert await begin(database, fresh, LEASE) == fresh.ids
    assert not await sent(database, stale, LEASE)
    assert await sent(database, fresh, LEASE)


async def test_a_lease_that_ran_out_while_sending_leaves_a_doubt(database: Database) -> None:
    await make(database, 1)
    stale = await take_one(database)
    await begin(database, stale)
    fresh = await take_one(database, LEASE)
    assert fresh.doubtful
    assert not await sent(database, stale, LEASE)
    await begin(database, fresh, LEASE)
    assert (await take_one(database, 2 * LEASE)).doubtful


async def test_a_holder_whose_lease_ran_out_may_end_what_nobody_else_took(
    database: Database,
) -> None:
    await make(database, 1)
    claim = await take_one(database)
    assert await begin(database, claim, 2 * LEASE) == claim.ids
    assert await sent(database, claim, 5 * LEASE)


async def test_what_got_no_answer_is_sent_once_more_and_not_a_third_time(
    database: Database,
) -> None:
    await make(database, 1)
    for turn, more in enumerate((True, False)):
        claim = await take_one(database, turn * LEASE)
        assert claim.doubtful == (turn > 0)
        await begin(database, claim, turn * LEASE)
        async with database.write() as connection:
            moment = START + turn * LEASE
            assert await deliveries.unheard(connection, claim, moment, LEASE) == more
    assert await take(database, 10 * LEASE) == ()
    assert await states(database) == {1: [State.AMBIGUOUS]}


async def test_what_was_certainly_not_sent_goes_again_when_it_is_time(database: Database) -> None:
    await make(database, 1)
    for turn in range(3):
        claim = await take_one(database, turn * SECOND)
        assert not claim.doubtful
        await begin(database, claim, turn * SECOND)
        async with database.write() as connection:
            moment = START + (turn + 1) * SECOND
            assert await deliveries.again(connection, claim, moment, "thread gone")
            assert not await deliveries.again(connection, claim, moment)
        assert await take(database, turn * SECOND) == ()
    assert (await take_one(database, LEASE)).items[0].reason == "thread gone"


async def test_a_doubt_stays_where_the_next_attempt_sends_nothing(database: Database) -> None:
    await make(database, 1)
    await begin(database, await take_one(database))
    claim = await take_one(database, LEASE)
    async with database.write() as connection:
        await deliveries.again(connection, claim, START + LEASE)
    assert (await take_one(database, LEASE)).doubtful


async def test_what_stops_every_holder_is_given_up(database: Database) -> None:
    await make(database, 1)
    async with database.write() as connection:
        await connection.execute(update(DELIVERIES).values(attempts=ATTEMPTS - 1))
    await take_one(database)
    async with database.write() as connection:
        found = await claims.claim(connection, START + LEASE, LEASE, chats=9, items=9)
    assert (found.claims, found.given_up, found.none) == ((), 1, False)
    assert await states(database) == {1: [State.FAILED]}


async def test_all_that_is_due_for_a_place_is_one_message(database: Database) -> None:
    for lead in (30, 7, 1):
        await make(database, 1, subject=other(lead))
    await make(database, 1, thread=5)
    snooze = replace(FERRY, kind=Kind.SNOOZE, serial=1)
    digest = replace(FERRY, kind=Kind.DIGEST, key="digest/weekly")
    for subject in (snooze, digest):
        await make(database, 1, subject=subject)
    sizes = {
        (claim.thread, claim.items[0].occurrence.subject.kind): len(claim.items)
        for claim in await take(database, chats=1)
    }
    assert sizes == {(0, Kind.REMINDER): 4, (0, Kind.DIGEST): 1, (5, Kind.REMINDER): 1}


async def test_a_message_does_not_hold_more_than_it_can(database: Database) -> None:
    for lead in range(7):
        await make(database, 1, subject=other(lead))
    assert [len(claim.items) for claim in await take(database, items=3)] == [3, 3, 1]


async def test_what_is_in_doubt_is_a_message_of_its_own(database: Database) -> None:
    await make(database, 1)
    await begin(database, await take_one(database))
    await make(database, 1, subject=other(1))
    assert [claim.doubtful for claim in await take(database, LEASE)] == [False, True]


async def test_what_is_not_due_yet_is_not_taken(database: Database) -> None:
    await make(database, 1, subject=other(1, START + SECOND))
    assert await take(database) == ()
    async with database.read() as connection:
        assert await deliveries.wakes_at(connection) == START + SECOND
    assert len(await take(database, SECOND)) == 1


async def test_what_should_wait_waits_and_the_rest_goes(database: Database) -> None:
    await make(database, 1, 2)
    until = START + 8 * LEASE

    async def quiet(_connection: AsyncConnection, found: Sequence[int]) -> Waits:
        assert list(found) == [1, 2]

        def wait(occurrence: Occurrence) -> datetime | None:
            return until if occurrence.chat == 1 else None

        return wait

    async with database.write() as connection:
        found = await claims.claim(connection, START, LEASE, chats=9, items=9, waits=quiet)
    assert ([claim.chat for claim in found.claims], found.put_off) == ([2], 1)
    assert await take(database, 2 * SECOND) == ()
    assert (await take(database, 8 * LEASE))[0].chat == 1


async def test_what_waits_because_of_one_chat_holds_up_no_other(database: Database) -> None:
    await make(database, 1, 2)
    async with database.write() as connection:
        assert await deliveries.hold_back(connection, 1, START + LEASE) == 1
        assert await deliveries.hold_back(connection, 1, START + SECOND) == 0
    assert (await take_one(database)).chat == 2
    async with database.write() as connection:
        assert await deliveries.hold_back(connection, 1, None) == 1
    assert await take(database, LEASE - SECOND) == ()
    async with database.write() as connection:
        assert await deliveries.release(connection, 1, START) == 1
    assert (await take_one(database)).chat == 1


async def test_what_is_withdrawn_is_not_sent_unless_it_is_just_leaving(
    database: Database,
) -> None:
    await make(database, 1, 2, 3)
    first, second, _third = await take(database)
    await begin(database, first)
    async with database.write() as connection:
        which = deliveries.of_day(FERRY.key, DUE_ON)
        assert await deliveries.withdraw(connection, which, "moved", START) == 2
    assert await begin(database, second) == ()
    assert await sent(database, first)
    assert await states(database) == {
        1: [State.SENT], 2: [State.WITHDRAWN], 3: [State.WITHDRAWN],
    }  # fmt: skip


async def test_a_claim_goes_on_without_what_was_withdrawn_of_it(database: Database) -> None:
    await make(database, 1)
    await make(database, 1, subject=replace(FERRY, key="port/2.1/每2年"))
    claim = await take_one(database)
    async with database.write() as connection:
        which = deliveries.of_day(FERRY.key, DUE_ON, chat=1)
        assert await deliveries.withdraw(connection, which, "done", START) == 1
    held = await begin(database, claim)
    assert [item.occurrence.subject.key for item in claim.only(held).items] == ["port/2.1/每2年"]


async def test_a_completion_is_noted_with_who_and_can_be_taken_back(database: Database) -> None:
    async with database.write() as connection:
        assert await completions.complete(connection, -1, "k", DUE_ON, 50, START)
        assert not await completions.complete(connection, -1, "k", DUE_ON, 51, START)
        assert await completions.completed_by(connection, -1, "k", DUE_ON) == 50
        assert await completions.done(connection, -1) == {("k", DUE_ON)}
        await completions.move_completions(connection, ("k", DUE_ON), ("n", DUE_ON))
        assert await completions.done(connection, -1) == {("k", DUE_ON), ("n", DUE_ON)}
        assert await completions.reopen(connection, -1, "k", DUE_ON)
        assert not await completions.reopen(connection, -1, "k", DUE_ON)
        await chats.forget(connection, 50)
        assert await completions.done(connection, -1) == {("n", DUE_ON)}
        assert await completions.completed_by(connection, -1, "n", DUE_ON) is None


async def test_a_chat_that_moves_takes_what_is_being_delivered_along(database: Database) -> None:
    await make(database, -1, -2)
    await make(database, -1, subject=other(1))
    await make(database, -2, subject=other(1))
    claim = next(c for c in await take(database) if c.chat == -1)
    await begin(database, claim)
    async with database.write() as connection:
        await chats.migrate(connection, -1, -100_2)
        assert await deliveries.again(connection, claim, START)
        assert await occurrences.find(connection, -100_2, claim.ids[0]) is not None
        await chats.migrate(connection, -100_2, -2)
        assert await occurrences.find(connection, -2, claim.ids[0]) is None
    assert await states(database) == {-2: [State.LEASED] * 2}


async def test_what_a_topic_that_is_gone_was_told_goes_to_its_chat(database: Database) -> None:
    await subscribe(database, [(-1, 5), (-1, 6)])
    await subscribe(database, [(-1, 5)], "q")
    await subscribe(database, [(-1, 0)], "q")
    for thread, lead in ((5, 7), (5, 1), (0, 1), (6, 7)):
        await make(database, -1, subject=other(lead), thread=thread)
    async with database.write() as connection:
        await topics.leave(connection, -1, 5)
        places = await connection.execute(
            select(SUBSCRIPTIONS.c.thread_id, SUBSCRIPTIONS.c.scope).order_by(
                SUBSCRIPTIONS.c.thread_id, SUBSCRIPTIONS.c.scope
            )
        )
        assert [tuple(row) for row in places] == [(0, "p"), (0, "q"), (6, "p")]
    taken = {claim.thread: len(claim.items) for claim in await take(database)}
    assert taken == {0: 2, 6: 1}


async def test_an_occurrence_is_remembered_for_more_than_a_year(database: Database) -> None:
    await make(database, 1, 2)
    claim = (await take(database))[0]
    await begin(database, claim)
    await sent(database, claim)
    async with database.write() as connection:
        assert await occurrences.prune(connection, START + KEPT) == 0
        assert await occurrences.prune(connection, START + KEPT + SECOND) == 1
        assert await deliveries.counts(connection) == {State.LEASED: 1}


async def test_the_next_of_a_kind_is_numbered(database: Database) -> None:
    await make(database, 1, 2, subject=replace(FERRY, kind=Kind.SNOOZE, serial=3))
    await make(database, 1)
    async with database.read() as connection:
        found = (await made(database))[0]
        assert found[0] == 1
        (first, *_) = [
            item
            for number in range(1, 4)
            if (item := await occurrences.find(connection, 1, number)) is not None
        ]
        assert await occurrences.last_serial(connection, first, Kind.SNOOZE) == 3
        assert await occurrences.last_serial(connection, first, Kind.CORRECTION) == 0
        key = FERRY.key
        assert await occurrences.next_serial(connection, Kind.SNOOZE, key, DUE_ON) == 4
        assert await occurrences.next_serial(connection, Kind.CORRECTION, key, DUE_ON) == 1


async def test_workers_on_two_engines_deliver_each_once(
    database: Database, database_url: str
) -> None:
    second = await open_database(database_url)
    schedule = await subscribe(database, [(chat, 0) for chat in range(1, 61)])
    async with database.write() as connection:
        await occurrences.make(connection, FERRY, [schedule], START)
    accepted: Counter[int] = Counter()

    async def work(mine: Database) -> None:
        while found := await take(mine, chats=4):
            for claim in found:
                assert await begin(mine, claim) == claim.ids
                accepted[claim.chat] += 1
                await asyncio.sleep(0)
                assert await sent(mine, claim)

    await asyncio.gather(*(work(mine) for mine in (database, second) for _ in range(3)))
    await second.close()
    assert accepted == dict.fromkeys(range(1, 61), 1)
    assert set(map(tuple, (await states(database)).values())) == {(State.SENT,)}


async def test_what_was_due_too_long_ago_is_withdrawn(database: Database) -> None:
    await make(database, 1, 2)
    await make(database, 1, subject=other(1, START + SECOND))
    async with database.write() as connection:
        await deliveries.hold_back(connection, 2, None)
        oldest = START + SECOND
        found = await claims.claim(
            connection, START + SECOND, LEASE, chats=9, items=9, oldest=oldest
        )
        assert ([len(claim.items) for claim in found.claims], found.too_late) == ([1], 1)
        assert await deliveries.give_up(connection, oldest, START) == 1
    assert await states(database) == {1: [State.WITHDRAWN, State.LEASED], 2: [State.WITHDRAWN]}
