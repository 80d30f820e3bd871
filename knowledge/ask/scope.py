"""Which tasks and sections a question restricts itself to, by the numbers or titles it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.ask.question import Question, Term
from knowledge.ask.references import number
from knowledge.language.script import fold, key
from knowledge.plan.model import Plan, Section, Task

_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百\d]+")
_TITLED = frozenset({"count", "overview", "figures", "deadlines", "names"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The tasks a question is about, and the section it names, if it names one.

    `missing` is the number of a task or section the plan does not have, else None.
    """

    tasks: tuple[Task, ...]
    section: Section | None = None
    missing: int | None = None


class Scopes:
    """Finds the scope of questions about one plan."""

    def __init__(self, plan: Plan) -> None:
        """Read the printed numbers of the plan's sections."""
        self._plan = plan
        first = _shape(plan.sections[0].label) if plan.sections else ""
        self._printed = {
            printed: section
            for section in reversed(plan.sections)
            if _shape(section.label) == first and (printed := _printed(section.label))
        }
        self._top = [section for section in plan.sections if _shape(section.label) == first]

    def find(self, question: Question) -> Scope | None:
        """Return what the question restricts itself to; None where it names nothing."""
        tasks = self._plan.tasks
        section: Section | None = None
        if question.sections:
            section = self._section(question.sections[-1])
            if section is None:
                return Scope((), missing=question.sections[-1])
            tasks = self._under(section)
        if not question.tasks:
            return Scope(tasks, section) if section else self._titled(question)
        found = tuple(task for task in tasks if task.number in question.tasks)
        if -1 in question.tasks and tasks:
            found = (*found, tasks[-1])
        return Scope(found, section) if found else Scope((), section, question.tasks[0])

    def _section(self, wanted: int) -> Section | None:
        """Return a section by the number printed in the plan, else by its place; -1 the last."""
        if wanted == -1:
            return self._top[-1] if self._top else None
        return self._printed.get(wanted) or self._plan.section(wanted)

    def _under(self, section: Section) -> tuple[Task, ...]:
        """Return the tasks of a section and of the parts below it."""
        numbers = {section.number}
        if section in self._top:
            at = self._top.index(section)
            end = self._top[at + 1].number if at + 1 < len(self._top) else len(self._plan.sections)
            last = end - 1 if at + 1 < len(self._top) else end
            numbers = set(range(section.number, last + 1))
        return tuple(task for task in self._plan.tasks if task.section in numbers)

    def _titled(self, question: Question) -> Scope | None:
        """Return the section whose title holds every term of a list or count."""
        if not question.terms or question.mentions or not _TITLED & question.asks:
            return None
        for section in self._plan.sections:
            title = key(fold(section.title))
            if all(_in_title(term, title) for term in question.terms):
                return Scope(self._under(section), section)
        return None


def _in_title(term: Term, title: str) -> bool:
    return any(text in title for text in (term.text, *(form for form, _ in term.forms)))


def _shape(label: str) -> str:
    """Return a label with its numeral left open: “第N部分”, “N、”."""
    return _NUMERAL.sub("N", fold(label))


def _printed(label: str) -> int:
    """Return the number a label prints, 0 where it prints none."""
    match = _NUMERAL.search(fold(label))
    return number(match.group()) if match else 0
