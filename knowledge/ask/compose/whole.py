"""Answers about the whole plan or a whole section: its tasks, its headings and their counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.ask.compose.draft import Draft, Quoting, listed, quoted
from knowledge.ask.compose.lists import listed_reply
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.quotes import heading_evidence, section_evidence, spoken
from knowledge.ask.reply import Evidence
from knowledge.ask.wording import Wording
from knowledge.plan.model import Section, Span, Task


class WholePlan:
    """Answers by the parts and tasks of one plan."""

    def __init__(self, desk: Desk, wording: Wording) -> None:
        """Keep the desk and the sentences."""
        self._desk = desk
        self._plan = desk.plan
        self._wording = wording

    def task(self, question: Question, task: Task) -> Draft:
        """Quote a whole task."""
        return self.tasks(question, (task,))

    def tasks(self, question: Question, tasks: Sequence[Task]) -> Draft:
        """Quote whole tasks, one after another."""
        sections = [section_evidence(self._plan, task.section) for task in tasks]
        reply = quoted(
            self._desk,
            question,
            [Quoting(Span(task.start, task.end), task.key) for task in tasks],
            intent="task_by_number",
            extra=[section for section in sections if section],
        )
        texts = [spoken(item.quote) for item in reply.evidence[: len(tasks)]]
        return Draft(replace(reply, text="\n".join(texts)))

    def sections(
        self, question: Question, sections: Sequence[tuple[Section, Sequence[Task]]]
    ) -> Draft:
        """Quote the headings of sections, and of the parts and tasks below each."""
        blocks = [list(self._headings(section, tasks)) for section, tasks in sections]
        drafts = [
            listed_reply(self._desk, self._wording, question, "section_by_number", block)
            for block in blocks
        ]
        text = "\n".join(self._under_first(block) for block in blocks)
        evidence = tuple(item for block in blocks for item in block)
        return replace(drafts[0], reply=replace(drafts[0].reply, text=text, evidence=evidence))

    def overview(self, question: Question) -> Draft:
        """Quote every heading of the plan: sections, and the tasks under them."""
        headings: list[Evidence] = []
        for section in self._plan.sections:
            headings += self._heading(section)
            headings += self._tasks_of(section, self._plan.tasks)
        if not self._plan.sections:
            headings = [heading_evidence(self._plan, task.key) for task in self._plan.tasks]
        return listed_reply(self._desk, self._wording, question, "overview", headings)

    def count_tasks(self, question: Question, tasks: Sequence[Task]) -> Draft:
        """Count tasks, and quote their headings."""
        headings = [heading_evidence(self._plan, task.key) for task in tasks]
        head = self._wording.say("count_tasks", count=len(tasks))
        return listed_reply(self._desk, self._wording, question, "count", headings, head)

    def count_sections(self, question: Question) -> Draft:
        """Count sections, and quote their headings."""
        headings = [item for section in self._plan.sections for item in self._heading(section)]
        head = self._wording.say("count_sections", count=len(headings))
        return listed_reply(self._desk, self._wording, question, "count", headings, head)

    def count_both(self, question: Question) -> Draft:
        """Count sections and tasks, and quote the headings of both."""
        tasks = [task for task in self._plan.tasks if task.number]
        head = self._wording.say("count_both", sections=len(self._plan.sections), tasks=len(tasks))
        draft = self.overview(question)
        return replace(draft, reply=replace(draft.reply, text=f"{head}\n{draft.reply.text}"))

    def _headings(self, section: Section, tasks: Sequence[Task]) -> Iterator[Evidence]:
        """Yield a section's heading and those of the parts and tasks below it."""
        yield from self._heading(section)
        below = {task.section for task in tasks}
        for part in self._plan.sections:
            if part.number in below and part.number != section.number:
                yield from self._heading(part)
            yield from self._tasks_of(part, tasks)

    def _heading(self, section: Section) -> list[Evidence]:
        found = section_evidence(self._plan, section.number)
        return [found] if found else []

    def _tasks_of(self, section: Section, tasks: Sequence[Task]) -> list[Evidence]:
        return [
            heading_evidence(self._plan, task.key)
            for task in tasks
            if task.section == section.number
        ]

    def _under_first(self, headings: Sequence[Evidence]) -> str:
        """Return headings as text, all but the first as a list."""
        lines = [spoken(item.quote) for item in headings[:1]]
        return "\n".join((*lines, listed(self._wording, (item.quote for item in headings[1:]))))
