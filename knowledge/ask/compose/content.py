"""Answers that quote the passage a question is about, or refuse where none answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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

    def holds(self, question: Question, candidate: Candidate) -> bool:
        """Tell whether the passage holds any of that kind, of whatever it may be."""
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
        self._questions = questions
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
        sure = self._judge.is_answered(question, candidates)
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
        if found is None or not self._judge.is_sure(found.sureness):
            return None
        draft = self._from_nearest(question, found.candidate)
        if draft is None:
            return None
        notes = explain(question, [found.candidate], self._wording, self._judge.limits.floor)
        chosen = self._wording.say("explain_meaning", score=f"{found.sureness:.2f}")
        return replace(draft, notes=(*notes, chosen))

    def _from_nearest(self, question: Question, nearest: Candidate) -> Draft | None:
        """Answer from a passage chosen by meaning; None where it holds no such thing.

        Its words need not be those of the question: where they do not tell which figure or time
        is asked for, the whole passage is quoted.
        """
        draft = self.from_candidates(question, [nearest])
        if draft.reply.outcome is Outcome.ANSWERED:
            return draft
        wanted = self._wanted(question)
        told = all(_tells(nearest.passage, item.told_by) for item in question.attributes)
        if told and any(self._quotes[intent].holds(question, nearest) for intent in wanted):
            return self.words.quote(question, [nearest])
        return None

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
        if question.intent is Intent.WHO and (draft := self._who(question, near)) is not None:
            return draft
        for attribute in question.attributes:
            pool = candidates if question.mentions else near
            near = [item for item in pool if _tells(item.passage, attribute.told_by)]
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
            told = [word for item in question.attributes for word in item.told_by]
            if any(key(fold(word)) in phrase for word in told):
                return self.words.quote(question, [candidate])
        return None

    def _demands(
        self, question: Question, wanted: Sequence[Intent]
    ) -> Iterator[tuple[str, Callable[[Candidate], bool]]]:
        """Yield what a passage must hold beside what is asked for, each with its name."""
        if "each" in question.asks and question.intent is Intent.FIGURE:
            yield self._kind(question, Intent.FIGURE), self._tells_of_each
        if "naming" in question.asks and not wanted:
            yield self._wording.say("names_name"), self._enumerates

    def _tells_of_each(self, candidate: Candidate) -> bool:
        """Tell whether a passage says of anything that it is of each one."""
        return bool(self._questions.of_each.search(candidate.passage.key))

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
