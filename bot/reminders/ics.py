"""A chat's own calendar: what it is subscribed to, with alarms at the leads it chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import resources

from bot.calendar import Item, calendar_file, plan_items
from bot.reminders.calendar_rules import Rule
from bot.reminders.duties import Duty, DutyKind, duties_of
from bot.reminders.standing import Listed
from knowledge.language.lexicon import read_yaml
from knowledge.plan.model import Plan

# What there is no year for to make a version of.
_STAMP = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def chat_items(listed: Iterable[Listed], plans: Sequence[Plan], default: Rule) -> list[Item]:
    """Return an entry for each duty a chat is subscribed to, or for all where it is to none.

    A duty that several subscriptions cover has the alarms of all of them.

    Args:
        listed: what the chat is subscribed to; what is paused does not count.
        plans: the plans.
        default: when a chat without subscriptions is reminded.
    """
    entries = {
        duty.key: item
        for plan in plans
        for duty, item in zip(duties_of(plan), plan_items(plan), strict=True)
    }
    alarms: dict[str, set[dt.timedelta]] = {}
    found: dict[str, Item] = {}
    single = [item for item in listed if not item.scope.digest]
    for one in single:
        if one.subscription.paused_at is not None:
            continue
        for duty in one.duties:
            entry = _own(duty) if duty.kind is DutyKind.OWN else entries.get(duty.key)
            if entry is not None:
                found[duty.key] = entry
                alarms.setdefault(duty.key, set()).update(triggers(one.rule))
    if not single:
        found = entries
        alarms = {key: set(triggers(default)) for key in entries}
    return [
        replace(item, alarms=tuple(sorted(alarms[key])) if item.first is not None else ())
        for key, item in found.items()
    ]


def chat_calendar(items: Iterable[Item]) -> bytes:
    """Return entries as an iCalendar file."""
    words = read_yaml(resources.files("bot") / "data" / "calendar.yaml")
    return calendar_file(items, words["chat"], ())


def triggers(rule: Rule) -> list[dt.timedelta]:
    """Return the alarms of a rule, counted from the beginning of the day (RFC 5545, 3.8.6.3)."""
    hour = dt.timedelta(hours=rule.hour.hour, minutes=rule.hour.minute)
    return [hour - dt.timedelta(days=lead) for lead in sorted(set(rule.leads), reverse=True)]


def _own(duty: Duty) -> Item:
    return Item(
        uid=f"{duty.key.replace('/', '-')}@planbot",
        summary=duty.words,
        notes=tuple(filter(None, (duty.words, duty.title))),
        first=duty.date,
        rule=None,
        stamp=_STAMP,
    )
