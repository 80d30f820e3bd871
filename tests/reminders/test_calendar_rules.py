from __future__ import annotations

import datetime as dt
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiet import QuietHours
from bot.reminders.calendar_rules import (
    Event,
    Rule,
    after_quiet,
    day_ends,
    due_dates,
    events,
    in_utc,
    next_event,
    remind_at,
)
from bot.reminders.duties import Duty, DutyKind
from bot.reminders.scopes import Scope, ScopeKind, digest_duty
from bot.reminders.timeline import Profile, due_between, first_due, is_past

SHANGHAI, LONDON, NEW_YORK = map(ZoneInfo, ("Asia/Shanghai", "Europe/London", "America/New_York"))
NIGHT = QuietHours(dt.time(22), dt.time(8))
NEVER = QuietHours.none()
DAY = dt.date(2024, 5, 31)


def duty(**when: object) -> Duty:
    return Duty("k", DutyKind.PLAN, "", **when)  # type: ignore[arg-type]


def rule(*leads: int, hour: int = 9, zone: ZoneInfo = SHANGHAI, quiet: QuietHours = NIGHT) -> Rule:
    return Rule(leads or (30, 7, 1, 0), dt.time(hour), zone, quiet)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[arg-type, misc]


def days(item: Duty, first: dt.date, count: int = 4) -> list[str]:
    return [day.isoformat() for day, _ in islice(due_dates(item, first), count)]


def test_a_day_is_reminded_of_at_nine_local_time_on_each_lead() -> None:
    found = list(events(duty(date=DAY), rule(), utc(2024, 1, 1), utc(2025, 1, 1)))
    assert [(event.at, event.lead) for event in found] == [
        (utc(2024, 5, 1, 1), 30),
        (utc(2024, 5, 24, 1), 7),
        (utc(2024, 5, 30, 1), 1),
        (utc(2024, 5, 31, 1), 0),
    ]


def test_what_lies_behind_is_not_reminded_of() -> None:
    item = duty(date=DAY)
    assert next_event(item, rule(), utc(2024, 5, 30, 1)) == Event(utc(2024, 5, 31, 1), "k", DAY, 0)
    assert next_event(item, rule(), utc(2024, 5, 31, 1)) is None
    assert list(events(item, rule(), utc(2024, 6, 1), utc(2030, 1, 1))) == []
    assert is_past(item, SHANGHAI, utc(2024, 5, 31, 16))
    assert not is_past(item, SHANGHAI, utc(2024, 5, 31, 15, 59))


def test_open_duties_are_never_reminded_of() -> None:
    assert next_event(duty(), rule(), utc(2024, 1, 1)) is None
    assert list(events(duty(), rule(), utc(2024, 1, 1), utc(2034, 1, 1))) == []
    assert not is_past(duty(), SHANGHAI, utc(2034, 1, 1))


@pytest.mark.parametrize(
    ("rrule", "expected"),
    [
        ("FREQ=YEARLY", ["2025-12-31", "2026-12-31", "2027-12-31", "2028-12-31"]),
        ("FREQ=YEARLY;INTERVAL=2", ["2025-12-31", "2027-12-31", "2029-12-31", "2031-12-31"]),
        ("FREQ=MONTHLY", ["2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]),
        ("FREQ=WEEKLY", ["2025-02-02", "2025-02-09", "2025-02-16", "2025-02-23"]),
        ("FREQ=DAILY", ["2025-02-01", "2025-02-02", "2025-02-03", "2025-02-04"]),
        (
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
            ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2025-03-31", "2025-05-31", "2025-07-31", "2025-08-31"]),
        ("FREQ=WEEKLY;BYDAY=FR", ["2025-02-07", "2025-02-14", "2025-02-21", "2025-02-28"]),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            ["2028-02-29", "2032-02-29", "2036-02-29", "2040-02-29"],
        ),
    ],
)
def test_what_recurs_comes_round_each_period(rrule: str, expected: list[str]) -> None:
    item = duty(rrule=rrule, anchor=dt.date(2024, 1, 1))
    assert days(item, dt.date(2025, 2, 1)) == expected


def test_nothing_recurs_before_its_plan_begins() -> None:
    item = duty(rrule="FREQ=YEARLY", anchor=dt.date(2024, 1, 1))
    assert days(item, dt.date(2020, 1, 1), 1) == ["2024-12-31"]


def test_what_comes_every_week_is_not_announced_a_month_before() -> None:
    item = duty(rrule="FREQ=WEEKLY;BYDAY=FR", anchor=dt.date(2024, 1, 1))
    found = events(item, rule(), utc(2024, 5, 20), utc(2024, 5, 27))
    assert [(event.due_on.day, event.lead) for event in found] == [(24, 1), (24, 0)]


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        (LONDON, dt.date(2024, 3, 31), dt.time(1, 30), utc(2024, 3, 31, 1, 30)),  # left out
        (LONDON, dt.date(2024, 3, 31), dt.time(9), utc(2024, 3, 31, 8)),
        (LONDON, dt.date(2024, 3, 30), dt.time(9), utc(2024, 3, 30, 9)),
        (LONDON, dt.date(2024, 10, 27), dt.time(1, 30), utc(2024, 10, 27, 0, 30)),  # twice
        (LONDON, dt.date(2024, 10, 27), dt.time(9), utc(2024, 10, 27, 9)),
        (NEW_YORK, dt.date(2024, 3, 10), dt.time(2, 30), utc(2024, 3, 10, 7, 30)),  # left out
        (NEW_YORK, dt.date(2024, 3, 10), dt.time(9), utc(2024, 3, 10, 13)),
        (NEW_YORK, dt.date(2024, 11, 3), dt.time(1, 30), utc(2024, 11, 3, 5, 30)),  # twice
        (NEW_YORK, dt.date(2024, 11, 3), dt.time(9), utc(2024, 11, 3, 14)),
        (SHANGHAI, dt.date(2024, 3, 31), dt.time(9), utc(2024, 3, 31, 1)),
    ],
)
def test_a_local_hour_stays_the_same_hour_when_the_clocks_change(
    zone: ZoneInfo, day: dt.date, hour: dt.time, expected: dt.datetime
) -> None:
    assert in_utc(day, hour, zone) == expected


