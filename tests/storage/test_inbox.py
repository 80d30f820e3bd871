from __future__ import annotations

import asyncio
import random
from datetime import timedelta

from sqlalchemy import text

from bot.storage import arrivals, inbox
from bot.storage.database import Database
from bot.storage.inbox import ATTEMPTS, KEPT, Arrival, Claim, Counts
from bot.storage.migrations import open_database
from tests.clock import START

SECOND = timedelta(seconds=1)
LEASE = timedelta(minutes=1)


def arrival(update_id: int, chat: int = 1) -> Arrival:
    return Arrival(update_id, str(chat), {"update_id": update_id, "text": "展翅\x00\ud83d"})


async def store(database: Database, *arrivals: Arrival) -> frozenset[int]:
    async with database.write() as connection:
        return await inbox.store(connection, arrivals, START)


async def claim(database: Database, after: timedelta = timedelta()) -> Claim | None:
    async with database.write() as connection:
        return await inbox.claim(connection, START + after, LEASE)


async def must_claim(database: Database, after: timedelta = timedelta()) -> Claim:
    claimed = await claim(database, after)
    assert claimed is not None
    return claimed


async def finish(database: Database, claimed: Claim, after: timedelta = timedelta()) -> None:
    async with database.write() as connection:
        await arrivals.finish(connection, [claimed], START + after)


async def postpone(
    database: Database,
    claimed: Claim,
    after: timedelta = timedelta(),
    oldest: timedelta = timedelta(days=1),
) -> bool:
    async with database.write() as connection:
        now = START + after
        return await arrivals.postpone(connection, claimed, "not now", now, SECOND, oldest)


async def counts(database: Database) -> Counts:
    async with database.read() as connection:
        return await inbox.counts(connection)


async def test_an_update_is_handed_out_as_it_came(database: Database) -> None:
    await store(database, arrival(5))
    claimed = await must_claim(database)
    assert (claimed.update_id, claimed.chat_key, claimed.attempt) == (5, "1", 1)
    assert claimed.payload == arrival(5).payload


async def test_an_update_that_comes_twice_is_kept_once(database: Database) -> None:
    assert await store(database, arrival(5), arrival(6)) == {5, 6}
    assert await store(database, arrival(6), arrival(7), arrival(7)) == {7}
    assert (await counts(database)).pending == 3


async def test_an_update_that_comes_again_after_it_was_handled_is_not_handled_again(
    database: Database,
) -> None:
    await store(database, arrival(5))
    await finish(database, await must_claim(database))
    assert await store(database, arrival(5)) == frozenset()
    assert await claim(database) is None


async def test_storing_nothing_is_nothing(database: Database) -> None:
    assert await store(database) == frozenset()


async def test_updates_of_one_chat_are_handed_out_one_at_a_time_and_in_order(
    database: Database,
) -> None:
    await store(database, arrival(7), arrival(5), arrival(6))
    for expected in (5, 6, 7):
        claimed = await must_claim(database)
        assert claimed.update_id == expected
        assert await claim(database) is None
        await finish(database, claimed)
    assert await claim(database) is None


async def test_updates_of_different_chats_are_handed_out_side_by_side(database: Database) -> None:
    await store(database, arrival(5, 1), arrival(6, 1), arrival(7, 2), arrival(8, 3))
    held = [await must_claim(database) for _ in range(3)]
    assert [claimed.update_id for claimed in held] == [5, 7, 8]
    assert await claim(database) is None


async def test_an_earlier_update_that_comes_late_waits_for_the_one_in_hand(
    database: Database,
) -> None:
    await store(database, arrival(6))
    later = await must_claim(database)
    await store(database, arrival(5))
    assert await claim(database) is None
    await finish(database, later)
    assert (await must_claim(database)).update_id == 5


async def test_a_lease_that_ran_out_frees_the_update_and_its_holder_is_refused(
    database: Database,
) -> None:
    await store(database, arrival(5), arrival(6))
    stale = await must_claim(database)
    assert await claim(database, LEASE - SECOND) is None
    fresh = await must_claim(database, LEASE)
    assert (fresh.update_id, fresh.attempt) == (5, 2)
    await finish(database, stale, LEASE)
    assert not await postpone(database, stale, LEASE)
    async with database.write() as connection:
        assert not await inbox.release(connection, stale)
    assert await claim(database, LEASE) is None
    assert (await counts(database)).pending == 2
    await finish(database, fresh, LEASE)
    assert (await must_claim(database, LEASE)).update_id == 6


