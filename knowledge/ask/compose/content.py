"""Answers that quote the passage a question is about, or refuse where none answers it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.ask.compose import refusal, several
from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.explain import explain
from knowledge.ask.compose.found import FoundQuotes
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.finder import Finder
from knowledge.ask.judge import Judge, is_literal
from knowledge.ask.meaning.nearness import Nearest
from knowledge.ask.question import Question, Term
from knowledge.ask.reading.names import How, Mention
from knowledge.ask.reply import Outcome
from knowledge.ask.wording import Wording
from knowledge.plan.model import TaskKey

# How sure the meaning must be to answer otherwise than the keywords do.
_SURER = 0.75


class ContentDesk:
    """Answers content questions about one plan."""

    def __init__(
        self, desk: Desk, wording: Wording, found: FoundQuotes, judge: Judge, finder: Finder
    ) -> None:
        """Keep the plan's desk, the sentences, and what finds, judges and quotes passages."""
        self._desk = desk
        self._wording = wording
        self._judge = judge
        self._finder = finder
        self.found = found

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
        draft = self.rather(question, candidates[:1]) if sure else self.by_meaning(question)
        if draft is not None:
            return draft
        draft = (
            self.found.answer(question, candidates) if sure else self._refuse(question, candidates)
        )
        notes = explain(question, candidates, self._wording, self._judge.limits.floor)
        return replace(draft, notes=notes)

    def rather(self, question: Question, chosen: Sequence[Candidate]) -> Draft | None:
        """Answer from a passage that the keeper says is meant rather than the `chosen` ones.

        None where the question is in the chosen passages' own words, or nothing is surer.
        """
        if not self._desk.passages.phrasings or any(is_literal(question, c) for c in chosen):
            return None
        return self._nearest(question, _SURER, chosen)

    def by_meaning(self, question: Question) -> Draft | None:
        """Answer from the passage nearest in meaning; None where it is not sure to answer."""
        return self._nearest(question, self._judge.limits.meaning_floor, ())

    def _nearest(
        self, question: Question, floor: float, known: Sequence[Candidate]
    ) -> Draft | None:
        found = self._finder.by_meaning(question)
        if found is None or any(found.candidate.passage is item.passage for item in known):
            return None
        draft = self._sure_from(question, found, floor)
        if draft is None:
            return None
        notes = explain(question, [found.candidate], self._wording, self._judge.limits.floor)
        chosen = self._wording.say("explain_meaning", score=f"{draft.sureness:.2f}")
        return replace(draft, notes=(*notes, chosen))

    def by_meaning_in(
        self, question: Question, tasks: Collection[TaskKey], floor: float
    ) -> Draft | None:
        """Answer from the passage of some tasks that is nearest in meaning; None if not sure."""
        found = self._finder.by_meaning(question, tasks)
        return self._sure_from(question, found, floor) if found is not None else None

    def _sure_from(self, question: Question, nearest: Nearest, floor: float) -> Draft | None:
        """Answer from a passage chosen by meaning; None where that is less sure than `floor`."""
        drafted = self._from_nearest(question, nearest)
        if drafted is None or drafted[1].sureness < floor:
            return None
        return replace(drafted[0], sureness=drafted[1].sureness)

    def _from_nearest(self, question: Question, nearest: Nearest) -> tuple[Draft, Nearest] | None:
        """Answer from a passage chosen by meaning; None where it holds no such thing.

        Its words need not be those of the question: where they do not tell which figure or time
        is asked for, the whole passage is quoted. So it is where the keeper says that people ask
        for it in this way, though it holds no such thing by the plan's marks: then that is a sign.
        """
        draft = self.found.answer(question, [nearest.candidate])
        if draft.reply.outcome is Outcome.ANSWERED:
            return draft, nearest
        if not self.found.holds(question, nearest.candidate):
            if nearest.phrasing is None:
                return None
            nearest = replace(nearest, signs=replace(nearest.signs, unmet=1.0))
        return self.found.words.quote(question, [nearest.candidate]), nearest

    def _refuse(self, question: Question, candidates: Sequence[Candidate]) -> Draft:
        """Name what the best candidate does not cover."""
        missing = [term.text for term in question.terms]
        if candidates:
            missing = [term.text for term in candidates[0].missing] or missing[:1]
        if candidates and question.mentions:
            score = candidates[0].coverage
            return refusal.lacks(question, self._wording, self._desk, missing, score)
        return refusal.not_found(question, self._wording, self._desk, missing)


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
