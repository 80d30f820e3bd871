"""Answers about the whole plan or a whole section: lists and counts of its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose.draft import Draft, Quoting, grouped, listed, quoted, understood
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.quotes import evidence, heading_evidence, section_evidence, spoken
from knowledge.ask.reply import Evidence, Outcome, Reply
from knowledge.ask.wording import Wording
from knowledge.plan.model import Deadline, Figure, Plan, Program, Section, Span, Task, TaskKey

_LONG = 110


class WholePlan:
    """Answers from all records of one plan, or from those of some tasks."""

    def __init__(self, desk: Desk, wording: Wording) -> None:
        """Keep the desk and the sentences."""
        self._desk = desk
        self._plan = desk.plan
        self._wording = wording

    def task(self, question: Question, task: Task) -> Draft:
        """Quote a whole task."""
        section = section_evidence(self._plan, task.section)
        reply = quoted(
            self._desk,
            question,
            [Quoting(Span(task.start, task.end), task.key)],
            intent="task_by_number",
            extra=[section] if section else (),
        )
        return Draft(replace(reply, text=spoken(reply.evidence[0].quote)))

    def section(self, question: Question, section: Section, tasks: Sequence[Task]) -> Draft:
        """Quote a section's heading and those of the parts and tasks below it."""
        first = section_evidence(self._plan, section.number)
        below = {task.section for task in tasks}
        headings: list[Evidence] = []
        for part in self._plan.sections:
            if part.number != section.number and part.number in below:
                found = section_evidence(self._plan, part.number)
                headings += [found] if found else []
            headings += [
                heading_evidence(self._plan, task.key)
                for task in tasks
                if task.section == part.number
            ]
        evidences = [*([first] if first else []), *headings]
        return self._list(question, "section_by_number", evidences, spoken_first=True)

    def overview(self, question: Question) -> Draft:
        """Quote every heading of the plan: sections, and the tasks under them."""
        headings: list[Evidence] = []
        for section in self._plan.sections:
            found = section_evidence(self._plan, section.number)
            headings += [found] if found else []
            headings += [
                heading_evidence(self._plan, task.key)
                for task in self._plan.tasks
                if task.section == section.number
            ]
        if not self._plan.sections:
            headings = [heading_evidence(self._plan, task.key) for task in self._plan.tasks]
        return self._list(question, "overview", headings)

    def count_tasks(self, question: Question, tasks: Sequence[Task]) -> Draft:
        """Count tasks, and quote their headings."""
        headings = [heading_evidence(self._plan, task.key) for task in tasks]
        return self._list(
            question, "count", headings, self._wording.say("count_tasks", count=len(tasks))
        )

    def count_sections(self, question: Question) -> Draft:
        """Count sections, and quote their headings."""
        headings = [
            found
            for section in self._plan.sections
            if (found := section_evidence(self._plan, section.number))
        ]
        return self._list(
            question, "count", headings, self._wording.say("count_sections", count=len(headings))
        )

    def figures(self, question: Question, figures: Sequence[Figure]) -> Draft:
        """Quote the phrase of every figure."""
        spans = [(self._phrase(figure.start, figure.end), figure.task) for figure in figures]
        head = self._head("count_figures", len(figures), len(set(spans)))
        return self._records(question, "all_figures", head, spans)

    def deadlines(self, question: Question, deadlines: Sequence[Deadline], intent: str) -> Draft:
        """Quote every deadline with what it governs."""
        spans = [(self._governed(deadline), deadline.task) for deadline in deadlines]
        head = self._head("count_deadlines", len(deadlines), len(set(spans)))
        draft = self._records(question, intent, head, spans)
        rows = tuple((self._plan.id, deadline) for deadline in deadlines)
        return replace(draft, reply=replace(draft.reply, deadlines=rows))

    def programs(self, question: Question, programs: Sequence[Program]) -> Draft:
        """List names, with the places they stand as evidence."""
        unique = list({program.name: program for program in programs}.values())
        evidences = [
            evidence(self._plan, Span(program.start, program.end), program.task)
            for program in unique
        ]
        head = self._wording.say("count_programs", count=len(unique))
        return self._list(question, "all_programs", evidences, head)

    def meta(self, question: Question) -> Draft:
        """Quote the title, and the issuer where the plan names it."""
        spans = [self._plan.title_span or _first(self._plan, self._plan.title)]
        spans.append(_first(self._plan, self._plan.issuer))
        evidences = [evidence(self._plan, span, None) for span in spans if span is not None]
        lines = [spoken(item.quote) for item in evidences]
        reply = Reply(
            outcome=Outcome.ANSWERED,
            text="\n".join(dict.fromkeys(lines)),
            understood=understood(question, "meta"),
            evidence=tuple(evidences),
        )
        return Draft(reply)

    def _phrase(self, start: int, end: int) -> Span:
        for phrase in self._desk.passages.phrases:
            if phrase.span.start <= start < phrase.span.end:
                return Span(phrase.span.start, max(end, phrase.span.end))
        return Span(start, end)

    def _governed(self, deadline: Deadline) -> Span:
        start = self._phrase(deadline.start, deadline.end)
        end = max([start.end, *(span.end for span in deadline.governs)])
        begin = min([start.start, *(span.start for span in deadline.governs)])
        if end - begin <= _LONG:
            return Span(begin, end)
        return start

    def _head(self, name: str, count: int, places: int) -> str:
        """Return how many records there are, and in how many places where these are fewer."""
        if places == count:
            return self._wording.say(name, count=count)
        return self._wording.say(f"{name}_in", count=count, places=places)

    def _records(
        self, question: Question, intent: str, head: str, spans: Sequence[tuple[Span, TaskKey]]
    ) -> Draft:
        """Quote records, each task's under its heading, with the line `head` before them."""
        unique = dict.fromkeys(spans)
        evidences = [evidence(self._plan, span, task) for span, task in unique]
        draft = self._list(question, intent, evidences)
        reply = grouped(self._desk, self._wording, draft.reply)
        return replace(draft, reply=replace(reply, text=f"{head}\n{reply.text}"))

    def _list(
        self,
        question: Question,
        intent: str,
        evidences: Sequence[Evidence],
        head: str = "",
        *,
        spoken_first: bool = False,
    ) -> Draft:
        quotes = [item.quote for item in evidences]
        lines = [head] if head else []
        if spoken_first and quotes:
            lines.append(spoken(quotes[0]))
            quotes = quotes[1:]
        lines.append(listed(self._wording, quotes))
        spans = [Span(item.start, item.end) for item in evidences]
        reply = Reply(
            outcome=Outcome.ANSWERED,
            text="\n".join(line for line in lines if line),
            understood=understood(question, intent),
            evidence=tuple(evidences),
            figures=tuple(
                (self._plan.id, figure)
                for figure in self._plan.figures
                if any(s.start <= figure.start and figure.end <= s.end for s in spans)
            ),
            deadlines=tuple(
                (self._plan.id, deadline)
                for deadline in self._plan.deadlines
                if any(s.start <= deadline.start and deadline.end <= s.end for s in spans)
            ),
        )
        return Draft(reply)


def _first(plan: Plan, text: str) -> Span | None:
    at = plan.source.find(text) if text else -1
    return Span(at, at + len(text)) if at >= 0 else None
