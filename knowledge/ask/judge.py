"""Whether a passage answers a question: how much of it is covered, and what may not be missing."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from knowledge.ask.evidence import COVERED, Candidate
from knowledge.ask.limits import Limits
from knowledge.ask.question import Intent, Question

# How much nearer in meaning a passage must be that misses the thing a number is asked of.
_HEAD_MARGIN = 0.015
# From this weight on, a word of the plan tells one thing from another.
_HEAVY = 0.4
# Of the things asked beside a program's name, the share that must be told of it.
_BESIDE_NAME = 0.5


class Judge:
    """Judges candidates by calibrated limits."""

    def __init__(self, limits: Limits) -> None:
        """Keep the limits."""
        self.limits = limits

    def falls_short(self, question: Question, top: Candidate) -> bool:
        """Tell whether even the best candidate by keywords is no sure answer."""
        if top.about_other or misses_head(question, top):
            return True
        if question.mentions:
            return coverage_of_things(question, top) < _BESIDE_NAME
        return top.coverage < self.limits.floor or not _is_substantial(question, top)

    def near(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates that cover nearly as much as the first."""
        least = candidates[0].coverage - self.limits.slack
        return [item for item in candidates if item.coverage >= least]

    def rank(self, likeness: float, candidate: Candidate) -> float:
        """Return how well a candidate fits by its likeness in meaning and what it covers."""
        return likeness + self.limits.coverage_weight * candidate.coverage

    def sureness(self, question: Question, ranks: Sequence[float], best: Candidate) -> float:
        """Return the first of `ranks`, raised by how far it stands out from all.

        What a plan says of another thing sounds most alike where a number is asked for: a best
        candidate that misses the thing asked of counts for less there.
        """
        spread = statistics.pstdev(ranks)
        distinct = (ranks[0] - statistics.fmean(ranks)) / spread if spread else 0.0
        counted = question.intent in (Intent.FIGURE, Intent.WHEN)
        doubt = _HEAD_MARGIN if counted and misses_head(question, best) else 0.0
        return ranks[0] + self.limits.distinctness_weight * distinct - doubt

    def is_sure(self, sureness: float) -> bool:
        """Tell whether a passage chosen by meaning is near enough to be quoted."""
        return sureness >= self.limits.meaning_floor


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
    own = {term.text for term in question.terms}
    return any(
        match.strength < COVERED
        and match.term.weight >= _HEAVY
        and match.term.forms
        and match.term.text in own
        for match in candidate.matches
    )


def _is_substantial(question: Question, top: Candidate) -> bool:
    """Tell whether a thing asked about is covered, and not only what happens to it."""
    solid = {term.text for term in question.terms if term.solid}
    return not solid or any(
        match.strength >= COVERED for match in top.matches if match.term.text in solid
    )
