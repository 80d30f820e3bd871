"""Short messages in words the plan does not have, read by the marks of what was quoted last."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.found import tells
from knowledge.ask.compose.phrases import phrase_at
from knowledge.ask.desk import Desk
from knowledge.ask.passages import Passage
from knowledge.ask.question import KINDS, Question
from knowledge.ask.routing import Router
from knowledge.ask.talk.held import Held
from knowledge.ask.talk.last import Last
from knowledge.ask.talk.words import TalkWords
from knowledge.language.lexicon import Attribute
from knowledge.language.script import fold, key
from knowledge.plan.model import Figure, Span

# Longer messages say themselves what they are about.
_SHORT = 14
_MOST_FIGURES = 2
# The share of what a message names that a passage must write for it to be about that.
_WRITTEN = 0.5
# From how many characters on what is named may be written in part.
_WORD = 3
_DIGITS = re.compile(r"\d+")


class Late:
    """Answers from the last answer's passages what was refused everywhere else."""

    def __init__(self, words: TalkWords) -> None:
        """Keep the patterns of talk."""
        self._words = words
        self._held = Held(words)

    def answer(self, question: Question, last: Last, desk: Desk, router: Router) -> Draft | None:
        """Quote what is counted, or what the message checks; None where they do not tell it.

        A message that names something the plan writes elsewhere, but not here, is of that.
        """
        named = question.mentions or question.tasks or question.sections or question.unknown
        if named or not last.passages or len(question.text) > _SHORT:
            return None
        if not self._is_of_them(question, last.passages):
            return None
        if question.unit and (told := self._held.answer(question, last, desk, router)) is not None:
            return told
        return self.counted(question, last, desk) or self._checked(question, last, desk)

    @staticmethod
    def _is_of_them(question: Question, passages: Sequence[Passage]) -> bool:
        return all(
            any(form in passage.key for passage in passages for form, _ in term.forms)
            for term in question.terms
            if term.forms and term.solid
        )

    def counted(self, question: Question, last: Last, desk: Desk) -> Draft | None:
        """Quote the figures counted in the measure that the message asks with."""
        found = self._words.measure.search(question.text)
        if found is None or found["measure"] in self._words.common:
            return None
        if not all(_tells(last.passages, item) for item in question.attributes):
            return None
        inside = [item for item in desk.passages.passages if item.task in last.tasks]
        for passages in (last.passages, tuple(inside)):
            figures = [
                (figure, passage)
                for passage in passages
                for figure in desk.plan.figures
                if passage.span.covers(figure.start) and figure.unit.endswith(found["measure"])
            ]
            if 0 < len(figures) <= _MOST_FIGURES:
                return _of_figures(question, figures, desk)
        return None

    def _checked(self, question: Question, last: Last, desk: Desk) -> Draft | None:
        """Quote the passage whose words the message says again to check them.

        What it names must largely stand there: numbers wholly, no place or number other than its.
        """
        if question.follows or not self._words.checking.search(question.text):
            return None
        if question.attributes or any(kind.value in question.asks for kind in KINDS):
            return None
        if any(term.vital and not term.forms for term in question.terms):
            return None
        named = self._words.checked.sub("", key(fold(question.text)))
        for passage in last.passages:
            if named and _written(named, passage.key) >= _WRITTEN:
                return Draft(quoted(desk, question, [Quoting(passage.span, passage.task)]))
        return None


def _tells(passages: Sequence[Passage], attribute: Attribute) -> bool:
    return any(tells(passage, attribute) for passage in passages)


def _of_figures(
    question: Question, figures: Iterable[tuple[Figure, Passage]], desk: Desk
) -> Draft:
    spans: dict[Span, Passage] = {
        phrase_at(desk, passage, figure.start).span: passage for figure, passage in figures
    }
    return Draft(
        quoted(desk, question, [Quoting(span, item.task) for span, item in spans.items()])
    )


def _written(named: str, text: str) -> float:
    """Return the share of the characters of what is named that a text holds, numbers wholly.

    Of more than two characters, two that stand together must stand so in the text.
    """
    numbers = _DIGITS.findall(named)
    if any(number not in _DIGITS.findall(text) for number in numbers):
        return 0.0
    if numbers or len(named) < _WORD:
        return float(all(char in text for char in named))
    if not any(first + second in text for first, second in itertools.pairwise(named)):
        return 0.0
    return sum(char in text for char in named) / len(named)
