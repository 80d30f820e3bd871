"""The kind of thing a question asks for, quoted from passages that were found for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.due_lines import DueLineQuotes
from knowledge.ask.compose.figures import FigureQuotes
from knowledge.ask.compose.owners import OwnerQuotes
from knowledge.ask.compose.places import place_reply
from knowledge.ask.compose.times import TimeQuotes
from knowledge.ask.compose.words import WordQuotes
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.judge import Judge, is_of_other
from knowledge.ask.passages import Passage
from knowledge.ask.question import Intent, Question, Term
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import Attribute, QuestionWords
from knowledge.language.script import fold, key
from knowledge.plan.model import DeadlineKind

_MOST_PLACES = 6
_AS_GOOD = 0.02


class Quotes(Protocol):
    """Anything that quotes one kind of thing from a passage."""

    def quote(self, question: Question, candidate: Candidate) -> Draft | None:
        """Quote it from the candidate, None where the passage does not hold it."""
        ...

    def holds(self, question: Question, candidate: Candidate) -> bool:
        """Tell whether the passage holds any of that kind, of whatever it may be."""
        ...


class FoundQuotes:
    """Quotes from passages of one plan what a question asks for, or says that they lack it."""

    def __init__(
        self, desk: Desk, wording: Wording, questions: QuestionWords, judge: Judge
    ) -> None:
        """Keep the plan's desk, the sentences, the units, and what judges passages."""
        self._desk = desk
        self._wording = wording
        self._judge = judge
        self._questions = questions
        self.words = WordQuotes(desk, wording)
        self.figures = FigureQuotes(desk, questions)
        self._due_lines = DueLineQuotes(desk)
        self._quotes: dict[Intent, Quotes] = {
            Intent.WHO: OwnerQuotes(desk),
            Intent.WHEN: TimeQuotes(desk),
            Intent.FIGURE: self.figures,
        }

    def answer(self, question: Question, candidates: Sequence[Candidate]) -> Draft:
        """Answer with the first candidate that holds the kind of thing asked for."""
        score = candidates[0].coverage
        near = self._judge.near(candidates)
        if question.intent is Intent.WHO and (draft := self._who(question, near)) is not None:
            return draft
        for attribute in question.attributes:
            pool = candidates if question.mentions else near
            near = [item for item in pool if tells(item.passage, attribute)]
            if not near and (draft := self._due(question, pool)) is not None:
                return draft
            if not near:
                missing = (attribute.name,)
                return refusal.lacks(question, self._wording, self._desk, missing, score)
        wanted = self._wanted(question)
        for name, holds in self._demands(question, wanted):
            near = [item for item in near if holds(item)]
            if not near:
                return refusal.lacks(question, self._wording, self._desk, (name,), score)
        if wanted:
            return self._required(question, candidates if question.mentions else near, wanted)
        if question.intent is Intent.WHERE:
            return self._where(question, near)
        return self.words.quote(question, near)

    def _who(self, question: Question, near: Sequence[Candidate]) -> Draft | None:
        """Quote who is responsible, by the plan's marks or by its own words; None for neither."""
        for candidate in near:
            if (draft := self._quotes[Intent.WHO].quote(question, candidate)) is not None:
                return draft
            phrase = self._desk.evidences.best_phrase(candidate).key
            told = [key(fold(word)) for item in question.attributes for word in item.told_by]
            if any(word and word in phrase for word in (*told, *self._questions.doers)):
                return self.words.quote(question, [candidate])
        return None

    def _demands(
        self, question: Question, wanted: Sequence[Intent]
    ) -> Iterator[tuple[str, Callable[[Candidate], bool]]]:
        """Yield what a passage must hold beside what is asked for, each with its name."""
        if "each" in question.asks and question.intent is Intent.FIGURE:
            yield (
                self._kind(question, Intent.FIGURE),
                lambda item: self._questions.tells_of_each(question.text, item.passage.key),
            )
        if "naming" in question.asks and not wanted:
            yield self._wording.say("names_name"), self._enumerates
        for term in self._which(question):
            yield term.text, partial(_holds, term)

    def _which(self, question: Question) -> list[Term]:
        """Return what a question asks which one of (哪家医院): without it nothing is told."""
        if question.intent is Intent.WHO:
            return []
        return [
            term
            for term in question.terms
            if term.solid and self._questions.which.search(question.text.partition(term.text)[0])
        ]

    def _enumerates(self, candidate: Candidate) -> bool:
        """Tell whether the best phrase names one thing after another."""
        return "、" in self._desk.plan.quote(self._desk.evidences.best_phrase(candidate).span)

    def _wanted(self, question: Question) -> list[Intent]:
        """Return the kinds of thing asked for, the one that counts first."""
        if question.attributes and question.intent is Intent.FIGURE and not question.unit:
            return []
        first = [intent for intent in self._quotes if intent is question.intent]
        others = [intent for intent in self._quotes if intent.value in question.asks]
        return list(dict.fromkeys((*first, *others)))

    def _required(
        self, question: Question, near: Sequence[Candidate], wanted: Sequence[Intent]
    ) -> Draft:
        """Quote what is asked for, from the first candidate that holds it."""
        sound = [item for item in near if not is_of_other(question, item)]
        if (draft := self._due_first(question, sound)) is not None:
            return draft
        for intent in wanted:
            for candidate in sound:
                draft = self._quotes[intent].quote(question, candidate)
                if draft is not None:
                    return draft
        if (draft := self._due(question, sound)) is not None:
            return draft
        missing = (self._kind(question, wanted[0]),)
        return refusal.lacks(question, self._wording, self._desk, missing, near[0].coverage)

    def _due(self, question: Question, near: Sequence[Candidate]) -> Draft | None:
        """Quote when the tasks of what was found are due, where a time is asked for."""
        if Intent.WHEN not in self._wanted(question):
            return None
        return self._due_lines.quote(question, near)

    def _due_first(self, question: Question, sound: Sequence[Candidate]) -> Draft | None:
        """Quote when a task is due that is asked of by its title, or of whose end is asked.

        What recurs has no end; a date that is told of the very thing counts more.
        """
        if not sound or "recurring" in question.asks:
            return None
        if sound[0].passage.heading:
            return self._due(question, sound[:1])
        if not self._questions.ends.search(question.text):
            return None
        dated = any(
            item.kind is not DeadlineKind.RECURRING and candidate.passage.span.covers(item.start)
            for item in self._desk.plan.deadlines
            for candidate in sound
        )
        return None if dated else self._due(question, sound)

    def _kind(self, question: Question, intent: Intent) -> str:
        """Return how the kind of thing asked for is named in a refusal."""
        if intent is Intent.FIGURE:
            return self._wording.say(f"unit_{question.unit}" if question.unit else "figure_name")
        return self._wording.say("when_name" if intent is Intent.WHEN else "who_name")

    def _where(self, question: Question, near: Sequence[Candidate]) -> Draft:
        """Say in which section and task the best passages stand."""
        best = [item for item in near if item.coverage >= near[0].coverage - _AS_GOOD]
        bodies = [item for item in best if not item.passage.heading] or best
        shown = [
            (self._desk.evidences.best_phrase(item).span, item.passage)
            for item in sorted(bodies[:_MOST_PLACES], key=lambda item: item.passage.number)
        ]
        return Draft(place_reply(self._desk, self._wording, question, shown), near[0].coverage)

    def holds(self, question: Question, candidate: Candidate) -> bool:
        """Tell whether a passage holds a thing of the kind asked for, of whatever it may be."""
        told = all(tells(candidate.passage, item) for item in question.attributes)
        wanted = self._wanted(question)
        return told and any(self._quotes[intent].holds(question, candidate) for intent in wanted)


def tells(passage: Passage, attribute: Attribute) -> bool:
    """Tell whether a passage holds one of the words without which it cannot state a thing."""
    if any(word in passage.text or _plainly(word) in passage.key for word in attribute.told_by):
        return True
    like = attribute.told_like
    return bool(like and (like.search(passage.key) or like.search(passage.text)))


def _plainly(word: str) -> str:
    """Return a word as a key, but one with punctuation as it is: no key holds that."""
    plain = key(word)
    return plain if len(plain) == len(word) else word


def _holds(term: Term, candidate: Candidate) -> bool:
    """Tell whether a passage holds a term in one of its forms."""
    return any(form in candidate.passage.key for form, _ in term.forms)
