"""Answers that quote the passage a question is about, or refuse where none answers it."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft, choices_of, understood
from knowledge.ask.compose.explain import explain
from knowledge.ask.compose.figures import FigureQuotes
from knowledge.ask.compose.owners import OwnerQuotes
from knowledge.ask.compose.phrases import phrase_at
from knowledge.ask.compose.places import place_reply
from knowledge.ask.compose.times import TimeQuotes
from knowledge.ask.compose.words import WordQuotes
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import COVERED, Candidate
from knowledge.ask.limits import Limits
from knowledge.ask.meaning import Meaning
from knowledge.ask.names import How, Mention, Name
from knowledge.ask.passages import Passage
from knowledge.ask.question import Intent, Question, Term
from knowledge.ask.quotes import evidence
from knowledge.ask.reply import Outcome, Reply
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import QuestionWords
from knowledge.language.script import fold, key
from knowledge.plan.model import Span

NAME_WEIGHT = 1.5
_MOST_PLACES = 6
_HEAD_MARGIN = 0.015
_LIST_BONUS = 0.04
_MOST_LISTED = 4
_HEAVY = 0.4
_WEIGHTY = 0.25
_OTHER_TERMS = 0.5


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
        limits: Limits,
        meaning: Meaning,
    ) -> None:
        """Keep the plan's desk, the sentences, the units, the limits and the ranker by meaning."""
        self._desk = desk
        self._meaning = meaning
        self._wording = wording
        self._limits = limits
        self.words = WordQuotes(desk, wording)
        self._quotes: dict[Intent, Quotes] = {
            Intent.WHO: OwnerQuotes(desk),
            Intent.WHEN: TimeQuotes(desk),
            Intent.FIGURE: FigureQuotes(desk, questions),
        }

    def answer(self, question: Question) -> Draft:
        """Answer from the passages that cover the question best, or refuse."""
        names = named(question)
        if not question.terms and not question.attributes and self._several(question):
            return self._ambiguous(question, names)
        if len(question.mentions) > 1 and self._each_sure(question):
            return self._each(question)
        if question.terms and self._several_words(question):
            words = tuple(self._as_word(item) for item in question.mentions)
            draft = self._answer(replace(question, mentions=(), terms=words + question.terms))
            if draft.reply.outcome is Outcome.ANSWERED:
                return draft
        if question.asides and not question.mentions:
            whole = replace(question, terms=question.asides + question.terms, asides=())
            draft = self._answer(whole)
            if draft.reply.outcome is Outcome.ANSWERED:
                return draft
        return self._answer(question)

    @staticmethod
    def _each_sure(question: Question) -> bool:
        """Tell whether several programs are named, each beyond doubt."""
        return all(len(item.names) == 1 and item.how is not How.PART for item in question.mentions)

    def _each(self, question: Question) -> Draft:
        """Answer of each program named, and say of which the plan does not tell."""
        together = self._answer(question)
        if question.terms and together.reply.outcome is Outcome.ANSWERED:
            names = named(question)
            quotes = "".join(key(fold(item.quote)) for item in together.reply.evidence)
            if all(name.key in quotes for name in names):
                return together
        drafts = [self._answer(replace(question, mentions=(item,))) for item in question.mentions]
        answered = [item for item in drafts if item.reply.outcome is Outcome.ANSWERED]
        if not answered:
            return drafts[0]
        evidences = {
            (item.start, item.end): item for draft in answered for item in draft.reply.evidence
        }
        reply = replace(
            answered[0].reply,
            text="\n".join(dict.fromkeys(draft.reply.text for draft in drafts)),
            understood=understood(question),
            evidence=tuple(evidences.values()),
            figures=tuple(dict.fromkeys(row for d in answered for row in d.reply.figures)),
            deadlines=tuple(dict.fromkeys(row for d in answered for row in d.reply.deadlines)),
            missing=tuple(name for draft in drafts for name in draft.reply.missing),
        )
        return replace(answered[0], reply=reply)

    @staticmethod
    def _several_words(question: Question) -> bool:
        """Tell whether the names mentioned are but words that stand in names."""
        return bool(question.mentions) and all(item.how is How.PART for item in question.mentions)

    @staticmethod
    def _as_word(mention: Mention) -> Term:
        return Term(mention.wrote, 1.0, ((mention.wrote, 1.0),))

    def _answer(self, question: Question) -> Draft:
        candidates = self.candidates(question)
        if (draft := self._by_meaning_where_unsure(question, candidates)) is not None:
            return draft
        draft = self._by_keywords(question, candidates)
        notes = explain(question, candidates, self._wording, self._limits.floor)
        return replace(draft, notes=notes)

    def _by_keywords(self, question: Question, candidates: Sequence[Candidate]) -> Draft:
        """Answer from what covers the question, or name what is missing."""
        if candidates and not self._short_of(question, candidates[0]):
            return self.from_candidates(question, candidates)
        if not candidates:
            return refusal.not_found(question, self._wording, self._absent(question, None))
        top = candidates[0]
        missing = self._absent(question, top)
        if question.mentions:
            return refusal.lacks(question, self._wording, self._desk, missing, top.coverage)
        return refusal.not_found(question, self._wording, missing)

    def _by_meaning_where_unsure(
        self, question: Question, candidates: Sequence[Candidate]
    ) -> Draft | None:
        """Answer from the passage nearest in meaning, where keywords alone are not sure."""
        if question.mentions or not question.terms:
            return None
        if candidates and not self._short_of(question, candidates[0]):
            return None
        likeness = self._meaning.likeness(self._desk.passages, in_plan_words(question))
        if likeness is None:
            return None
        ranked = sorted(
            (
                (alike + self._limits.coverage_weight * item.coverage, item)
                for number, alike in enumerate(likeness)
                for item in (self._desk.evidences.candidate(number, question.terms),)
                if not item.about_other
            ),
            key=lambda pair: -pair[0],
        )
        if not ranked:
            return None
        best = ranked[0][1]
        sure = self._sureness([score for score, _ in ranked])
        if sure < self._limits.meaning_floor + self._doubt(question, best):
            return None
        draft = self.from_candidates(question, [best])
        if draft.reply.outcome is not Outcome.ANSWERED:
            return None
        notes = explain(question, [best], self._wording, self._limits.floor)
        chosen = self._wording.say("explain_meaning", score=f"{sure:.3f}")
        return replace(draft, notes=(*notes, chosen))

    def _sureness(self, scores: Sequence[float]) -> float:
        """Return the best score, raised by how far it stands out from all."""
        spread = statistics.pstdev(scores)
        distinct = (scores[0] - statistics.fmean(scores)) / spread if spread else 0.0
        return scores[0] + self._limits.distinctness_weight * distinct

    def candidates(self, question: Question) -> list[Candidate]:
        """Return the passages that may answer, best first: those about what is named."""
        names = named(question)
        terms = [*question.terms, *map(name_term, names)]
        found = self._desk.evidences.candidates(terms)
        if names:
            holding = [item for item in found if _holds(item.passage, names)]
            tasks = {item.passage.task for item in holding}
            beside = [
                item
                for item in found
                if item.passage.task in tasks
                and not _holds(item.passage, names)
                and any(term.weight >= _WEIGHTY for term in question.terms)
                and self._other_terms(question, item) >= 1.0 - 1e-6
            ]
            found = holding + beside
        found = [item for item in found if not item.about_other] or found
        if question.intent is Intent.LIST:
            found.sort(key=lambda item: (-self._as_list(item), item.passage.number))
        return found

    def _as_list(self, candidate: Candidate) -> float:
        """Return the score of a candidate as a list: one that names several things gains."""
        span = candidate.passage.span
        named_here = sum(
            span.start <= program.start < span.end for program in self._desk.plan.programs
        )
        return candidate.score + _LIST_BONUS * min(named_here, _MOST_LISTED)

    def _short_of(self, question: Question, top: Candidate) -> bool:
        """Tell whether even the best candidate covers too little."""
        if top.about_other or not self._substantial(question, top):
            return True
        if not question.mentions and top.coverage < self._limits.floor:
            return True
        if self._misses_head(question, top):
            return True
        return bool(question.mentions and self._other_terms(question, top) < _OTHER_TERMS)

    def _doubt(self, question: Question, candidate: Candidate) -> float:
        """Return how much nearer in meaning a passage must be that misses the question's head.

        What a plan says of another thing sounds most alike where a number is asked for.
        """
        counted = question.intent in (Intent.FIGURE, Intent.WHEN)
        return _HEAD_MARGIN if counted and self._misses_head(question, candidate) else 0.0

    @staticmethod
    def _misses_head(question: Question, candidate: Candidate) -> bool:
        """Tell whether the thing the question is after is not in the passage."""
        head = question.head
        return head is not None and head in candidate.missing

    @staticmethod
    def _substantial(question: Question, top: Candidate) -> bool:
        """Tell whether a thing asked about is covered, and not only what happens to it."""
        solid = {term.text for term in question.terms if term.solid}
        return (
            not solid
            or bool(question.mentions)
            or any(match.strength >= COVERED for match in top.matches if match.term.text in solid)
        )

    @staticmethod
    def _other_terms(question: Question, candidate: Candidate) -> float:
        """Return the coverage of the solid terms that are no names."""
        own = {term.text for term in question.terms if term.solid}
        matches = [match for match in candidate.matches if match.term.text in own]
        total = sum(match.term.weight for match in matches)
        return sum(m.strength * m.term.weight for m in matches) / total if total else 1.0

    def from_candidates(self, question: Question, candidates: Sequence[Candidate]) -> Draft:
        """Answer with the first candidate that holds the kind of thing asked for."""
        top = candidates[0]
        near = [item for item in candidates if item.coverage >= top.coverage - self._limits.slack]
        for attribute in question.attributes:
            pool = candidates if question.mentions else near
            near = [item for item in pool if _tells(item.passage, attribute.told_by)]
            if not near:
                return refusal.lacks(
                    question, self._wording, self._desk, (attribute.name,), top.coverage
                )
        wanted = [intent for intent in self._quotes if intent is question.intent]
        wanted += [i for i in self._quotes if i.value in question.asks and i not in wanted]
        if question.attributes and question.intent is Intent.FIGURE and not question.unit:
            wanted = []
        if wanted:
            return self._required(question, candidates if question.mentions else near, wanted)
        if question.intent is Intent.WHERE:
            return self._where(question, near)
        return self.words.quote(question, near)

    def _required(
        self, question: Question, near: Sequence[Candidate], wanted: Sequence[Intent]
    ) -> Draft:
        """Quote what is asked for, from the first candidate that holds it."""
        sound = [item for item in near if not self._about_other(question, item)] or []
        for intent in wanted:
            for candidate in sound:
                draft = self._quotes[intent].quote(question, candidate)
                if draft is not None:
                    return draft
        missing = self._missing_kind(question, wanted[0])
        return refusal.lacks(question, self._wording, self._desk, (missing,), near[0].coverage)

    def _about_other(self, question: Question, candidate: Candidate) -> bool:
        """Tell whether a weighty word of the question stands in the plan, but not here.

        A number or a time is of one thing: what the plan says of another thing is no answer.
        """
        return any(
            match.strength < COVERED
            and match.term.weight >= _HEAVY
            and match.term.forms
            and match.term.text in {term.text for term in question.terms}
            for match in candidate.matches
        )

    def _missing_kind(self, question: Question, intent: Intent) -> str:
        if intent is Intent.FIGURE:
            return self._wording.say(f"unit_{question.unit}" if question.unit else "figure_name")
        return self._wording.say("when_name" if intent is Intent.WHEN else "who_name")

    @staticmethod
    def _several(question: Question) -> bool:
        return any(
            len(mention.names) > 1 and mention.how is not How.EXACT
            for mention in question.mentions
        )

    @staticmethod
    def _absent(question: Question, top: Candidate | None) -> list[str]:
        if top is None:
            return [term.text for term in question.terms]
        return [term.text for term in top.missing] or [term.text for term in question.terms][:1]

    def _ambiguous(self, question: Question, names: Sequence[Name]) -> Draft:
        evidences = [
            evidence(
                self._desk.plan,
                phrase_at(self._desk, passage, name.records[0].start).span,
                passage.task,
            )
            for name in names
            if (passage := self._desk.passages.at(name.records[0].start)) is not None
        ]
        text = self._wording.list_names(name.text for name in names)
        reply = Reply(
            outcome=Outcome.AMBIGUOUS,
            text=self._wording.say("ambiguous", names=text),
            understood=understood(question),
            evidence=tuple(evidences),
            choices=choices_of(name.text for name in names),
        )
        return Draft(reply)

    def _where(self, question: Question, near: Sequence[Candidate]) -> Draft:
        """Say in which section and task the best passages stand."""
        best = [item for item in near if item.coverage >= near[0].coverage - 0.02]
        bodies = [item for item in best if not item.passage.heading] or best
        shown = [
            (self._core(item), item.passage)
            for item in sorted(bodies[:_MOST_PLACES], key=lambda item: item.passage.number)
        ]
        reply = place_reply(self._desk, self._wording, question, shown)
        return Draft(reply, near[0].coverage)

    def _core(self, candidate: Candidate) -> Span:
        shares = self._desk.evidences.phrase_shares(candidate)
        return max(shares, key=lambda item: item[1])[0].span


def in_plan_words(question: Question) -> str:
    """Return a question with the words a plan may write for its own behind it."""
    forms = [form for term in question.terms for form, _ in term.forms[:2] if form != term.text]
    return " ".join((question.text, *forms))


def named(question: Question) -> tuple[Name, ...]:
    """Return the names a question mentions, each once."""
    return tuple(dict.fromkeys(name for mention in question.mentions for name in mention.names))


def name_term(name: Name) -> Term:
    """Return a name as a term to be covered."""
    return Term(name.text, NAME_WEIGHT, ((name.key, 1.0),))


def _holds(passage: Passage, names: Sequence[Name]) -> bool:
    return any(name.key in passage.key for name in names)


def _tells(passage: Passage, told_by: Sequence[str]) -> bool:
    return any(key(fold(word)) in passage.key for word in told_by)
