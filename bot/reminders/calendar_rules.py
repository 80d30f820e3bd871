"""The days on which a duty falls due, and the moments at which to remind of them.

A local rule (so many days before, at this hour, in this zone) is kept, and the moment in UTC is
computed for each occurrence, so that it stays right when the zone's offset changes. An hour that
a change of the clocks leaves out is read with the offset before it, that is, later by what was
left out; one that comes twice is its first (PEP 495, fold 0).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.quiet import QuietHours
from bot.reminders.duties import Duty

_DAY = dt.timedelta(days=1)
_YEARS_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """When to remind: `leads` days before the day, at the local time `hour` of `zone`."""

    leads: tuple[int, ...]
    hour: dt.time
    zone: ZoneInfo
    quiet: QuietHours


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """A moment (UTC) to remind that the duty `key` falls due on the day `due_on`."""

    at: dt.datetime
    key: str
    due_on: dt.date
    lead: int


def due_dates(duty: Duty, first: dt.date) -> Iterator[tuple[dt.date, int]]:
    """Yield the days from `first` on, in order, each with the days since the one before it.

    A rule that only says how often (每年) falls due on the last day of each period, the first of
    which begins with the plan's year. A single day has no day before it: a number without end.
    """
    if duty.date is not None:
        if duty.date >= first:
            yield duty.date, dt.timedelta.max.days
        return
    if duty.rrule is None:
        return
    previous: dt.date | None = None
    for year in range(first.year - 1, min(first.year + _YEARS_AHEAD, dt.MAXYEAR)):
        for day in _days_of_year(duty.rrule, duty.anchor, year):
            if day >= first:
                yield day, (day - previous).days if previous else dt.timedelta.max.days
            previous = day


def events(duty: Duty, rule: Rule, after: dt.datetime, until: dt.datetime) -> Iterator[Event]:
    """Yield the moments after `after`, up to and including `until`, at which to remind."""
    latest = until.astimezone(rule.zone).date() + dt.timedelta(days=max(rule.leads, default=0) + 1)
    for day, gap in due_dates(duty, _day_before(after, rule.zone)):
        if day > latest:
            return
        yield from (event for event in _of_day(duty, rule, day, gap) if after < event.at <= until)


def next_event(duty: Duty, rule: Rule, after: dt.datetime) -> Event | None:
    """Return the first moment after `after` at which to remind, None where there is none."""
    for day, gap in due_dates(duty, _day_before(after, rule.zone)):
        found = [event for event in _of_day(duty, rule, day, gap) if event.at > after]
        if found:
            return min(found)
    return None


def remind_at(due_on: dt.date, lead: int, rule: Rule) -> dt.datetime:
    """Return the moment (UTC) to remind of a day, `lead` days before it.

    Quiet hours put it off to their end, but never past the day itself.
    """
    at = in_utc(due_on - lead * _DAY, rule.hour, rule.zone)
    later = after_quiet(at, rule.quiet, rule.zone)
    return later if later < day_ends(due_on, rule.zone) else at


def after_quiet(moment: dt.datetime, quiet: QuietHours, zone: ZoneInfo) -> dt.datetime:
    """Return `moment`, or the end of the quiet hours it lies in."""
    local = moment.astimezone(zone)
    if not quiet.covers(local.time()):
        return moment
    day = local.date() if local.time() < quiet.end else local.date() + _DAY
    return max(moment, in_utc(day, quiet.end, zone))


def day_ends(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """Return the moment (UTC) at which a local day is over."""
    return in_utc(day + _DAY, dt.time(0), zone)


def in_utc(day: dt.date, hour: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Return the moment (UTC) of a local day and hour."""
    return dt.datetime.combine(day, hour, zone).astimezone(dt.UTC)


def _of_day(duty: Duty, rule: Rule, day: dt.date, gap: int) -> Iterator[Event]:
    # A lead as long as the period would remind of the next one before this one is over.
    for lead in sorted(set(rule.leads), reverse=True):
        if lead < gap:
            yield Event(remind_at(day, lead, rule), duty.key, day, lead)


def _day_before(moment: dt.datetime, zone: ZoneInfo) -> dt.date:
    return moment.astimezone(zone).date() - _DAY


@lru_cache(maxsize=4096)
def _days_of_year(rule: str, anchor: dt.date, year: int) -> tuple[dt.date, ...]:
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    by_period = not any(name.startswith("BY") for name in parts)
    if by_period and parts["FREQ"] == "WEEKLY":
        anchor -= dt.timedelta(days=anchor.weekday())
    start = dt.datetime.combine(anchor, dt.time())
    first = dt.datetime.combine(dt.date(year, 1, 1), dt.time())
    last = dt.datetime.combine(dt.date(year, 12, 31), dt.time())
    shift = _DAY if by_period else dt.timedelta()
    found = rrulestr(rule, dtstart=start).between(first + shift, last + shift, inc=True)
    return tuple((moment - shift).date() for moment in found if moment - shift >= start)
