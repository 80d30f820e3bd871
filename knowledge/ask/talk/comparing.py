"""Asked how two things differ: what the plan says of each, and no comparison of ours."""

from __future__ import annotations

from dataclasses import replace

from knowledge.ask.compose import several
from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.reply import Outcome
from knowledge.ask.routing import Router
from knowledge.ask.talk.last import Last
from knowledge.ask.talk.words import TalkWords


class Comparing:
    """Answers questions that compare things."""

    def __init__(self, words: TalkWords) -> None:
        """Keep the patterns of talk."""
        self._words = words

    def answer(self, question: Question, last: Last, desk: Desk, router: Router) -> Draft | None:
        """Quote what the plan says of each; None where nothing is compared.

        What is compared is not said where it was spoken of last. Where the plan does not tell of
        one of them, that is the answer.
        """
        found = self._words.compare.search(question.text)
        if found is None:
            return None
        one = found["one"].strip(" ,它这那个两")
        if one:
            first = self._of(one, desk, router)
        elif last.passages:
            quotings = [Quoting(item.span, item.task) for item in last.passages[:1]]
            first = Draft(quoted(desk, question, quotings))
        else:
            return None
        second = self._of(found["other"], desk, router)
        for draft in (first, second):
            if draft.reply.outcome is not Outcome.ANSWERED:
                return draft
        return several.joined(replace(question, attributes=()), [first, second])

    @staticmethod
    def _of(thing: str, desk: Desk, router: Router) -> Draft:
        return router.answer(desk.reader.read(thing))
