"""What the passages quoted last, or their tasks, hold of the kind of thing asked for."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.phrases import phrase_at
from knowledge.ask.desk import Desk
from knowledge.ask.passages import Passage
from knowledge.ask.question import KINDS, Intent, Question
from knowledge.ask.routing import Router
from knowledge.ask.talk.last import Last
from knowledge.ask.talk.words import TalkWords
from knowledge.language.script import fold, key
from knowledge.plan.model import Figure

_MOST_FIGURES = 2


class Held:
    """Quotes what is held of a kind, where a question has no words of its own to choose by."""

    def __init__(self, words: TalkWords) -> None:
        """Keep the patterns of talk."""
        self._words = words

    def answer(self, question: Question, last: Last, desk: Desk, router: Router) -> Draft | None:
        """Quote the figures, the money or the time asked for; None where it is not clear which."""
        return (
            self._of_kind(question, last, desk, router)
            or self._of_task(question, last, desk)
            or self._of_time(question, last, desk)
        )

    @staticmethod
    def _of_kind(question: Question, last: Last, desk: Desk, router: Router) -> Draft | None:
        """Quote the figures of the kind asked for, if the last passages or tasks hold just few.

        Money may stand anywhere in the task; what else is counted must stand in the passages.
        """
        if question.intent is not Intent.FIGURE or not (question.unit or "each" in question.asks):
            return None
        told_by = [word for item in question.attributes for word in item.told_by]
        places = [last.passages]
        if question.unit == "money":
            inside = [item for item in desk.passages.passages if item.task in last.tasks]
            places.append(tuple(inside))
        for passages in places:
            figures = [
                (figure, passage)
                for passage in passages
                for figure in router.content.found.figures.of_kind(question, passage)
                if _says(desk, passage, figure, told_by)
            ]
            if 0 < len(figures) <= _MOST_FIGURES:
                quotings = [
                    Quoting(phrase_at(desk, passage, figure.start).span, passage.task)
                    for figure, passage in figures
                ]
                return Draft(quoted(desk, question, quotings))
        return None

    def _of_task(self, question: Question, last: Last, desk: Desk) -> Draft | None:
        """Quote what the last tasks say of an attribute that is told for all a task says."""
        if not question.attributes or not self._words.whole_task.search(question.text):
            return None
        words = [
            key(fold(word))
            for item in question.attributes
            for word in item.told_by
            if len(word) > 1
        ]
        quotings = [
            Quoting(passage.span, passage.task)
            for passage in desk.passages.passages
            if passage.task in last.tasks
            and not passage.heading
            and any(word in passage.key for word in words)
        ]
        return Draft(quoted(desk, question, quotings[:_MOST_FIGURES])) if quotings else None

    @staticmethod
    def _of_time(question: Question, last: Last, desk: Desk) -> Draft | None:
        """Quote the one phrase of the passages quoted last that sets a time, if there is one."""
        if question.intent is not Intent.WHEN or question.attributes:
            return None
        phrases = {
            phrase_at(desk, passage, deadline.start).span: passage
            for passage in last.passages
            for deadline in desk.plan.deadlines
            if passage.span.covers(deadline.start)
        }
        if len(phrases) != 1:
            return None
        return Draft(
            quoted(
                desk,
                question,
                [Quoting(span, passage.task) for span, passage in phrases.items()],
            )
        )

    @staticmethod
    def of_words(question: Question, last: Last, desk: Desk) -> Draft | None:
        """Quote the one passage of the last tasks that writes what an attribute is asked by.

        That it is written does not tell whether it is so: a question for yes or no is left.
        """
        if question.asks & {"yesno", *KINDS}:
            return None
        words = {
            word
            for attribute in question.attributes
            for word in attribute.told_by
            if len(word) > 1 and word in question.text
        }
        found = [
            passage
            for passage in desk.passages.passages
            if passage.task in last.tasks
            and not passage.heading
            and any(key(fold(word)) in passage.key for word in words)
        ]
        if len(found) != 1:
            return None
        return Draft(quoted(desk, question, [Quoting(found[0].span, found[0].task)]))


def _says(desk: Desk, passage: Passage, figure: Figure, told_by: Sequence[str]) -> bool:
    """Tell whether a figure stands with words that tell an attribute, its unit left aside."""
    phrase = phrase_at(desk, passage, figure.start)
    words = [key(fold(word)) for word in told_by if not figure.unit.endswith(word)]
    return not words or any(word in phrase.key for word in words)
