from __future__ import annotations

from datetime import time

import pytest

from bot.quiet import QuietHours


def test_quiet_hours_over_midnight_cover_both_sides_of_it() -> None:
    quiet = QuietHours.parse("22:00-08:00")
    covered = [quiet.covers(time(hour)) for hour in (21, 22, 23, 0, 7, 8)]
    assert covered == [False, True, True, True, True, False]


def test_quiet_hours_within_a_day_cover_that_part_of_it() -> None:
    quiet = QuietHours.parse("12:30 - 14:00")
    assert quiet.covers(time(12, 30))
    assert not quiet.covers(time(14))
    assert not quiet.covers(time(0))


def test_quiet_hours_may_end_at_midnight() -> None:
    quiet = QuietHours.parse("22:00-24:00")
    assert quiet.covers(time(23, 59))
    assert not quiet.covers(time(0))


@pytest.mark.parametrize("text", ["off", "OFF", "none", "08:00-08:00"])
def test_no_quiet_hours_cover_nothing(text: str) -> None:
    quiet = QuietHours.parse(text)
    assert str(quiet) == "off"
    assert not any(quiet.covers(time(hour)) for hour in range(24))


@pytest.mark.parametrize("text", ["22:00-08:00", "off", "07:05-21:30"])
def test_quiet_hours_are_written_as_they_are_read(text: str) -> None:
    assert str(QuietHours.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "22-8", "25:00-08:00", "22:00-08:60", "22:00-25:00", "night"]
)
def test_what_are_not_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"22:00-08:00|no such time of day"):
        QuietHours.parse(text)
