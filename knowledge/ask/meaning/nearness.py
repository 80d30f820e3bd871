"""The passage nearest in meaning to a question, with the signs of whether it answers."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.ask.desk import Desk
from knowledge.ask.evidence import COVERED, Candidate
from knowledge.ask.judge import words_elsewhere
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.phrasings import Hit, Phrasings
from knowledge.ask.meaning.ranking import Meaning
from knowledge.ask.meaning.sureness import Signs, SignWeights
from knowledge.ask.question import Intent, Question, Term
from knowledge.language.lexicon import Lexicon
from knowledge.plan.model import Phrasing, TaskKey

_FORMS_TOLD = 2
# Each costs an embedding.
_MOST_DOUBTED = 6
# A heading tells none of these.
_NOT_IN_HEADINGS = (Intent.FIGURE, Intent.WHEN, Intent.WHO)


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage chosen by meaning, with its signs and what weighs them.

    `phrasing` is how the keeper says people ask for it, None where nobody has.
    """

    candidate: Candidate
    signs: Signs
    weights: SignWeights
    phrasing: Phrasing | None = None

    @property
    def sureness(self) -> float:
        """How sure (0 to 1) the passage is to answer."""
        return self.weights.sureness(self.signs)


class Nearness:
    """Ranks the passages of one plan by their meaning."""

    def __init__(
        self, desk: Desk, lexicon: Lexicon, weights: SignWeights, meaning: Meaning
    ) -> None:
        """Keep the plan's desk, what people say, what signs count, and what knows meanings."""
        self._desk = desk
        self._asking = lexicon.questions.asking
        self._weights = weights
        self._meaning = meaning
        self._phrasings = Phrasings(desk.evidences, lexicon, meaning)

    @property
    def examples(self) -> tuple[Examples, ...]:
        """All texts that questions are compared with."""
        return self._phrasings.examples

    def nearest(self, question: Question, tasks: Collection[TaskKey] = ()) -> Nearest | None:
        """Return the passage nearest in meaning; None without a model.

        Where `tasks` are given, it is the nearest of theirs.
        """
        likeness = self._meaning.likeness(
            self._desk.passages, in_plan_words(question.text, question.terms)
        )
        if likeness is None:
            return None
        subject = self._subject(question)
        heard = self._phrasings.heard(question.text, subject)
        said = self._phrasings.said(subject)
        ranked = sorted(
            self._ranked(question, likeness, heard.hits, said),
            key=lambda pair: pair[0],
            reverse=True,
        )
        chosen = [pair for pair in ranked if not tasks or pair[1].passage.task in tasks]
        if not chosen:
            return None
        rank, best = chosen[0]
        number = best.passage.number
        hit = heard.hits.get(number)
        signs = Signs(
            likeness=likeness[number],
            distinctness=_distinctness(rank, [pair[0] for pair in ranked]),
            known=sum(bool(term.forms) for term in question.terms),
            doubt=self._doubt(question, best, likeness[number]),
            elsewhere=len(words_elsewhere(question, best)),
            said=said[number],
            asked=hit.likeness if hit else 0.0,
            votes=heard.votes.get(number, 0.0),
            untold=heard.untold,
            length=len(question.text),
            number=float(question.intent is Intent.FIGURE),
            named=float(bool(question.mentions)),
        )
        return Nearest(best, signs, self._weights, hit.phrasing if hit else None)

    def _ranked(
        self,
        question: Question,
        likeness: Sequence[float],
        hits: Mapping[int, Hit],
        said: Sequence[float],
    ) -> Iterator[tuple[float, Candidate]]:
        """Yield each passage that may answer with its rank, the higher the better."""
        kin = [self._kinship(term) for term in question.terms]
        for number, alike in enumerate(likeness):
            item = self._desk.evidences.candidate(number, question.terms)
            rank = (
                alike
                + self._weights.kinship * _support(item, [near[number] for near in kin])
                + self._weights.said * said[number]
            )
            if (hit := hits.get(number)) is not None:
                rank += self._weights.asked * hit.likeness
                item = self._phrasings.read(item, hit.phrasing)
            titled = item.passage.heading and question.intent in _NOT_IN_HEADINGS
            if not (item.about_other or titled):
                yield rank, item

    def _subject(self, question: Question) -> str:
        """Return a question without the words that only ask."""
        return "".join(self._asking.sub(" ", question.text).split()) or question.text

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
