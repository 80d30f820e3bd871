"""Numbers asked for wherever they are written: one number, or all of a kind."""

from __future__ import annotations

import re

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope
from knowledge.language.lexicon import QuestionWords
from knowledge.plan.model import Figure, Span, TaskKey

_VALUE = r"\d+(?:\.\d+)?(?:万|亿|千|百)?"
# Patterns of what is counted, with the kind of unit each means.
_KINDS = (
    ("money", "money"),
    ("percent", "percent"),
    ("people", "people"),
    ("times_counted", "times"),
)


class Amounts:
    """Lists the numbers of one plan by what they count."""

    def __init__(
        self, desk: Desk, lists: RecordLists, questions: QuestionWords, remains: Remains
    ) -> None:
        """Keep the plan's desk, what words the lists, the units, and what reads the questions."""
        self._desk = desk
        self._lists = lists
        self._units = questions.units
        units = sorted({"%", *(item.unit for item in desk.plan.figures)} - {""}, key=len)
        self._number_of = re.compile(f"{_VALUE}(?:{'|'.join(map(re.escape, units[::-1]))})?")
        self._remains = remains

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """List the places of a number, or all numbers of a kind; None where more is named."""
        if question.mentions or question.tasks:
            return None
        text = self._remains.numberless(question)
        return (
            self._of_kind(question, text, scope)
            or self._number(question, text, scope)
            or self._all(question, text, scope)
        )

    def _of_kind(self, question: Question, text: str, scope: Scope | None) -> Draft | None:
        words = self._remains.words
        for kind, unit in _KINDS:
            if not (words[kind].search(text) and words["everywhere"].search(text)):
                continue
            rest = words["all_of"].sub(" ", words[kind].sub(" ", text))
            if words["no_list"].search(rest) or self._remains.left(rest):
                continue
            if (draft := self.of_unit(question, unit, scope)) is not None:
                return draft
        return None

    def of_unit(self, question: Question, unit: str, scope: Scope | None = None) -> Draft | None:
        """List all numbers of one kind of unit; None where the plan holds none."""
        figures = [item for item in self._figures(scope) if item.unit in self._units[unit]]
        return self._lists.figures(question, figures) if figures else None

    def _all(self, question: Question, text: str, scope: Scope | None) -> Draft | None:
        """List all numbers, of whatever they are."""
        words = self._remains.words
        if not words["numbers"].search(text) or words["no_list"].search(text) or question.unit:
            return None
        rest = words["numbers"].sub(" ", text)
        if not (words["all_numbers"].search(rest) or (scope and scope.parts)):
            return None
        if self._remains.left(rest, "all_numbers", "all_of", "beside_numbers"):
            return None
        figures = self._figures(scope)
        return self._lists.figures(question, figures) if figures else None

    def _number(self, question: Question, text: str, scope: Scope | None) -> Draft | None:
        words = self._remains.words
        numbers = self._number_of.findall(text)
        rest = self._number_of.sub(" ", text)
        if len(numbers) != 1 or numbers[0].isdigit() or not words["which_number"].search(rest):
            return None
        if words["no_list"].search(rest) or self._remains.left(
            rest, "with_number", "which_number"
        ):
            return None
        places = self._written(numbers[0], scope)
        return self._lists.places(question, "filter", places) if places else None

    def _written(self, number: str, scope: Scope | None) -> list[tuple[Span, TaskKey]]:
        """Return the phrases that hold a number as it is written, and no longer one."""
        keys = self._keys(scope)
        alone = re.compile(rf"(?<![\d.]){re.escape(number)}")
        return [
            (phrase.span, passage.task)
            for phrase in self._desk.passages.phrases
            if (passage := self._desk.passages.passages[phrase.passage]).task in keys
            and alone.search(phrase.key)
        ]

    def _figures(self, scope: Scope | None) -> list[Figure]:
        keys = self._keys(scope)
        return [figure for figure in self._desk.plan.figures if figure.task in keys]

    def _keys(self, scope: Scope | None) -> set[TaskKey]:
        return {task.key for task in (scope.tasks if scope else self._desk.plan.tasks)}
