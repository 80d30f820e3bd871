"""Which tasks and sections a question restricts itself to, by the numbers or titles it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.ask.question import Question, Term
from knowledge.ask.reading.numerals import number
from knowledge.language.script import fold, key
from knowledge.plan.model import Plan, Section, Task

_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百\d]+")
_TITLED = frozenset({"count", "overview", "figures", "deadlines", "names"})


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the tasks of it and of the parts below it."""

    section: Section
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The tasks a question is about, and the sections it names, if it names any.

    `missing` is the number of a task or section the plan does not have, else None.
    """

    tasks: tuple[Task, ...]
    parts: tuple[Part, ...] = ()
    missing: int | None = None

    @property
    def section(self) -> Section | None:
        """The section named, the last of several."""
        return self.parts[-1].section if self.parts else None


class Scopes:
    """Finds the scope of questions about one plan."""

    def __init__(self, plan: Plan, is_own: Callable[[str], bool]) -> None:
        """Read the printed numbers of the plan's sections.

        `is_own` tells words of the organisation's own name, which no title is called by.
        """
        self._plan = plan
        self._is_own = is_own
        first = _shape(plan.sections[0].label) if plan.sections else ""
        self._printed = {
            printed: section
            for section in reversed(plan.sections)
            if _shape(section.label) == first and (printed := _printed(section.label))
        }
        self._top = [section for section in plan.sections if _shape(section.label) == first]

    def find(self, question: Question) -> Scope | None:
        """Return what the question restricts itself to; None where it names nothing."""
        parts: list[Part] = []
        for wanted in dict.fromkeys(question.sections):
            section = self._section(wanted)
            if section is None:
                return Scope((), missing=wanted)
            parts.append(Part(section, self._under(section)))
        if not question.tasks:
            return _joined(parts) if parts else self._titled(question)
        return self._of_tasks(question, parts)

    def of_section(self, section: Section, question: Question) -> Scope:
        """Return the scope of one section, or of the tasks in it that a question numbers."""
        part = Part(section, self._under(section))
        return self._of_tasks(question, [part]) if question.tasks else _joined([part])

    def _of_tasks(self, question: Question, parts: list[Part]) -> Scope:
        inside = parts[-1].tasks if parts else self._plan.tasks
        found: list[Task] = []
        for wanted in dict.fromkeys(question.tasks):
            here = self._numbered(inside, wanted, inside_part=bool(parts))
            if not here:
                return Scope((), tuple(parts[-1:]), wanted)
            found += here
        return Scope(tuple(dict.fromkeys(found)), tuple(parts[-1:]))

    def _numbered(
        self, tasks: tuple[Task, ...], wanted: int, *, inside_part: bool
    ) -> tuple[Task, ...]:
        """Return the tasks a number means, below zero one counted from the end.

        Where numbers run on from part to part, the first of a part is the first there.
        """
        if wanted < 0:
            return tasks[wanted : len(tasks) + wanted + 1] if -wanted <= len(tasks) else ()
        found = tuple(task for task in tasks if task.number == wanted)
        if not found and inside_part and wanted <= len(tasks):
            return tasks[wanted - 1 : wanted]
        return found

    def _section(self, wanted: int) -> Section | None:
        """Return a section by the number printed in the plan, else by its place from an end."""
        if wanted < 0:
            return self._top[wanted] if -wanted <= len(self._top) else None
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
        terms = [term for term in question.terms if not self._is_own(term.text)]
        for section in self._plan.sections:
            title = key(fold(section.title))
            if terms and all(_in_title(term, title) for term in terms):
                return self.of_section(section, question)
        return None


def _joined(parts: list[Part]) -> Scope:
    tasks = dict.fromkeys(task for part in parts for task in part.tasks)
    return Scope(tuple(tasks), tuple(parts))


def _in_title(term: Term, title: str) -> bool:
    return any(text in title for text in (term.text, *(form for form, _ in term.forms)))


def _shape(label: str) -> str:
    """Return a label with its numeral left open: “第N部分”, “N、”."""
    return _NUMERAL.sub("N", fold(label))


def _printed(label: str) -> int:
    """Return the number a label prints, 0 where it prints none."""
    match = _NUMERAL.search(fold(label))
    return number(match.group()) if match else 0
