"""The passage nearest in meaning to a question, with the signs of whether it answers."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from knowledge.ask.desk import Desk
from knowledge.ask.evidence import COVERED, Candidate
from knowledge.ask.judge import words_elsewhere
from knowledge.ask.meaning import Meaning
from knowledge.ask.question import Question, Term
from knowledge.ask.sureness import Signs, SignWeights

_FORMS_TOLD = 2
# Each costs an embedding.
_MOST_DOUBTED = 6


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage chosen by meaning, its signs, and how sure (0 to 1) it is to answer."""

    candidate: Candidate
    signs: Signs
    sureness: float


class Nearness:
    """Ranks the passages of one plan by their meaning."""

    def __init__(self, desk: Desk, weights: SignWeights, meaning: Meaning) -> None:
        """Keep the plan's desk, what signs count, and what knows meanings."""
        self._desk = desk
        self._weights = weights
        self._meaning = meaning

    def nearest(self, question: Question) -> Nearest | None:
        """Return the passage nearest in meaning; None without a model."""
        likeness = self._meaning.likeness(
            self._desk.passages, in_plan_words(question.text, question.terms)
        )
        if likeness is None:
            return None
        kin = [self._kinship(term) for term in question.terms]
        ranked: list[tuple[float, Candidate]] = []
        for number, alike in enumerate(likeness):
            item = self._desk.evidences.candidate(number, question.terms)
            if not item.about_other:
                support = _support(item, [near[number] for near in kin])
                ranked.append((alike + self._weights.kinship * support, item))
        if not ranked:
            return None
        rank, best = max(ranked, key=lambda pair: pair[0])
        signs = Signs(
            likeness=likeness[best.passage.number],
            distinctness=_distinctness(rank, [pair[0] for pair in ranked]),
            known=sum(bool(term.forms) for term in question.terms),
            doubt=self._doubt(question, best, likeness[best.passage.number]),
            elsewhere=len(words_elsewhere(question, best)),
        )
        return Nearest(best, signs, self._weights.sureness(signs))

    def _kinship(self, term: Term) -> Sequence[float]:
        found = self._meaning.kinship(self._desk.passages, term.text)
        return found or [0.0] * len(self._desk.passages.passages)

    def _doubt(self, question: Question, best: Candidate, alike: float) -> float:
        """Return how much more alike the question is without each word the passage lacks.

        A word that is only said otherwise in the passage adds to their likeness; one that asks
        of something else takes from it.
        """
        lacking = [
            match.term
            for match in sorted(best.matches, key=lambda match: -match.term.weight)
            if match.strength < COVERED
        ]
        doubt = 0.0
        for term in lacking[:_MOST_DOUBTED]:
            others = [other for other in question.terms if other is not term]
            text = in_plan_words(question.text.replace(term.text, ""), others)
            likeness = self._meaning.likeness(self._desk.passages, text) if text.strip() else None
            if likeness is not None:
                doubt += likeness[best.passage.number] - alike
        return doubt


def in_plan_words(text: str, terms: Collection[Term]) -> str:
    """Return a question with the words a plan may write for its own behind it."""
    forms = [form for term in terms for form, _ in term.forms[:_FORMS_TOLD] if form != term.text]
    return " ".join((text, *forms))


def _support(candidate: Candidate, kin: Sequence[float]) -> float:
    """Return the share of a question's words that a passage holds, or holds words akin to."""
    total = sum(match.term.weight for match in candidate.matches)
    held = sum(
        max(match.strength, near) * match.term.weight
        for match, near in zip(candidate.matches, kin, strict=True)
    )
    return held / total if total else 0.0


def _distinctness(rank: float, ranks: Sequence[float]) -> float:
    spread = statistics.pstdev(ranks)
    return (rank - statistics.fmean(ranks)) / spread if spread else 0.0
