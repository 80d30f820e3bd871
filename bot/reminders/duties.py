"""Duties: everything a chat can be reminded of, under keys that outlive a new import."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.plan.model import Clause, Deadline, DeadlineKind, Milestone, Plan, Span, TaskKey

# A sentence longer than this is cut down to the parts that the deadline governs, in characters.
_LONG = 240


class DutyKind(StrEnum):
    """Who set the day."""

    PLAN = "plan"
    MILESTONE = "milestone"
    OWN = "own"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that falls due: on `date`, by `rrule` from `anchor` on, or (neither) openly.

    `key` is made of the plan's id, the task and the words that set the time, so that importing
    the plan again does not change it. `quote` are those words, `words` the sentence around them,
    both exact quotes for kind PLAN; for the other kinds `words` is what a person wrote.
    """

    key: str
    kind: DutyKind
    words: str
    quote: str = ""
    date: dt.date | None = None
    rrule: str | None = None
    anchor: dt.date = dt.date(2000, 1, 1)
    plan: str = ""
    task: TaskKey | None = None
    title: str = ""
    programs: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        """Tell whether no day can be computed, so that nobody is reminded."""
        return self.date is None and self.rrule is None


def duties_of(plan: Plan) -> tuple[Duty, ...]:
    """Return what the plan and its keeper set, in the order of the plan."""
    seen: Counter[str] = Counter()
    found = [_from_plan(plan, deadline, seen) for deadline in plan.deadlines]
    found += [_from_keeper(plan, milestone, seen) for milestone in plan.milestones]
    return tuple(found)


def catalogue_of(plans: Iterable[Plan]) -> Mapping[str, Duty]:
    """Return the duties of all plans by their keys."""
    return {duty.key: duty for plan in plans for duty in duties_of(plan)}


def task_title(plan: Plan, key: TaskKey) -> str:
    """Return how to name a task: its title, its section's where it has none, or the plan's."""
    section = plan.section(key.section)
    title = next((task.title for task in plan.tasks if task.key == key), "")
    return title or (section.title if section else "") or plan.title


def _from_plan(plan: Plan, deadline: Deadline, seen: Counter[str]) -> Duty:
    clause = next(
        (
            clause
            for clause in plan.clauses
            if clause.task == deadline.task and clause.start <= deadline.start < clause.end
        ),
        None,
    )
    span = _sentence(deadline, clause)
    return Duty(
        key=_key(plan, deadline.task, deadline.quote, seen),
        kind=DutyKind.PLAN,
        words=plan.quote(span),
        quote=deadline.quote,
        date=deadline.date if deadline.kind is DeadlineKind.DATE else None,
        rrule=deadline.rrule if deadline.kind is DeadlineKind.RECURRING else None,
        anchor=_anchor(plan),
        plan=plan.id,
        task=deadline.task,
        title=task_title(plan, deadline.task),
        programs=_programs(plan, deadline, clause),
    )


def _from_keeper(plan: Plan, milestone: Milestone, seen: Counter[str]) -> Duty:
    return Duty(
        key=_key(plan, milestone.task, f"+{milestone.text}", seen),
        kind=DutyKind.MILESTONE,
        words=milestone.text,
        date=milestone.date,
        anchor=_anchor(plan),
        plan=plan.id,
        task=milestone.task,
        title=task_title(plan, milestone.task),
        programs=frozenset(
            name
            for program in plan.programs
            if program.task == milestone.task and program.name in milestone.text
            for name in (program.name, *program.aliases)
        ),
    )


def _key(plan: Plan, task: TaskKey, words: str, seen: Counter[str]) -> str:
    key = f"{plan.id}/{task.section}.{task.number}/{words}"
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def _anchor(plan: Plan) -> dt.date:
    """Return where the periods of recurring duties begin: with the plan's year."""
    return dt.date(plan.year or 2000, 1, 1)


def _sentence(deadline: Deadline, clause: Clause | None) -> Span:
    own = Span(deadline.start, deadline.end)
    if clause is None:
        return own
    if clause.end - clause.start <= _LONG:
        return Span(clause.start, clause.end)
    inside = [span for span in deadline.governs if clause.start <= span.start < clause.end]
    governed = Span(
        min([own.start, *(span.start for span in inside)]),
        max([own.end, *(span.end for span in inside)]),
    )
    return governed if governed.end - governed.start <= _LONG else own


def _programs(plan: Plan, deadline: Deadline, clause: Clause | None) -> frozenset[str]:
    """Return the names of what the deadline is for: what it governs, else all of its sentence."""
    named = [program for program in plan.programs if program.task == deadline.task]
    governed = [
        program
        for program in named
        if any(span.covers(program.start) for span in deadline.governs)
    ]
    if not governed and clause is not None:
        governed = [p for p in named if clause.start <= p.start < clause.end]
    return frozenset(
        name for program in governed for name in (program.name, *program.parts, *program.aliases)
    )
