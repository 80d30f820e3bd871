"""Scopes in the face: naming them, and finding those that a button or a text means."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.reminders.duties import Duty, task_title
from bot.reminders.scopes import Scope, ScopeKind
from bot.reminders.standing import Listed
from bot.reminders.timeline import Profile, first_due, is_past
from handlers.buttons import plan_tag
from handlers.presses import find_plan
from handlers.reminders.wording import day_words, short_day, tell, time_words
from knowledge.plan.library import Library
from knowledge.plan.model import Plan, TaskKey

_MOST_PROGRAMS = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A scope that can be chosen: what its button says and carries."""

    label: str
    code: tuple[str | int, ...]
    scope: Scope


def mark(text: str) -> str:
    """Return a short name of a text that may be long."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def plan_offers(library: Library) -> Iterator[Offer]:
    """Yield what can be chosen without naming anything: all, each section, the overviews."""
    yield Offer(tell("choose_everything"), ("a",), Scope(ScopeKind.EVERYTHING))
    for plan in library.plans:
        if len(library.plans) > 1:
            label = tell("choose_plan", title=plan.title or plan.id)
            yield Offer(label, ("a", plan_tag(plan.id)), Scope(ScopeKind.EVERYTHING, plan.id))
        timed = {deadline.task.section for deadline in plan.deadlines}
        for section in plan.sections:
            if section.number in timed:
                yield _section(plan, section.number)
    yield Offer(tell("choose_weekly"), ("w",), Scope(ScopeKind.WEEKLY))
    yield Offer(tell("choose_monthly"), ("m",), Scope(ScopeKind.MONTHLY))


def task_offers(plan: Plan, key: TaskKey, duties: list[Duty]) -> Iterator[Offer]:
    """Yield what can be chosen about a task: its deadlines and programs, itself, what it is in."""
    mine = [duty for duty in duties if duty.plan == plan.id and duty.task == key]
    if len(mine) > 1:
        for duty in mine:
            yield deadline_offer(duty)
    timed = {name for duty in mine for name in duty.programs}
    names = [p.name for p in plan.programs if p.task == key and p.name in timed]
    for name in list(dict.fromkeys(names))[:_MOST_PROGRAMS]:
        yield program_offer(name)
    label = tell("choose_task", number=key.number, title=task_title(plan, key))
    yield Offer(
        label, ("t", plan_tag(plan.id), key.section, key.number), Scope.of_task(plan.id, key)
    )
    if plan.section(key.section) is not None:
        yield _section(plan, key.section)
    yield Offer(tell("choose_everything"), ("a",), Scope(ScopeKind.EVERYTHING))


def program_offer(name: str) -> Offer:
    """Return the offer of a program."""
    label = tell("choose_program", name=name)
    return Offer(label, ("p", mark(name)), Scope(ScopeKind.PROGRAM, name))


def deadline_offer(duty: Duty) -> Offer:
    """Return the offer of one deadline."""
    label = tell("choose_deadline", quote=duty.quote or duty.words)
    return Offer(label, ("k", mark(duty.key)), Scope(ScopeKind.DEADLINE, duty.key))


def scope_of(code: tuple[str, ...], library: Library, duties: list[Duty]) -> Scope | None:
    """Return the scope that a button carries, None where it is not there any more."""
    match code:
        case ("a",):
            return Scope(ScopeKind.EVERYTHING)
        case ("w",):
            return Scope(ScopeKind.WEEKLY)
        case ("m",):
            return Scope(ScopeKind.MONTHLY)
        case ("k", name):
            return next(
                (Scope(ScopeKind.DEADLINE, d.key) for d in duties if mark(d.key) == name), None
            )
        case ("p", name):
            names = [word for duty in duties for word in sorted(duty.programs)]
            names += [program.name for plan in library.plans for program in plan.programs]
            return next((Scope(ScopeKind.PROGRAM, n) for n in names if mark(n) == name), None)
        case ("a" | "s" | "t", tag, *rest) if all(part.isdecimal() for part in rest):
            plan = find_plan(library, tag)
            return None if plan is None else _numbered(plan, [int(part) for part in rest])
        case _:
            return None


def next_words(listed: Listed, now: dt.datetime) -> str:
    """Return when a subscription reminds next, or why it does not."""
    if listed.subscription.paused_at is not None:
        return tell("paused_next")
    if listed.next_due is not None:
        return tell("next_due", time=time_words(listed.next_due, listed.rule.zone))
    if not listed.duties:
        return tell("vanished")
    left = [duty for duty in listed.duties if not is_past(duty, listed.rule.zone, now)]
    days = [duty.date for duty in listed.duties if duty.date is not None]
    if days and not left:
        return tell("next_past", day=day_words(max(days)))
    dated = any(duty.date is not None for duty in left)
    profile = Profile(listed.scope, listed.rule)
    if dated and first_due(profile, listed.duties, now) is None:
        return tell("next_passed")
    return tell("next_none")


def what(scope: Scope, library: Library, listed: Listed | None = None) -> str:
    """Return how to name a scope to people."""
    plan_id, _, place = scope.target.rpartition("/")
    plan = library.get(plan_id)
    match scope.kind:
        case ScopeKind.EVERYTHING if scope.target:
            named = library.get(scope.target)
            return tell("what_plan", title=named.title if named else scope.target)
        case ScopeKind.SECTION:
            section = plan.section(int(place)) if plan else None
            title = section.title if section else ""
            return tell("what_section", number=place, title=title).strip()
        case ScopeKind.TASK:
            section_number, _, number = place.partition(".")
            key = TaskKey(int(section_number), int(number))
            title = task_title(plan, key) if plan else ""
            return tell("what_task", number=number, title=title).strip()
        case ScopeKind.PROGRAM:
            return tell("what_program", name=scope.target)
        case ScopeKind.DEADLINE:
            return tell("what_deadline", quote=scope.target.split("/", 2)[-1].lstrip("+"))
        case ScopeKind.OWN:
            return _own(listed)
        case _:
            return tell(f"what_{scope.kind}")


def _own(listed: Listed | None) -> str:
    duty = listed.duties[0] if listed is not None and listed.duties else None
    if duty is None or duty.date is None:
        return tell("vanished")
    name = "what_own_about" if duty.title else "what_own"
    return tell(name, day=short_day(duty.date), subject=duty.title, words=duty.words)


def _section(plan: Plan, number: int) -> Offer:
    section = plan.section(number)
    title = section.title if section is not None else ""
    return Offer(
        tell("choose_section", title=title),
        ("s", plan_tag(plan.id), number),
        Scope.of_section(plan.id, number),
    )


def _numbered(plan: Plan, numbers: list[int]) -> Scope | None:
    match numbers:
        case []:
            return Scope(ScopeKind.EVERYTHING, plan.id)
        case [section]:
            return Scope.of_section(plan.id, section)
        case [section, number]:
            return Scope.of_task(plan.id, TaskKey(section, number))
        case _:
            return None


def numbered_task(text: str, library: Library) -> tuple[Plan, TaskKey] | None:
    """Return the task that a bare number in a text means, in the first plan that has it."""
    found = re.fullmatch(r"\D{0,3}?(\d{1,4})\D{0,2}", text.strip())
    if found is None:
        return None
    for plan in library.plans:
        for task in plan.tasks:
            if task.number == int(found[1]):
                return plan, task.key
    return None
