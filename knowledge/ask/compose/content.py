"""Answers that quote the passage a question is about, or refuse where none answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from knowledge.ask.compose import refusal, several
from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.explain import explain
from knowledge.ask.compose.figures import FigureQuotes
from knowledge.ask.compose.owners import OwnerQuotes
from knowledge.ask.compose.places import place_reply
from knowledge.ask.compose.times import TimeQuotes
from knowledge.ask.compose.words import WordQuotes
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.finder import Finder
from knowledge.ask.judge import Judge, is_of_other
from knowledge.ask.names import How, Mention
from knowledge.ask.passages import Passage
from knowledge.ask.question import Intent, Question, Term
from knowledge.ask.reply import Outcome
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import QuestionWords
from knowledge.language.script import fold, key

_MOST_PLACES = 6
_AS_GOOD = 0.02


class Quotes(Protocol):
    """Anything that quotes one kind of thing from a passage."""

    def quote(self, question: Question, candidate: Candidate) -> Draft | None:
        """Quote it from the candidate, None where the passage does not hold it."""
        ...


class ContentDesk:
    """Answers content questions about one plan."""

    def __init__(
        self,
        desk: Desk,
        wording: Wording,
        questions: QuestionWords,
        judge: Judge,
        finder: Finder,
    ) -> None:
        """Keep the plan's desk, the sentences, the units, and what finds and judges passages."""
        self._desk = desk
        self._wording = wording
        self._judge = judge
        self._finder = finder
        self.words = WordQuotes(desk, wording)
        self._quotes: dict[Intent, Quotes] = {
            Intent.WHO: OwnerQuotes(desk),
            Intent.WHEN: TimeQuotes(desk),
            Intent.FIGURE: FigureQuotes(desk, questions),
        }

    def answer(self, question: Question) -> Draft:
        """Answer from the passages that cover the question best, or refuse."""
        asked = bool(question.terms or question.attributes)
        if not asked and several.may_mean_several(question):
            return several.ask_back(question, self._desk, self._wording)
        if several.names_several(question):
            return self._answer_each(question)
        for reading in _fuller_readings(question):
            draft = self._answer(reading)
            if draft.reply.outcome is Outcome.ANSWERED:
                return draft
        return self._answer(question)

    def candidates(self, question: Question) -> list[Candidate]:
        """Return the passages that may answer by their words, best first."""
        return self._finder.by_words(question)

    def _answer_each(self, question: Question) -> Draft:
        """Answer of each program named, and say of which the plan does not tell."""
        together = self._answer(question)
        if question.terms and several.tells_of_all(question, together):
            return together
        drafts = [self._answer(replace(question, mentions=(item,))) for item in question.mentions]
        return several.joined(question, drafts)

    def _answer(self, question: Question) -> Draft:
        candidates = self.candidates(question)
        sure = bool(candidates) and not self._judge.falls_short(question, candidates[0])
        if not sure and (draft := self._by_meaning(question)) is not None:
            return draft
        draft = (
            self.from_candidates(question, candidates)
            if sure
            else self._refuse(question, candidates)
        )
        notes = explain(question, candidates, self._wording, self._judge.limits.floor)
        return replace(draft, notes=notes)

    def _by_meaning(self, question: Question) -> Draft | None:
        """Answer from the passage nearest in meaning, where the keywords are not sure."""
        found = self._finder.by_meaning(question)
        if found is None or not self._judge.is_sure(found[1]):
            return None
        best, sureness = found
        draft = self.from_candidates(question, [best])
        if draft.reply.outcome is not Outcome.ANSWERED:
            return None
        notes = explain(question, [best], self._wording, self._judge.limits.floor)
        chosen = self._wording.say("explain_meaning", score=f"{sureness:.3f}")
        return replace(draft, notes=(*notes, chosen))

    def _refuse(self, question: Question, candidates: Sequence[Candidate]) -> Draft:
        """Name what the best candidate does not cover."""
        missing = [term.text for term in question.terms]
        if candidates:
            missing = [term.text for term in candidates[0].missing] or missing[:1]
        if candidates and question.mentions:
            score = candidates[0].coverage
            return refusal.lacks(question, self._wording, self._desk, missing, score)
        return refusal.not_found(question, self._wording, self._desk, missing)

    def from_candidates(self, question: Question, candidates: Sequence[Candidate]) -> Draft:
        """Answer with the first candidate that holds the kind of thing asked for."""
        score = candidates[0].coverage
        near = self._judge.near(candidates)
        for attribute in question.attributes:
            pool = candidates if question.mentions else near
            near = [item for item in pool if _tells(item.passage, attribute.told_by)]
            if not near:
                missing = (attribute.name,)
                return refusal.lacks(question, self._wording, self._desk, missing, score)
        if wanted := self._wanted(question):
            return self._required(question, candidates if question.mentions else near, wanted)
        if question.intent is Intent.WHERE:
            return self._where(question, near)
        return self.words.quote(question, near)

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
        for intent in wanted:
            for candidate in sound:
                draft = self._quotes[intent].quote(question, candidate)
                if draft is not None:
                    return draft
        missing = (self._kind(question, wanted[0]),)
        return refusal.lacks(question, self._wording, self._desk, missing, near[0].coverage)

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


def _fuller_readings(question: Question) -> list[Question]:
    """Return other readings to try first: parts of names as words, and what was told aside."""
    readings: list[Question] = []
    if question.terms and all(item.how is How.PART for item in question.mentions):
        words = tuple(map(_as_word, question.mentions))
        if words:
            readings.append(replace(question, mentions=(), terms=words + question.terms))
    if question.asides and not question.mentions:
        terms = question.asides + question.terms
        readings.append(replace(question, terms=terms, asides=()))
    return readings


def _as_word(mention: Mention) -> Term:
    return Term(mention.wrote, 1.0, ((mention.wrote, 1.0),))


def _tells(passage: Passage, told_by: Sequence[str]) -> bool:
    return any(key(fold(word)) in passage.key for word in told_by)
