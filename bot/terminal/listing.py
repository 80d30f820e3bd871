"""The records of plans as lists of lines, under the headings of the tasks they stand in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from bot.terminal.places import Places
from bot.terminal.render import is_past, say_day
from bot.terminal.wording import Wording
from knowledge.plan.model import Deadline, Figure, Milestone, Plan, Program, Task, TaskKey

Record = TypeVar("Record", Figure, Deadline, Program, Milestone)


class Listing:
    """Lists what plans hold, as seen on `today`."""

    def __init__(self, plans: Sequence[Plan], wording: Wording, today: dt.date) -> None:
        self._plans = plans
        self._wording = wording
        self._places = Places(plans, wording)
        self._today = today

    def outline(self) -> Iterator[str]:
        """Yield each plan's title, issuer, sections and tasks."""
        for plan in self._plans:
            yield self._places.plan(plan)
            if plan.issuer:
                yield self._wording.say("issuer", issuer=plan.issuer)
            section = 0
            for task in plan.tasks:
                heading = plan.section(task.section)
                if heading is not None and task.section != section:
                    label, title = heading.label, heading.title
                    yield self._wording.say("section", label=label, title=title)
                section = task.section
                yield f"  {task.label}{task.title}".rstrip()

    def tasks(self, tasks: Sequence[tuple[Plan, Task]]) -> Iterator[str]:
        """Yield the whole text of tasks, each under where it stands."""
        for at, (plan, task) in enumerate(tasks):
            if at:
                yield ""
            yield self._places.full(plan.id, task.section, None)
            yield from plan.source[task.start : task.end].splitlines()

    def figures(self) -> Iterator[str]:
        """Yield every figure in the plan's words, with what it counts."""
        return self._records(lambda plan: plan.figures, self._figure)

    def deadlines(self) -> Iterator[str]:
        """Yield every deadline with how it is read and the words it governs."""
        yield from self._records(lambda plan: plan.deadlines, self._deadline)
        yield from self._records(lambda plan: plan.milestones, self._milestone, empty=False)

    def programs(self) -> Iterator[str]:
        """Yield every name with its kind and aliases."""
        return self._records(lambda plan: plan.programs, self._program)

    def _records(
        self,
        of: Callable[[Plan], Sequence[Record]],
        line: Callable[[Plan, Record], str],
        *,
        empty: bool = True,
    ) -> Iterator[str]:
        for plan in self._plans:
            records = of(plan)
            if not records and not empty:
                continue
            if len(self._plans) > 1:
                yield self._places.plan(plan)
            if not records:
                yield self._wording.say("nothing")
            last: TaskKey | None = None
            for record in records:
                if record.task != last:
                    yield self._places.task(plan, record.task)
                last = record.task
                yield line(plan, record)

    def _figure(self, _: Plan, figure: Figure) -> str:
        quote = _one_line(figure.quote)
        if not figure.subject or figure.subject in quote:
            return self._wording.say("figure", quote=quote)
        return self._wording.say("figure_subject", subject=figure.subject, quote=quote)

    def _deadline(self, plan: Plan, deadline: Deadline) -> str:
        governed = governed_words(plan, deadline)
        quote = _one_line(deadline.quote)
        if deadline.date is not None:
            name = "deadline_past" if is_past(deadline, self._today) else "deadline_date"
            day = say_day(self._wording, deadline.date)
            return self._wording.say(name, quote=quote, day=day, governed=governed)
        name = "deadline" if deadline.rrule else "deadline_open"
        return self._wording.say(name, quote=quote, governed=governed)

    def _milestone(self, _: Plan, milestone: Milestone) -> str:
        day = say_day(self._wording, milestone.date)
        return self._wording.say("milestone", day=day, text=milestone.text)

    def _program(self, _: Plan, program: Program) -> str:
        kind = self._wording.kind(program.kind.value)
        if not program.aliases:
            return self._wording.say("program", name=program.name, kind=kind)
        aliases = self._wording.say("joiner").join(program.aliases)
        return self._wording.say("program_aliases", name=program.name, kind=kind, aliases=aliases)


def governed_words(plan: Plan, deadline: Deadline) -> str:
    """Return the plan's words that a deadline governs, on one line."""
    return ",".join(_one_line(plan.quote(span)) for span in deadline.governs)


def _one_line(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())
