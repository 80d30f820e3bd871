"""The planner: making due what has come due, for everyone at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders.calendar_rules import Event
from bot.reminders.duties import Duty, DutyKind
from bot.reminders.scopes import Scope, ScopeKind, covered, own_key
from bot.reminders.timeline import Profile, due_between, first_due
from bot.storage import occurrences, own_deadlines, schedules
from bot.storage.database import Database, exclusive
from bot.storage.occurrences import Kind, Subject
from bot.storage.own_deadlines import OwnDeadline
from bot.storage.schedules import Schedule

# How many schedules are seen to in one transaction.
_AT_ONCE = 200
_INSTANT = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Made:
    """How many occurrences were made, and how many moments were too long ago for anyone."""

    made: int = 0
    too_late: int = 0


def own_duty(own: OwnDeadline) -> Duty:
    """Return a deadline that a chat set itself as a duty."""
    return Duty(
        key=own_key(own.id),
        kind=DutyKind.OWN,
        words=own.words,
        date=own.due_on,
        title=own.subject,
    )


async def own_duties(connection: AsyncConnection, scopes: Iterable[Scope]) -> tuple[Duty, ...]:
    """Return the duties that chats set themselves within these scopes."""
    numbers = [int(scope.target) for scope in scopes if scope.kind is ScopeKind.OWN]
    return tuple(map(own_duty, await own_deadlines.by_id(connection, numbers)))


async def make_due(
    database: Database, catalogue: Mapping[str, Duty], now: dt.datetime, window: dt.timedelta
) -> Made:
    """Make an occurrence of every moment that has come since it was last looked.

    Args:
        database: what is kept.
        catalogue: the duties of the plans by their keys.
        now: the present moment, aware.
        window: moments longer ago than this, missed while nothing ran, are let go.
    """
    made = too_late = 0
    while True:
        # A look that finds nothing takes no turn among the writers.
        async with database.read() as connection:
            if not await schedules.is_due(connection, now):
                return Made(made, too_late)
        async with database.write() as connection:
            await exclusive(connection, "planner")
            due = await schedules.due(connection, now, _AT_ONCE)
            found = await _make(connection, due, catalogue, now, window)
        made, too_late = made + found.made, too_late + found.too_late


async def next_due(
    connection: AsyncConnection, profile: Profile, catalogue: Mapping[str, Duty], now: dt.datetime
) -> dt.datetime | None:
    """Return the first moment of a profile after `now`, None where nothing lies ahead."""
    own = await own_duties(connection, [profile.scope])
    event = first_due(profile, covered(profile.scope, catalogue, own), now)
    return None if event is None else event.at


async def replan(
    connection: AsyncConnection, catalogue: Mapping[str, Duty], now: dt.datetime
) -> None:
    """Compute the next moment of every schedule anew, as after a change of the plans.

    One whose moment has come already and was not seen to yet is left to `make_due`.
    """
    last = 0
    while page := await schedules.all_after(connection, last):
        profiles = {item.id: Profile.from_text(item.profile) for item in page}
        own = await own_duties(connection, (profile.scope for profile in profiles.values()))
        moments = []
        for item in page:
            if item.next_due is not None and item.next_due <= now:
                continue
            profile = profiles[item.id]
            event = first_due(profile, covered(profile.scope, catalogue, own), now)
            at = None if event is None else event.at
            if at != item.next_due:
                moments.append((item.id, at))
        await schedules.set_next(connection, moments)
        last = page[-1].id


async def _make(
    connection: AsyncConnection,
    due: Sequence[Schedule],
    catalogue: Mapping[str, Duty],
    now: dt.datetime,
    window: dt.timedelta,
) -> Made:
    profiles = {item.id: Profile.from_text(item.profile) for item in due}
    own = await own_duties(connection, (profile.scope for profile in profiles.values()))
    wanted: dict[Event, list[int]] = {}
    moments: list[tuple[int, dt.datetime | None]] = []
    for item in due:
        profile = profiles[item.id]
        duties = covered(profile.scope, catalogue, own)
        begin = now if item.next_due is None else item.next_due
        for event in due_between(profile, duties, begin - _INSTANT, now):
            wanted.setdefault(event, []).append(item.id)
        following = first_due(profile, duties, now)
        moments.append((item.id, None if following is None else following.at))
    made = too_late = 0
    for event, numbers in sorted(wanted.items()):
        if event.at < now - window:
            too_late += len(numbers)
            continue
        made += await occurrences.make(connection, _subject(event), numbers, now)
    await schedules.set_next(connection, moments)
    return Made(made, too_late)


def _subject(event: Event) -> Subject:
    kind = Kind.DIGEST if event.key.startswith("digest/") else Kind.REMINDER
    return Subject(kind, event.key, event.due_on, event.lead, event.at)
