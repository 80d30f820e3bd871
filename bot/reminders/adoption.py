"""Adoption: what the reminders do when the plans were loaded again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders.calendar_rules import due_dates
from bot.reminders.changes import Change, Known, changes, known
from bot.reminders.duties import Duty, catalogue_of
from bot.reminders.planner import next_due, replan
from bot.reminders.scopes import Scope, ScopeKind
from bot.reminders.timeline import Profile
from bot.storage import (
    completions,
    deliveries,
    occurrences,
    plan_deadlines,
    schedules,
    subscriptions,
)
from bot.storage.database import Database, exclusive
from bot.storage.occurrences import Kind, Subject
from knowledge.plan.model import Plan

_DAY = dt.timedelta(days=1)


async def adopt(database: Database, plans: Iterable[Plan], now: dt.datetime) -> Mapping[str, Duty]:
    """Follow what changed in the plans since they were last loaded, in one transaction.

    Whoever is subscribed to a deadline that moved or vanished is told once, and what was to be
    sent of the old day is withdrawn. Returns the duties of the plans by their keys.
    """
    catalogue = catalogue_of(plans)
    after = {key: known(duty) for key, duty in catalogue.items()}
    async with database.write() as connection:
        await exclusive(connection, "planner")
        before = await plan_deadlines.exchange(connection, after.values())
        if before != after:
            for change in changes(before, after):
                await _follow(connection, change, catalogue, now)
            await replan(connection, catalogue, now)
    return catalogue


async def _follow(
    connection: AsyncConnection, change: Change, catalogue: Mapping[str, Duty], now: dt.datetime
) -> None:
    old, new = change.before, change.after
    if new is not None and new.key != old.key:
        await _rename_scope(connection, old, new, catalogue, now)
    if new is not None and (new.date, new.rrule) == (old.date, old.rrule):
        # Only the words are others: what was told of the old ones counts for the new ones.
        await occurrences.rename(connection, old.key, new.key)
        await completions.rename(connection, old.key, new.key)
        return
    await deliveries.withdraw(connection, deliveries.of_deadline(old.key), "moved", now)
    subject = await _correction(connection, old, new, catalogue, now)
    if subject is None:
        return
    if new is not None and old.date is not None:
        await completions.move_completions(
            connection, (old.key, old.date), (subject.key, subject.due_on)
        )
    numbers = await _schedules_of(connection, old, new, catalogue)
    if numbers:
        await occurrences.make(connection, subject, numbers, now)


async def _correction(
    connection: AsyncConnection,
    old: Known,
    new: Known | None,
    catalogue: Mapping[str, Duty],
    now: dt.datetime,
) -> Subject | None:
    """Return what to tell of a change, None where all of it lies in the past or never was."""
    today = now.date() - _DAY  # somewhere it is still yesterday
    day = _next_day(catalogue[new.key], today) if new is not None else None
    ahead = day is not None or old.rrule is not None or (old.date or dt.date.min) >= today
    if not ahead:
        return None
    key = old.key if new is None or day is None else new.key
    due_on = day or old.date or now.date()
    serial = await occurrences.next_serial(connection, Kind.CORRECTION, key, due_on)
    before = (old.date - due_on).days if old.date is not None else 0
    return Subject(Kind.CORRECTION, key, due_on, before, now, serial)


def _next_day(duty: Duty, first: dt.date) -> dt.date | None:
    return next((day for day, _ in due_dates(duty, first)), None)


async def _rename_scope(
    connection: AsyncConnection,
    old: Known,
    new: Known,
    catalogue: Mapping[str, Duty],
    now: dt.datetime,
) -> None:
    """Have the subscriptions to a deadline follow it to its new words."""
    was, is_now = (Scope(ScopeKind.DEADLINE, item.key) for item in (old, new))
    last = 0
    while page := await schedules.all_after(connection, last):
        for item in page:
            profile = Profile.from_text(item.profile)
            if profile.scope == was:
                renamed = Profile(is_now, profile.rule)
                moment = await next_due(connection, renamed, catalogue, now)
                number = await schedules.keep(connection, renamed.to_text(), moment)
                await subscriptions.reattach(connection, item.id, number)
        last = page[-1].id
    await subscriptions.rescope(connection, str(was), str(is_now))


async def _schedules_of(
    connection: AsyncConnection, old: Known, new: Known | None, catalogue: Mapping[str, Duty]
) -> list[int]:
    """Return the schedules of whoever is to be told of a change."""
    duty = catalogue[new.key] if new is not None else None
    found, last = [], 0
    while page := await schedules.all_after(connection, last):
        for item in page:
            scope = Profile.from_text(item.profile).scope
            if (duty is not None and scope.covers(duty)) or _covered(scope, old):
                found.append(item.id)
        last = page[-1].id
    return found


def _covered(scope: Scope, item: Known) -> bool:
    """Tell whether a scope covered a deadline that is only remembered."""
    plan, _, task = item.place.partition("/")
    match scope.kind:
        case ScopeKind.EVERYTHING:
            return scope.target in ("", plan)
        case ScopeKind.SECTION:
            return scope.target == f"{plan}/{task.partition('.')[0]}"
        case ScopeKind.TASK:
            return scope.target == item.place
        case ScopeKind.PROGRAM:
            return scope.target in item.words
        case ScopeKind.DEADLINE:
            return scope.target == item.key
        case _:
            return False