def test_quiet_hours_delay_a_reminder_until_they_end() -> None:
    early = rule(1, hour=6)
    assert remind_at(DAY, 1, early) == utc(2024, 5, 30, 0)
    late = rule(1, hour=23)
    assert remind_at(DAY, 1, late) == utc(2024, 5, 31, 0)
    assert remind_at(DAY, 1, rule(1, hour=8)) == utc(2024, 5, 30, 0)
    assert remind_at(DAY, 1, rule(1, hour=23, quiet=NEVER)) == utc(2024, 5, 30, 15)


def test_quiet_hours_never_delay_a_reminder_past_its_deadline() -> None:
    assert remind_at(DAY, 0, rule(0, hour=23)) == utc(2024, 5, 31, 15)
    all_day = QuietHours(dt.time(0), dt.time(23, 59))
    assert remind_at(DAY, 0, rule(0, quiet=all_day)) == utc(2024, 5, 31, 15, 59)


def test_quiet_hours_that_end_in_an_hour_left_out_end_after_it() -> None:
    quiet = QuietHours(dt.time(22), dt.time(1, 30))
    moment = utc(2024, 3, 31, 0, 45)
    assert after_quiet(moment, quiet, LONDON) == utc(2024, 3, 31, 1, 30)


@given(
    zone=st.sampled_from([SHANGHAI, LONDON, NEW_YORK]),
    day=st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)),
    lead=st.integers(0, 30),
    hour=st.times(),
    quiet=st.builds(QuietHours, st.times(), st.times()),
)
def test_a_reminder_comes_at_or_after_its_hour_and_before_the_day_is_over(
    zone: ZoneInfo, day: dt.date, lead: int, hour: dt.time, quiet: QuietHours
) -> None:
    hour = hour.replace(fold=0)
    at = remind_at(day, lead, Rule((lead,), hour, zone, quiet))
    assert in_utc(day - dt.timedelta(days=lead), hour, zone) <= at < day_ends(day, zone)
    delayed = after_quiet(at, quiet, zone)
    assert delayed == at or delayed >= day_ends(day, zone)


@given(
    rrule=st.sampled_from(
        ["FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY;INTERVAL=2", "FREQ=MONTHLY;BYMONTHDAY=-1"]
    ),
    start=st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2026, 1, 1)),  # noqa: DTZ001
    zone=st.sampled_from([SHANGHAI, LONDON, NEW_YORK]),
)
def test_the_next_moment_is_the_first_of_those_that_follow(
    rrule: str, start: dt.datetime, zone: ZoneInfo
) -> None:
    item, moment = duty(rrule=rrule, anchor=dt.date(2023, 1, 1)), start.replace(tzinfo=dt.UTC)
    upcoming = sorted(events(item, rule(zone=zone), moment, moment + dt.timedelta(days=3 * 366)))
    assert next_event(item, rule(zone=zone), moment) == upcoming[0]


def test_a_profile_is_read_as_it_was_written_and_equal_ones_are_written_alike() -> None:
    profile = Profile(Scope(ScopeKind.PROGRAM, "渡船计划:二期"), rule(1, 30, 7))
    read = Profile.from_text(profile.to_text())
    assert read.to_text() == profile.to_text()
    assert read.scope == profile.scope
    assert Profile(profile.scope, rule(7, 30, 1, 1)).to_text() == profile.to_text()


def test_a_timeline_joins_the_moments_of_its_duties_in_order() -> None:
    profile = Profile(Scope(ScopeKind.EVERYTHING), rule(1, 0))
    duties = [
        duty(date=DAY),
        duty(rrule="FREQ=MONTHLY;BYMONTHDAY=-1", anchor=dt.date(2024, 1, 1)),
    ]
    found = due_between(profile, duties, utc(2024, 5, 30), utc(2024, 6, 30, 2))
    assert [event.at for event in found] == [
        utc(2024, 5, 30, 1), utc(2024, 5, 30, 1), utc(2024, 5, 31, 1), utc(2024, 5, 31, 1),
        utc(2024, 6, 29, 1), utc(2024, 6, 30, 1),
    ]  # fmt: skip
    assert first_due(profile, duties, utc(2024, 5, 31, 1)) == found[4]
    assert first_due(profile, [duty()], utc(2024, 5, 31)) is None


def test_overviews_come_on_monday_and_on_the_first_of_the_month() -> None:
    weekly = Profile(Scope(ScopeKind.WEEKLY), rule())
    monthly = Profile(Scope(ScopeKind.MONTHLY), rule())
    start = utc(2024, 5, 24)
    event = first_due(weekly, [digest_duty(ScopeKind.WEEKLY)], start)
    assert event == Event(utc(2024, 5, 27, 1), "digest/weekly", dt.date(2024, 5, 27), 0)
    event = first_due(monthly, [digest_duty(ScopeKind.MONTHLY)], start)
    assert event == Event(utc(2024, 6, 1, 1), "digest/monthly", dt.date(2024, 6, 1), 0)
