"""What the reminders say themselves, read from a data file, and how days are said and read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.language.lexicon import read_yaml


@cache
def data() -> Mapping[str, Any]:
    """Return all of the data file."""
    found: Mapping[str, Any] = read_yaml(resources.files("handlers") / "data" / "reminders.yaml")
    return found


def tell(name: str, /, **values: object) -> str:
    """Return the plain text `name` with its places filled in; KeyError for an unknown name."""
    return str(data()["texts"][name]).format(**values)


def says(name: str, text: str) -> bool:
    """Tell whether `text` is one of the words listed as `name`."""
    return text.strip().lower() in data()[name]


def day_words(day: dt.date) -> str:
    """Return a day with its weekday."""
    weekday = data()["weekdays"][day.weekday()]
    return tell("day", year=day.year, month=day.month, day=day.day, weekday=weekday)


def short_day(day: dt.date) -> str:
    """Return a day without its year."""
    return tell("month_day", month=day.month, day=day.day)


def rule_words(leads: Iterable[int], hour: dt.time) -> str:
    """Return how many days before a deadline, and at which hour, reminders come."""
    days = sorted(set(leads), reverse=True)
    ahead = tell("joiner").join(str(day) for day in days if day)
    if not ahead:
        when = tell("on_the_day")
    else:
        when = tell("days_before_and_on_it" if 0 in days else "days_before", days=ahead)
    return tell("rule", when=when, hour=f"{hour:%H:%M}")


def time_words(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Return a moment as local day and time."""
    local = moment.astimezone(zone)
    return f"{day_words(local.date())} {local:%H:%M}"


class NoSuchDayError(ValueError):
    """What looks like a day is none; the message is what was written."""


def find_day(text: str, today: dt.date) -> tuple[dt.date, str, str] | None:
    """Return the first day in a text, what stands before it and what behind, None for no day.

    Raises:
        NoSuchDayError: it looks like one, but the calendar has no such day.
    """
    found = [match for shape in _shapes() for match in [shape.search(text)] if match is not None]
    if not found:
        return _relative(text, today)
    match = min(found, key=lambda item: (item.start(), -item.end()))
    before, after = text[: match.start()].strip(), text[match.end() :].strip()
    parts = {name: int(value) for name, value in match.groupdict().items()}
    try:
        if "y" in parts:
            return dt.date(parts["y"], parts["m"], parts["d"]), before, after
        return _next(parts["m"], parts["d"], today), before, after
    except ValueError as error:
        raise NoSuchDayError(match[0]) from error


def _next(month: int, day: int, today: dt.date) -> dt.date:
    """Return the next day with this month and day; raise ValueError where none ever comes."""
    for year in range(today.year, today.year + 9):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError(f"no such day: {month}-{day}")


def _relative(text: str, today: dt.date) -> tuple[dt.date, str, str] | None:
    words: Mapping[str, int] = data()["relative_days"]
    places = {text.find(word): word for word in words if word in text}
    if not places:
        return None
    at = min(places)
    word = places[at]
    day = today + dt.timedelta(days=words[word])
    return day, text[:at].strip(), text[at + len(word) :].strip()


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\d){shape}(?!\d)", re.ASCII) for shape in data()["dates"])
