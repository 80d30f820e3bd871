"""Finding the passages that may answer a question: by its words, and by its meaning."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.judge import Judge, coverage_of_things
from knowledge.ask.meaning.nearness import Nearest, Nearness
from knowledge.ask.meaning.ranking import Meaning
from knowledge.ask.passages import Passage
from knowledge.ask.question import Question, Term
from knowledge.ask.reading.names import Name
from knowledge.language.lexicon import Lexicon
from knowledge.plan.model import TaskKey

NAME_WEIGHT = 1.5
_WEIGHTY = 0.25


class Finder:
    """Finds passages of one plan."""

    def __init__(self, desk: Desk, lexicon: Lexicon, judge: Judge, meaning: Meaning) -> None:
        """Keep the plan's desk, and what ranks its passages."""
        self._desk = desk
        self.nearness = Nearness(desk, lexicon, judge.limits.signs, meaning)

    def by_words(self, question: Question) -> list[Candidate]:
        """Return the passages that cover words of the question, best first.

        Where programs are named, only passages that name them, and those of the same task that
        cover all else that is asked.
        """
        names = question.names
        found = self._desk.evidences.candidates([*question.terms, *map(name_term, names)])
        if names:
            holding = [item for item in found if _holds(item.passage, names)]
            found = holding + self._beside(question, holding, found)
        return [item for item in found if not item.about_other] or found

    def by_meaning(self, question: Question, tasks: Collection[TaskKey] = ()) -> Nearest | None:
        """Return the passage nearest in meaning; None without a ranking, or where a name leads.

        A name leads unless the plan's keeper has written how people ask. Where `tasks` are given,
        only their passages are looked at.
        """
        if not question.terms or (question.mentions and not self._desk.passages.phrasings):
            return None
        return self.nearness.nearest(question, tasks)

    def _beside(
        self, question: Question, holding: Sequence[Candidate], found: Sequence[Candidate]
    ) -> list[Candidate]:
        """Return what else the tasks that name a program say, if it covers all that is asked."""
        if not any(term.weight >= _WEIGHTY for term in question.terms):
            return []
        held = {item.passage.number for item in holding}
        tasks = {item.passage.task for item in holding}
        return [
            item
            for item in found
            if item.passage.task in tasks
            and item.passage.number not in held
            and coverage_of_things(question, item) >= 1.0 - 1e-6
        ]


def name_term(name: Name) -> Term:
    """Return a name as a term to be covered."""
    return Term(name.text, NAME_WEIGHT, ((name.key, 1.0),))


def _holds(passage: Passage, names: Sequence[Name]) -> bool:
    return any(name.key in passage.key for name in names)
