from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.clock import ShiftedClock, SystemClock, clock_from, parse_time
from tests.clock import START, ManualClock, settle

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)


def test_the_machines_clock_tells_an_aware_time_in_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_a_shifted_clock_begins_at_its_start_and_runs_on() -> None:
    base = ManualClock()
    clock = ShiftedClock(datetime(2017, 5, 24, 9, tzinfo=SHANGHAI), base)
    assert clock.now() == datetime(2017, 5, 24, 1, tzinfo=UTC)
    base.set(START + HOUR)
    assert clock.now() == datetime(2017, 5, 24, 2, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


async def test_a_sleep_on_a_shifted_clock_ends_at_its_own_time() -> None:
    base = ManualClock()
    clock = ShiftedClock(datetime(2017, 5, 24, 9, tzinfo=SHANGHAI), base)
    sleeper = asyncio.create_task(clock.sleep_until(clock.now() + HOUR))
    await base.advance(HOUR - timedelta(seconds=1))
    assert not sleeper.done()
    await base.advance(timedelta(seconds=1))
    assert sleeper.done()


async def test_the_machines_clock_wakes_at_the_time_asked_for_and_not_before() -> None:
    clock = SystemClock()
    when = clock.now() + timedelta(milliseconds=30)
    await clock.sleep_until(when)
    assert clock.now() >= when


async def test_sleeping_until_a_time_that_has_passed_returns_at_once() -> None:
    clock = SystemClock()
    await asyncio.wait_for(clock.sleep_until(clock.now() - HOUR), timeout=1)


def test_without_a_start_the_machines_clock_is_used() -> None:
    assert isinstance(clock_from(None), SystemClock)
    assert abs(clock_from(START).now() - START) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "text",
    ["2017-05-24T09:00", "2017-05-24T01:00Z", "2017-05-24T03:00+02:00", " 2017-05-24 09:00 "],
)
def test_a_time_is_read_in_its_own_zone_or_else_in_the_one_given(text: str) -> None:
    moment = parse_time(text, SHANGHAI)
    assert moment == datetime(2017, 5, 24, 1, tzinfo=UTC)
    assert moment.tzinfo is UTC


def test_a_date_alone_is_its_midnight() -> None:
    assert parse_time("2017-05-24", SHANGHAI) == datetime(2017, 5, 23, 16, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2017-13-01", "0001-01-01", "9999-12-31T23:59"])
def test_what_is_not_a_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected an ISO 8601 time such as 2024-05-24T09:00"):
        parse_time(text, timezone(timedelta(hours=-8)))


async def test_a_manual_clock_wakes_sleepers_in_the_order_of_their_times() -> None:
    clock = ManualClock()
    woken: list[tuple[str, datetime]] = []

    async def sleep(name: str, hours: int) -> None:
        await clock.sleep_until(START + hours * HOUR)
        woken.append((name, clock.now()))

    tasks = [asyncio.create_task(sleep("later", 2)), asyncio.create_task(sleep("sooner", 1))]
    await settle()
    assert clock.sleeping == 2
    await clock.advance(3 * HOUR)
    assert woken == [("sooner", START + HOUR), ("later", START + 2 * HOUR)]
    assert clock.now() == START + 3 * HOUR
    await asyncio.gather(*tasks)
