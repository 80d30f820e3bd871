"""The deadlines of plans as an iCalendar file (RFC 5545), the same bytes for the same plans."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from icalendar import Alarm, Calendar, Component, Event, Todo

from bot.reminders.calendar_rules import due_dates
from bot.reminders.duties import Duty, DutyKind, duties_of
from knowledge.language.lexicon import read_yaml
from knowledge.plan.model import Deadline, Plan, TaskKey

ALARM_DAYS = (7,)
_NO_YEAR = 1970


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a calendar: on the day `first`, by `rule` from it on, or (neither) a to-do.

    `uid` tells calendars that two exports mean the same entry; `stamp` (UTC) is its version.
    `alarms` are counted from the beginning of the day, None for the calendar's own.
    """

    uid: str
    summary: str
    notes: tuple[str, ...]
    first: dt.date | None
    rule: str | None
    stamp: dt.datetime
    alarms: tuple[dt.timedelta, ...] | None = None


def deadline_calendar(plans: Sequence[Plan], alarm_days: Sequence[int] = ALARM_DAYS) -> bytes:
    """Return every deadline and milestone of `plans` as an iCalendar file.

    Args:
        plans: the plans, in the order of the file.
        alarm_days: how many days before its day each entry with a day reminds.
    """
    name = _words()["joiner"].join(plan.title or plan.id for plan in plans)
    items = [item for plan in plans for item in plan_items(plan)]
    return calendar_file(items, name, alarm_days)


def calendar_file(items: Iterable[Item], name: str, alarm_days: Sequence[int]) -> bytes:
    """Return `items` as an iCalendar file that readers show as the calendar `name`.

    It names no METHOD: with one it would be a message between people, which needs an organizer,
    and the stamp of an entry would be the moment of the message (RFC 5545, 3.8.7.2; RFC 5546).
    """
    calendar = Calendar()
    calendar.add("prodid", "-//planbot//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    for item in items:
        calendar.add_component(_todo(item) if item.first is None else _event(item, alarm_days))
    return bytes(calendar.to_ical())


def plan_items(plan: Plan) -> list[Item]:
    """Return an item for each duty of `plan`, in the order of `duties_of`."""
    seen: Counter[str] = Counter()
    deadlines = iter(plan.deadlines)
    items: list[Item] = []
    for duty in duties_of(plan):
        deadline = next(deadlines) if duty.kind is DutyKind.PLAN else None
        items.append(_item(plan, duty, deadline, seen))
    return items


def _item(plan: Plan, duty: Duty, deadline: Deadline | None, seen: Counter[str]) -> Item:
    words = _words()
    summary = duty.words if deadline is None else _governed(plan, deadline)
    first, rule = _days(duty, plan.year)
    if deadline is None:
        note = words["milestone"]
    else:
        name = "open" if first is None else "words" if rule else "reading"
        note = words[name].format(quote=_one_line(duty.quote), day=_day(first))
    task = duty.task or TaskKey(0, 0)
    # Without the words that set the time, so that an entry stays the same when its day is moved.
    subject = f"+{summary}" if deadline is None else summary.replace(_one_line(duty.quote), "")
    return Item(
        uid=_uid(plan, task, subject, seen),
        summary=summary,
        notes=(summary, _place(plan, task), note),
        first=first,
        rule=rule,
        # The moment of the export would make every export another file.
        stamp=dt.datetime(plan.year or _NO_YEAR, 1, 1, tzinfo=dt.UTC),
    )


def _days(duty: Duty, year: int | None) -> tuple[dt.date | None, str | None]:
    """Return the first day of a duty, and the rule by which it comes again."""
    if duty.rrule is None:
        return duty.date, None
    if year is None:
        return None, None
    first = next((day for day, _ in due_dates(duty, duty.anchor)), None)
    rule = duty.rrule
    if "FREQ=MONTHLY" in rule and "BY" not in rule:
        rule += ";BYMONTHDAY=-1"  # due on the last day of the period, whatever its number
    return first, rule


def _todo(item: Item) -> Component:
    return _described(Todo(), item)


def _event(item: Item, alarm_days: Sequence[int]) -> Component:
    event = _described(Event(), item)
    first = item.first or dt.date.min
    event.add("dtstart", first)
    event.add("dtend", first + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if item.rule is not None:
        event.add("rrule", _rule(item.rule))
    alarms = item.alarms
    if alarms is None:
        alarms = tuple(dt.timedelta(days=-days) for days in alarm_days)
    for trigger in alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", item.summary)
        alarm.add("trigger", trigger)
        event.add_component(alarm)
    return event


def _described(entry: Component, item: Item) -> Component:
    entry.add("uid", item.uid)
    entry.add("dtstamp", item.stamp)
    entry.add("summary", item.summary)
    entry.add("description", "\n".join(item.notes))
    return entry


def _rule(rule: str) -> Mapping[str, list[Any]]:
    """Return a rule as icalendar takes it: a list of values for each name."""
    parts = (part.split("=", 1) for part in rule.split(";"))
    return {
        name.lower(): [int(v) if v.lstrip("-").isdigit() else v for v in value.split(",")]
        for name, value in parts
    }


def _uid(plan: Plan, task: TaskKey, subject: str, seen: Counter[str]) -> str:
    digest = hashlib.sha256(subject.encode("utf-8")).hexdigest()[:16]
    name = f"{plan.id}-{task.section}-{task.number}-{digest}"
    seen[name] += 1
    return f"{name}@planbot" if seen[name] == 1 else f"{name}-{seen[name]}@planbot"


@cache
def _words() -> Mapping[str, str]:
    words: dict[str, str] = read_yaml(resources.files("bot") / "data" / "calendar.yaml")
    return words


def _governed(plan: Plan, deadline: Deadline) -> str:
    quotes = [plan.quote(span) for span in deadline.governs] or [deadline.quote]
    return _words()["joiner"].join(map(_one_line, quotes))


def _place(plan: Plan, key: TaskKey) -> str:
    words = _words()
    section = plan.section(key.section)
    title = next((task.title for task in plan.tasks if task.key == key), "")
    steps = [plan.title or plan.id]
    if section is not None:
        steps.append(words["section"].format(label=section.label, title=section.title))
    if key.number:
        steps.append(words["task"].format(number=key.number, title=title).strip())
    return words["joiner"].join(steps)


def _day(date: dt.date | None) -> str:
    if date is None:
        return ""
    return _words()["day"].format(year=date.year, month=date.month, day=date.day)


def _one_line(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())
