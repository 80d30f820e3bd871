"""What a plan's papers tell of the plan itself: its number, its date, its explanations."""

from __future__ import annotations

import re

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.whole.remains import Remains
from knowledge.ask.wording import Wording
from knowledge.language.script import fold, key
from knowledge.plan.model import Span

# What no plan for a year tells: what has been done.
_NEVER_TOLD = ("last_year", "progress")


class Front:
    """Quotes what stands round a plan's tasks: the heading lines, the ending, the notes."""

    def __init__(self, desk: Desk, lists: RecordLists, wording: Wording, remains: Remains) -> None:
        """Keep the plan's desk, what words the answers, and what reads the questions."""
        self._desk = desk
        self._plan = desk.plan
        self._lists = lists
        self._wording = wording
        self._remains = remains

    def answer(self, question: Question) -> Draft | None:
        """Quote what is asked of the document itself, or say that it is not there."""
        if question.mentions or question.tasks or question.sections:
            return None
        text = self._remains.text(question)
        words = self._remains.words
        for name in _NEVER_TOLD:
            if words[name].search(text):
                return self._missing(question, name)
        for name, spans in (
            ("number_of_plan", self._numbers),
            ("date_of_plan", self._dates),
            ("glossary", self._glossary),
            ("copies", self._copies),
        ):
            match = words[name].search(text)
            rest = words[name].sub(" ", text)
            other = words["no_front"].search(text) or self._remains.left(rest, "beside_document")
            if match is None or other:
                continue
            found = spans()
            if not found:
                return self._missing(question, name)
            heads = self._lists.heads() if words["issuer_asked"].search(text) else []
            return self._lists.notes(question, [*heads, *found])
        return None

    def _missing(self, question: Question, name: str) -> Draft:
        asked = self._wording.say(f"front_{name}")
        text = self._wording.say("not_found", missing=self._wording.list_names((asked,)))
        return refusal.refuse(question, text, (asked,))

    def _numbers(self) -> list[Span]:
        return self._outside(self._remains.words["number_written"])[:1]

    def _dates(self) -> list[Span]:
        """Return the lines beside the plan that hold a date of its own and hardly more."""
        return [
            self._line(span)
            for span in self._outside(self._remains.words["date_written"])
            if not self._is_sentence(self._line(span))
        ]

    def _copies(self) -> list[Span]:
        """Return the lines that say who gets a copy."""
        return [self._line(span) for span in self._outside(self._remains.words["copies"])]

    def _is_sentence(self, line: Span) -> bool:
        return "。" in self._plan.quote(line)

    def _glossary(self) -> list[Span]:
        """Return the lines below a heading that says they explain words."""
        headings = self._remains.words["glossary_headings"]
        for at, heading in enumerate(self._plan.skipped):
            text = key(fold(heading.text))
            if headings.fullmatch(text):
                return [
                    Span(item.start, item.end)
                    for item in self._plan.skipped[at + 1 :]
                    if item.reason == heading.reason
                ]
        return []

    def _outside(self, pattern: re.Pattern[str]) -> list[Span]:
        """Return where a pattern matches in what is no part of the plan."""
        return [
            Span(item.start + match.start(), item.start + match.end())
            for item in self._plan.skipped
            for match in pattern.finditer(self._plan.source[item.start : item.end])
        ]

    def _line(self, span: Span) -> Span:
        """Return the line that holds a span."""
        source = self._plan.source
        start = source.rfind("\n", 0, span.start) + 1
        end = source.find("\n", span.end)
        return Span(start, end if end >= 0 else len(source))
