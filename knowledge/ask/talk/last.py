"""What the last answer left to lean on, looked up in one plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.passages import Passage
from knowledge.ask.question import Question
from knowledge.ask.quotes import heading_evidence, section_evidence
from knowledge.ask.reply import Context
from knowledge.language.script import fold, key
from knowledge.plan.model import Deadline, Figure, Section, Span, Task, TaskKey


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing of a list that was shown: a stretch of the plan, and what it is the heading of."""

    span: Span
    task: Task | None = None
    section: Section | None = None


class Last:
    """The last answer of a conversation, as far as it came from one plan."""

    def __init__(self, context: Context, desk: Desk) -> None:
        """Keep the context and the plan's desk."""
        self.context = context
        self._desk = desk
        self._plan = desk.plan

    @cached_property
    def tasks(self) -> tuple[TaskKey, ...]:
        """The tasks it came from, in the plan's order."""
        plan = self._plan.id
        keys = {TaskKey(s, task) for name, s, task in self.context.tasks if name == plan}
        return tuple(task.key for task in self._plan.tasks if task.key in keys)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The stretches it quoted."""
        return self._own(self.context.spans)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages it quoted, whole."""
        found: dict[int, Passage] = {}
        for span in self.spans:
            for passage in self._desk.passages.passages:
                if passage.span.start < span.end and span.start < passage.span.end:
                    found.setdefault(passage.number, passage)
        return tuple(found.values())

    @cached_property
    def question(self) -> Question:
        """The last question with a subject of its own."""
        return self._desk.reader.read(self.context.question)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures it quoted."""
        return tuple(
            figure
            for figure in self._plan.figures
            if any(s.start <= figure.start and figure.end <= s.end for s in self.spans)
        )

    @cached_property
    def times(self) -> tuple[Deadline, ...]:
        """The times it quoted."""
        return tuple(
            deadline
            for deadline in self._plan.deadlines
            if any(s.start <= deadline.start and deadline.end <= s.end for s in self.spans)
        )

    @cached_property
    def items(self) -> tuple[Shown, ...]:
        """The things it showed one by one, headings only where it showed nothing else."""
        shown = [self._shown(span) for span in self._own(self.context.listed)]
        for headings in (
            [item for item in shown if item.task is None and item.section is None],
            [item for item in shown if item.task is not None],
        ):
            if headings:
                shown = headings
                break
        if len(shown) == 1 and shown[0].task is None and shown[0].section is None:
            return self._clauses(shown[0].span) or tuple(shown)
        return tuple(shown)

    def joined(self, question: Question) -> Question:
        """Return a question without a subject of its own with the last one's."""
        return replace(
            question,
            mentions=self.question.mentions,
            terms=(*(term for term in self.question.terms if term.forms), *question.terms),
            tasks=self.question.tasks,
            sections=self.question.sections,
            corrections=(),
        )

    def within(self, found: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of its tasks, those it quoted before the others."""
        held = {passage.number for passage in self.passages}
        inside = [item for item in found if item.passage.task in self.tasks]
        return sorted(inside, key=lambda item: item.passage.number not in held)

    @property
    def subject(self) -> str:
        """How the subject taken over is named."""
        context = self.context
        return "、".join(context.programs or context.terms) or context.question

    def _own(self, spans: Sequence[tuple[str, int, int]]) -> tuple[Span, ...]:
        """Return the stretches that are this plan's, and still hold words of it."""
        source = self._plan.source
        return tuple(
            Span(start, end)
            for plan, start, end in spans
            if plan == self._plan.id
            and 0 <= start < end <= len(source)
            and key(fold(source[start:end]))
        )

    def _shown(self, span: Span) -> Shown:
        for task in self._plan.tasks:
            heading = heading_evidence(self._plan, task.key)
            if heading.start <= span.start and span.end <= heading.end and task.title:
                return Shown(span, task=task)
        for section in self._plan.sections:
            found = section_evidence(self._plan, section.number)
            if found and found.start <= span.start and span.end <= found.end:
                return Shown(span, section=section)
        return Shown(span)

    def _clauses(self, span: Span) -> tuple[Shown, ...]:
        """Return the clauses of a stretch that holds several, none where it holds one."""
        inside = [
            Shown(passage.span)
            for passage in self._desk.passages.passages
            if not passage.heading
            and span.start <= passage.span.start
            and passage.span.end <= span.end + 1
        ]
        return tuple(inside) if len(inside) > 1 else ()
