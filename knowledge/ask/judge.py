"""Whether a passage answers a question: how much of it is covered, and what may not be missing."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.evidence import COVERED, Candidate
from knowledge.ask.limits import Limits
from knowledge.ask.question import Intent, Question, Term
from knowledge.language.lexicon import SAME

# From this weight on, a word of the plan tells one thing from another.
_HEAVY = 0.4
# Of the things asked beside a program's name, the share that must be told of it.
_BESIDE_NAME = 0.5
# From how many characters on a question is no keyword to look up, and in how many tasks equally
# good passages must stand to be none of them an answer.
_SENTENCE = 12
_SCATTERED = 3
_TIED = 0.02
# The weight from which on an unknown thing changes what a number is asked of.
_UNKNOWN = 0.75


class Judge:
    """Judges candidates by calibrated limits."""

    def __init__(self, limits: Limits) -> None:
        """Keep the limits."""
        self.limits = limits

    def is_answered(self, question: Question, candidates: Sequence[Candidate]) -> bool:
        """Tell whether the best candidates by keywords are a sure answer."""
        if not candidates or self._is_scattered(question, candidates):
            return False
        return not self.falls_short(question, candidates[0])

    def falls_short(self, question: Question, top: Candidate) -> bool:
        """Tell whether even the best candidate by keywords is no sure answer."""
        if top.about_other or misses_head(question, top):
            return True
        if question.mentions:
            return coverage_of_things(question, top) < _BESIDE_NAME
        return top.coverage < self.limits.floor or _asks_of_unknown(question)

    @staticmethod
    def _is_scattered(question: Question, candidates: Sequence[Candidate]) -> bool:
        """Tell whether a question is asked in more words than tell the best passages apart."""
        listed = question.intent is Intent.LIST
        if listed or question.mentions or len(question.text) < _SENTENCE:
            return False
        best = [item for item in candidates if item.score >= candidates[0].score - _TIED]
        return len({item.passage.task for item in best}) >= _SCATTERED

    def near(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates that cover nearly as much as the first."""
        least = candidates[0].coverage - self.limits.slack
        return [item for item in candidates if item.coverage >= least]


def is_literal(question: Question, candidate: Candidate) -> bool:
    """Tell whether a passage holds all words of a question as they are, or by another spelling."""
    own = {term.text for term in question.terms}
    return not question.asides and all(
        match.strength >= SAME for match in candidate.matches if match.term.text in own
    )


def misses_head(question: Question, candidate: Candidate) -> bool:
    """Tell whether the thing the question is after is not in the passage."""
    return question.head is not None and question.head in candidate.missing


def coverage_of_things(question: Question, candidate: Candidate) -> float:
    """Return the coverage of the things a question asks of, names of programs left out."""
    own = {term.text for term in question.terms if term.solid}
    matches = [match for match in candidate.matches if match.term.text in own]
    total = sum(match.term.weight for match in matches)
    return sum(m.strength * m.term.weight for m in matches) / total if total else 1.0


def is_of_other(question: Question, candidate: Candidate) -> bool:
    """Tell whether a weighty word of the question stands in the plan, but not here.

    A number or a time is of one thing: what the plan says of another thing is no answer.
    """
    return bool(words_elsewhere(question, candidate))


def words_elsewhere(question: Question, candidate: Candidate) -> list[Term]:
    """Return the weighty words of the question that stand in the plan, but not here."""
    own = {term.text for term in question.terms}
    return [
        match.term
        for match in candidate.matches
        if match.strength < COVERED
        and (match.term.solid or not question.mentions)
        and match.term.weight >= _HEAVY
        and match.term.forms
        and match.term.text in own
    ]


def _asks_of_unknown(question: Question) -> bool:
    """Tell whether a number or a time is asked of a thing the plan has no word for."""
    return question.intent in (Intent.FIGURE, Intent.WHEN) and any(
        term.solid and not term.forms and term.weight >= _UNKNOWN for term in question.terms
    )
