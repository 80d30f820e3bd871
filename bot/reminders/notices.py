"""Notices: what a message tells of, before any wording."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.reminders.calendar_rules import day_ends, due_dates
from bot.reminders.duties import Duty
from bot.storage.deliveries import PAUSED, TOPIC_GONE, Claim
from bot.storage.occurrences import Kind

# What was made so long after it was due was due while nothing ran.
_MADE_LATE = dt.timedelta(minutes=5)
# A queue that is worked off is no downtime; what waited longer than this is told as missed.
_SENT_LATE = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a notice tells of.

    `duty` is None for a deadline that its plan no longer sets. `lead` is how many days before
    `due_on` it was to be told of, for a correction how many days later the day was before, and
    `late` whether the reminder comes late.
    """

    id: int
    kind: Kind
    key: str
    duty: Duty | None
    due_on: dt.date
    lead: int
    late: bool


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A day ahead, for an overview."""

    duty: Duty
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to a place: what lies ahead and what is over.

    `doubtful` tells that it may have arrived already, `paused` that the chat took no messages
    when it was due, `topic_gone` that the topic it was for is not there any more. `upcoming` is
    what an overview lists.
    """

    chat: int
    thread: int
    kind: Kind
    now: dt.datetime
    zone: ZoneInfo
    ahead: tuple[Entry, ...]
    expired: tuple[Entry, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    doubtful: bool = False
    paused: bool = False
    topic_gone: bool = False

    @property
    def late(self) -> int:
        """Return how many of the reminders come late."""
        return sum(entry.late for entry in (*self.ahead, *self.expired))

    @property
    def merged(self) -> bool:
        """Tell whether this stands for reminders that were missed."""
        return self.late > 0 and self.kind is Kind.REMINDER


def notice_of(
    claim: Claim,
    duties: Mapping[str, Duty],
    now: dt.datetime,
    zone: ZoneInfo,
    upcoming: Iterable[Upcoming] = (),
) -> Notice:
    """Return what a claim tells of.

    Args:
        claim: what is due for a place.
        duties: the duties by their keys, those of the chat itself among them.
        now: the present moment, aware.
        zone: where the chat's people are.
        upcoming: what an overview lists.
    """
    kind = claim.items[0].occurrence.subject.kind
    entries = [_entry(claim, at, duties, now) for at in range(len(claim.items))]
    # A reminder of a day that is over, or of what nobody sets any more, is only owned up to.
    reminders = kind in (Kind.REMINDER, Kind.SNOOZE)
    over = [e for e in entries if reminders and day_ends(e.due_on, zone) <= now]
    reasons = {item.reason for item in claim.items}
    return Notice(
        chat=claim.chat,
        thread=claim.thread,
        kind=Kind.REMINDER if reminders else kind,
        now=now,
        zone=zone,
        ahead=tuple(e for e in entries if e not in over),
        expired=tuple(over),
        upcoming=tuple(upcoming),
        doubtful=claim.doubtful,
        paused=PAUSED in reasons,
        topic_gone=TOPIC_GONE in reasons,
    )


def upcoming(
    duties: Iterable[Duty], first: dt.date, days: int, done: frozenset[tuple[str, dt.date]]
) -> tuple[Upcoming, ...]:
    """Return what falls due within so many days from `first` on and is not done, in order."""
    last = first + dt.timedelta(days=days - 1)
    found = {}
    for duty in duties:
        for day, _ in due_dates(duty, first):
            if day > last:
                break
            if (duty.key, day) not in done:
                found[duty.key, day] = Upcoming(duty, day)
    return tuple(sorted(found.values(), key=lambda item: item.due_on))


def _entry(claim: Claim, at: int, duties: Mapping[str, Duty], now: dt.datetime) -> Entry:
    occurrence = claim.items[at].occurrence
    subject = occurrence.subject
    late = (
        occurrence.made_at - subject.at > _MADE_LATE or now - subject.at > _SENT_LATE
    ) and subject.kind is not Kind.CORRECTION
    return Entry(
        id=occurrence.id,
        kind=subject.kind,
        key=subject.key,
        duty=duties.get(subject.key),
        due_on=subject.due_on,
        lead=subject.lead,
        late=late,
    )