async def test_a_holder_whose_lease_ran_out_may_finish_where_nobody_else_took_it(
    database: Database,
) -> None:
    await store(database, arrival(5))
    claimed = await must_claim(database)
    await finish(database, claimed, 2 * LEASE)
    assert (await counts(database)).pending == 0
    assert await claim(database, 2 * LEASE) is None


async def test_a_postponed_update_is_tried_again_after_a_pause_before_its_chat_goes_on(
    database: Database,
) -> None:
    await store(database, arrival(5, 1), arrival(6, 1), arrival(7, 2))
    for turn in range(ATTEMPTS + 1):
        claimed = await must_claim(database, turn * SECOND)
        assert (claimed.update_id, claimed.attempt) == (5, 1)
        assert await postpone(database, claimed, turn * SECOND)
    later = ATTEMPTS * SECOND
    assert (await must_claim(database, later)).update_id == 7
    assert await claim(database, later + SECOND / 2) is None
    assert (await must_claim(database, later + SECOND)).update_id == 5


async def test_an_update_that_has_waited_too_long_is_given_up_and_its_chat_goes_on(
    database: Database,
) -> None:
    await store(database, arrival(5), arrival(6))
    claimed = await must_claim(database, LEASE)
    assert not await postpone(database, claimed, LEASE, oldest=LEASE)
    assert await counts(database) == Counts(pending=1, dead=1, oldest=START)
    assert (await must_claim(database, LEASE)).update_id == 6


async def test_an_update_that_kills_its_holders_is_given_up(database: Database) -> None:
    await store(database, arrival(5), arrival(6))
    for turn in range(ATTEMPTS):
        assert (await must_claim(database, turn * LEASE)).update_id == 5
    assert (await must_claim(database, ATTEMPTS * LEASE)).update_id == 6
    assert (await counts(database)).dead == 1


async def test_an_update_given_back_is_not_counted_as_an_attempt(database: Database) -> None:
    await store(database, arrival(5))
    for _ in range(ATTEMPTS + 1):
        claimed = await must_claim(database)
        assert claimed.attempt == 1
        async with database.write() as connection:
            assert await inbox.release(connection, claimed)


async def test_once_handled_only_the_id_of_an_update_is_kept_and_for_three_days(
    database: Database,
) -> None:
    await store(database, arrival(5), arrival(6))
    await finish(database, await must_claim(database))
    async with database.write() as connection:
        rows = await connection.execute(text("SELECT chat_key, payload FROM inbox ORDER BY 1"))
        assert [row.payload is None for row in rows] == [True, False]
        assert await inbox.prune(connection, START + KEPT) == 0
        assert await inbox.prune(connection, START + KEPT + SECOND) == 1
        assert (await inbox.counts(connection)).pending == 1


async def test_an_empty_inbox_counts_nothing(database: Database) -> None:
    assert await counts(database) == Counts(pending=0, dead=0, oldest=None)


async def test_workers_on_two_engines_handle_each_update_once_and_each_chat_in_order(
    database: Database, database_url: str
) -> None:
    other = await open_database(database_url)
    chance = random.Random(7)  # noqa: S311
    arrivals = [arrival(number, chance.randrange(6)) for number in range(120)]
    await store(database, *arrivals)
    at_work: set[str] = set()
    handled: list[tuple[str, int]] = []

    async def work(mine: Database) -> None:
        while (await counts(mine)).pending:
            claimed = await claim(mine)
            if claimed is None:
                await asyncio.sleep(0)
                continue
            assert claimed.chat_key not in at_work
            at_work.add(claimed.chat_key)
            await asyncio.sleep(0)
            handled.append((claimed.chat_key, claimed.update_id))
            # Whoever takes the chat next may do so before finish returns here.
            at_work.remove(claimed.chat_key)
            await finish(mine, claimed)

    await asyncio.gather(*(work(mine) for mine in (database, other) for _ in range(4)))
    await other.close()
    assert len(handled) == len(arrivals)
    for chat in {item.chat_key for item in arrivals}:
        order = [number for key, number in handled if key == chat]
        assert order == [item.update_id for item in arrivals if item.chat_key == chat]
