"""What people say for what a plan writes, phrase by phrase: by its keeper, and by the lexicon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nlargest

from knowledge.ask.evidence import COVERED, Candidate, Evidences, Match
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.ranking import Meaning
from knowledge.ask.passages import Phrase
from knowledge.ask.question import Term
from knowledge.language.lexicon import WRITTEN, Lexicon
from knowledge.language.script import fold, key
from knowledge.plan.model import Phrasing

# Questions that have nothing to do with each other are still about as alike as this.
_UNLIKE = 0.85
# A phrase of fewer characters is a word, of which kinship tells.
_LEAST_SAID = 3
_LEAST_WRITTEN = 2
# A word that stands in more passages than this tells none of them apart.
_MOST_HOLDING = 6
# How many of the examples most like a question vote.
_VOTING = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrasing and how alike (from 0 for nothing in common) a question is to it."""

    phrasing: Phrasing
    likeness: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What the keeper wrote that is most like a question.

    `hits` are the phrasings most like it, by the number of their passage; `untold` is how alike
    (from 0) it is to what the plan does not tell; `votes` the share of the few examples most like
    it, of all, that stand for a passage, by its number (Cover and Hart, "Nearest Neighbor Pattern
    Classification", 1967).
    """

    hits: Mapping[int, Hit]
    untold: float
    votes: Mapping[int, float]


class Phrasings:
    """What people say for the passages of one plan."""

    def __init__(self, evidences: Evidences, lexicon: Lexicon, meaning: Meaning) -> None:
        """Keep the plan's passages, what people say for them, and what knows meanings."""
        self._passages = evidences.passages
        self._evidences = evidences
        self._lexicon = lexicon
        self._meaning = meaning

    @cached_property
    def _said(self) -> list[tuple[str, Sequence[int]]]:
        """Phrases of the lexicon with their passages: looked for when a question is unsure."""
        return _said_for(self._evidences, self._lexicon)

    @cached_property
    def _said_examples(self) -> Examples:
        return Examples.of(phrase for phrase, _ in self._said)

    @property
    def examples(self) -> tuple[Examples, ...]:
        """All texts that questions are compared with, for a ranking to be made ready for."""
        return self._passages.asked, self._passages.untold, self._said_examples

    def heard(self, question: str, subject: str) -> Heard:
        """Return what the keeper wrote that is most like a question.

        `subject` is the question without the words that only ask: a phrasing may be either.
        """
        asked = self._scores(self._passages.asked, question, subject)
        untold = self._scores(self._passages.untold, question, subject)
        hits: dict[int, Hit] = {}
        near = [(score, -1) for score in nlargest(_VOTING, untold) if score > _UNLIKE]
        for (number, phrasing), score in zip(self._passages.phrasings, asked, strict=False):
            alike = score - _UNLIKE
            if alike <= 0:
                continue
            if number not in hits or alike > hits[number].likeness:
                hits[number] = Hit(phrasing, alike)
            near.append((score, number))
        voting = Counter(number for _, number in nlargest(_VOTING, near))
        return Heard(
            hits=hits,
            untold=max(0.0, max(untold, default=0.0) - _UNLIKE),
            votes={number: count / _VOTING for number, count in voting.items() if number >= 0},
        )

    def said(self, subject: str) -> Sequence[float]:
        """Return for each passage how alike `subject` is to what people say for its words."""
        best = [0.0] * len(self._passages.passages)
        scores = self._scores(self._said_examples, subject)
        for (_, numbers), score in zip(self._said, scores, strict=False):
            alike = score - _UNLIKE
            for number in numbers:
                best[number] = max(best[number], alike)
        return best

    def _scores(self, examples: Examples, *asked: str) -> Sequence[float]:
        """Return the mean likeness of each example to what is asked; none without a model."""
        if not examples.texts:
            return ()
        found = [self._meaning.resemblance(examples, text) or () for text in dict.fromkeys(asked)]
        return (
            found[0] if len(found) == 1 else [sum(pair) / 2 for pair in zip(*found, strict=True)]
        )

    def read(self, candidate: Candidate, phrasing: Phrasing) -> Candidate:
        """Return a candidate that holds what is asked where the phrasing says it stands.

        What the phrasing says counts as said there; the phrases it stands for weigh as much as
        all words of the question.
        """
        spoken = key(fold(phrasing.text))
        phrases = [
            phrase
            for phrase in self._passages.phrases_of(candidate.passage)
            if phrase.span.start < phrasing.span.end and phrasing.span.start < phrase.span.end
        ]
        matches = [_as_spoken(match, spoken, phrases) for match in candidate.matches]
        whole = Term(phrasing.text, sum(m.term.weight for m in matches) or 1.0, ())
        matches += [Match(whole, phrase.key, 1.0) for phrase in phrases]
        return replace(candidate, matches=tuple(matches))


def _said_for(evidences: Evidences, lexicon: Lexicon) -> list[tuple[str, Sequence[int]]]:
    """Return phrases of the lexicon, each with the passages that hold what it stands for."""
    found: list[tuple[str, Sequence[int]]] = []
    for phrase, forms in lexicon.synonyms.items():
        if len(phrase) < _LEAST_SAID:
            continue
        numbers: set[int] = set()
        for form, strength in forms:
            if strength >= WRITTEN and len(form) >= _LEAST_WRITTEN:
                held = evidences.texts.find(form)
                numbers |= held if len(held) <= _MOST_HOLDING else frozenset()
        if numbers:
            found.append((phrase, sorted(numbers)))
    return found


def _as_spoken(match: Match, spoken: str, phrases: Sequence[Phrase]) -> Match:
    if match.strength >= COVERED or match.term.text not in spoken or not phrases:
        return match
    return Match(match.term, phrases[0].key, WRITTEN)
