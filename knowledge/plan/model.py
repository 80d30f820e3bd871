"""The records of a plan: every one an exact span of its source text.

All offsets count characters (code points) of `Plan.source`, end exclusive, and for every record
`source[start:end]` is the text it quotes. Nothing here is ever paraphrased.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Comparator(StrEnum):
    """How a figure bounds its value."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    EQUAL = "="
    ABOUT = "about"


class DeadlineKind(StrEnum):
    """Whether a day can be computed from the plan's words."""

    DATE = "date"
    RECURRING = "recurring"
    OPEN = "open"


class ProgramKind(StrEnum):
    """What a name in the plan stands for."""

    PROGRAM = "program"
    PLATFORM = "platform"
    DOCUMENT = "document"
    SYSTEM = "system"
    SLOGAN = "slogan"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters of the source."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def covers(self, offset: int) -> bool:
        """Tell whether the character at `offset` lies within this span."""
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan; `start`/`end` are those of its heading line.

    `number` is its ordinal (1, 2, …), `label` the printed mark (“一、”), `title` the words after.
    """

    number: int
    label: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskKey:
    """A task's identity: its section's ordinal (0 where the plan has none) and printed number.

    Numbering may restart in each section, so the number alone never identifies a task. An
    untitled, unnumbered body directly under a section has number 0.
    """

    section: int
    number: int


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered task: `text` is the whole of it, label and heading included.

    `title` is the heading's words ("" where the task has none); `body_start` is the offset where
    the heading (label, title and its closing mark) ends and the body begins.
    """

    key: TaskKey
    label: str
    title: str
    text: str
    start: int
    end: int
    title_start: int
    body_start: int

    @property
    def number(self) -> int:
        """The number printed in the plan."""
        return self.key.number

    @property
    def section(self) -> int:
        """The ordinal of the section the task stands in, 0 for none."""
        return self.key.section


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of a task's body, without its closing mark's trailing white space."""

    task: TaskKey
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A target: who or what (`subject`), how it is bounded, and by which number.

    `value` is a number with 万/亿 expanded (90 with unit `%` for percentages); `upper` the other
    end of a range; `baseline` the A of “从A提高到B”; `per` an ISO 8601 period (每年 P1Y, 每2年
    P2Y); `due` the target year where one measure has several.
    """

    task: TaskKey
    subject: str
    comparator: Comparator
    value: float
    unit: str
    quote: str
    start: int
    end: int
    upper: float | None = None
    baseline: float | None = None
    per: str | None = None
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time the plan sets, with the spans of the clause parts it governs.

    `date` is set for kind DATE (our reading of the words), `rrule` (RFC 5545, without the `RRULE:`
    prefix) for RECURRING, neither for OPEN.
    """

    task: TaskKey
    quote: str
    kind: DeadlineKind
    date: dt.date | None
    rrule: str | None
    start: int
    end: int
    governs: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """A named thing in one task; the same name in two tasks is two records.

    `name` has no quotes around it; `start`/`end` span the name in the source. `parts` are the
    names joined in it by a dot, `aliases` come from the keeper's file.
    """

    task: TaskKey
    name: str
    kind: ProgramKind
    start: int
    end: int
    parts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owner:
    """A body the plan holds responsible for the clause parts in `governs`."""

    task: TaskKey
    name: str
    role: str
    start: int
    end: int
    governs: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch of the source that is no part of the plan, and why."""

    line: int
    text: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step added by the plan's keeper; never presented as the plan's words."""

    task: TaskKey
    date: dt.date
    text: str


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How people ask for what stands at `span`; never shown, only looked up by."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan: its source text and everything found in it, in source order."""

    id: str
    title: str
    year: int | None
    issuer: str
    source: str
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    clauses: tuple[Clause, ...] = ()
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    programs: tuple[Program, ...] = ()
    owners: tuple[Owner, ...] = ()
    preamble: tuple[Span, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()
    milestones: tuple[Milestone, ...] = ()
    phrasings: tuple[Phrasing, ...] = ()
    untold: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    title_span: Span | None = field(default=None)

    def quote(self, span: Span) -> str:
        """Return the plan's own words at `span`."""
        return self.source[span.start : span.end]

    def task(self, key: TaskKey) -> Task:
        """Return the task with this identity; raises KeyError if the plan has none."""
        for task in self.tasks:
            if task.key == key:
                return task
        raise KeyError(key)

    def section(self, number: int) -> Section | None:
        """Return the section with this ordinal, or None."""
        for section in self.sections:
            if section.number == number:
                return section
        return None
