"""Answers that quote the passage a question is about: a figure, a time, an owner, or its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import (
    Draft,
    Quoting,
    choices_of,
    listed,
    quoted,
    understood,
)
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.names import How, Name
from knowledge.ask.passages import Passage, Phrase
from knowledge.ask.question import Intent, Question, Term
from knowledge.ask.quotes import evidence, spoken
from knowledge.ask.reply import Outcome, Reply
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import QuestionWords
from knowledge.language.script import fold, key
from knowledge.plan.model import Deadline, Figure, Span

NAME_WEIGHT = 1.5
LONGEST = 160
_SLACK = 0.12
_MOST_ITEMS = 6
_FIGURE_SHARE = 0.34


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a question must be covered before it is answered."""

    floor: float
    gap: float


class ContentDesk:
    """Answers content questions about one plan."""

    def __init__(
        self, desk: Desk, wording: Wording, questions: QuestionWords, limits: Limits
    ) -> None:
        """Keep the plan's desk, the sentences, the units and the calibrated limits."""
        self._desk = desk
        self._wording = wording
        self._questions = questions
        self._limits = limits

    # -- finding ---------------------------------------------------------------------------

    def answer(self, question: Question) -> Draft:
        """Answer from the passages that cover the question best, or refuse."""
        names = self._named(question)
        if not question.terms and not question.attributes and self._several(question):
            return self._ambiguous(question)
        terms = [*question.terms, *(self._name_term(name) for name in names)]
        candidates = self._desk.evidences.candidates(terms)
        if question.mentions:
            candidates = [item for item in candidates if self._holds(item.passage, names)]
        if not candidates:
            return refusal.not_found(question, self._wording, self._absent(question, None))
        top = candidates[0]
        missing = self._absent(question, top)
        if top.coverage < self._limits.floor or any(term.vital for term in top.missing):
            if question.mentions:
                return refusal.lacks(question, self._wording, self._desk, missing, top.coverage)
            return refusal.not_found(question, self._wording, missing)
        near = [item for item in candidates if item.coverage >= top.coverage - _SLACK]
        return self.from_candidates(question, near)

    def from_candidates(self, question: Question, near: Sequence[Candidate]) -> Draft:
        """Answer with the first candidate that holds the kind of thing asked for."""
        top = near[0]
        for attribute in question.attributes:
            near = [item for item in near if self._tells(item.passage, attribute.told_by)]
            if not near:
                return refusal.lacks(
                    question, self._wording, self._desk, (attribute.name,), top.coverage
                )
        if question.intent is Intent.FIGURE:
            return self._figure(question, near)
        if question.intent is Intent.WHEN:
            return self._when(question, near)
        if question.intent is Intent.WHO:
            return self._who(question, near)
        if question.intent is Intent.WHERE:
            return Draft(self.where(question, [near[0].passage]), near[0].coverage)
        return self._words(question, near)

    def _named(self, question: Question) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(n for mention in question.mentions for n in mention.names))

    @staticmethod
    def _several(question: Question) -> bool:
        return any(
            len(mention.names) > 1 and mention.how is not How.EXACT
            for mention in question.mentions
        )

    @staticmethod
    def _name_term(name: Name) -> Term:
        return Term(name.text, NAME_WEIGHT, ((name.key, 1.0),))

    @staticmethod
    def _holds(passage: Passage, names: Sequence[Name]) -> bool:
        return any(name.key in passage.key for name in names)

    @staticmethod
    def _absent(question: Question, top: Candidate | None) -> list[str]:
        if top is None:
            return [term.text for term in question.terms]
        return [term.text for term in top.missing] or [term.text for term in question.terms][:1]

    @staticmethod
    def _tells(passage: Passage, told_by: Sequence[str]) -> bool:
        return any(key(fold(word)) in passage.key for word in told_by)

    def _ambiguous(self, question: Question) -> Draft:
        names = self._named(question)
        evidences = [
            evidence(self._desk.plan, self._phrase_at(passage, name.records[0].start).span, p)
            for name in names
            if (passage := self._desk.passages.at(name.records[0].start)) is not None
            for p in (passage.task,)
        ]
        reply = Reply(
            outcome=Outcome.AMBIGUOUS,
            text=self._wording.say(
                "ambiguous", names=self._wording.list_names(name.text for name in names)
            ),
            understood=understood(question),
            evidence=tuple(evidences),
            choices=choices_of(name.text for name in names),
        )
        return Draft(reply)

    def _phrase_at(self, passage: Passage, offset: int) -> Phrase:
        phrases = [self._desk.passages.phrases[at] for at in passage.phrases]
        return next(
            (item for item in phrases if item.span.start <= offset < item.span.end), phrases[0]
        )

    # -- figures ---------------------------------------------------------------------------

    def _figure(self, question: Question, near: Sequence[Candidate]) -> Draft:
        for candidate in near:
            found = self._best_figures(question, candidate)
            if found:
                spans = [self._figure_span(candidate, figure) for figure in found]
                quotings = [Quoting(span, candidate.passage.task) for span in _merged(spans)]
                return Draft(quoted(self._desk, question, quotings), candidate.coverage)
        missing = self._wording.say(f"unit_{question.unit}" if question.unit else "figure_name")
        return refusal.lacks(question, self._wording, self._desk, (missing,), near[0].coverage)

    def _best_figures(self, question: Question, candidate: Candidate) -> list[Figure]:
        shares = self._desk.evidences.phrase_shares(candidate)
        whole = sum(share for _, share in shares) or 1.0
        scored: list[tuple[float, Figure]] = []
        for figure in self._desk.plan.figures:
            if not _within(figure.start, candidate.passage.span):
                continue
            if not self._counts(question, figure):
                continue
            own = key(fold(figure.subject + figure.quote))
            share = max(
                max(
                    (s for phrase, s in shares if _within(figure.start, phrase.span)), default=0.0
                ),
                sum(m.strength * m.term.weight for m in candidate.matches if m.form in own),
            )
            scored.append((share, figure))
        if not scored:
            return []
        best = max(share for share, _ in scored)
        alone = len(scored) == 1 and len(shares) == 1
        if best < _FIGURE_SHARE * whole and not alone:
            return []
        return [figure for share, figure in scored if share >= best - 1e-9]

    def _counts(self, question: Question, figure: Figure) -> bool:
        """Tell whether the figure is of the kind asked for."""
        if not question.unit:
            return True
        wanted = self._questions.units[question.unit]
        if question.unit == "percent":
            return figure.unit in wanted
        return figure.unit in wanted

    def _figure_span(self, candidate: Candidate, figure: Figure) -> Span:
        """Return the phrases that hold the figure and what it is of, short enough to read."""
        shares = self._desk.evidences.phrase_shares(candidate)
        own = next(
            (phrase for phrase, _ in shares if _within(figure.start, phrase.span)), shares[0][0]
        )
        best = max(shares, key=lambda item: item[1])[0]
        start = min(own.span.start, best.span.start)
        end = max(own.span.end, best.span.end)
        return Span(start, end) if end - start <= LONGEST else own.span

    # -- times -----------------------------------------------------------------------------

    def _when(self, question: Question, near: Sequence[Candidate]) -> Draft:
        for candidate in near:
            shares = self._desk.evidences.phrase_shares(candidate)
            best = max(shares, key=lambda item: item[1])[0]
            governing = [
                deadline
                for deadline in self._desk.plan.deadlines
                if _within(deadline.start, candidate.passage.span)
                and _governs(deadline, best.span)
            ]
            if governing:
                spans = [self._time_span(shares, deadline, best.span) for deadline in governing]
                quotings = [Quoting(span, candidate.passage.task) for span in _merged(spans)]
                return Draft(quoted(self._desk, question, quotings), candidate.coverage)
        return refusal.lacks(
            question,
            self._wording,
            self._desk,
            (self._wording.say("when_name"),),
            near[0].coverage,
        )

    @staticmethod
    def _time_span(shares: Sequence[tuple[Phrase, float]], deadline: Deadline, best: Span) -> Span:
        own = next(
            (phrase.span for phrase, _ in shares if _within(deadline.start, phrase.span)), best
        )
        start, end = min(own.start, best.start), max(own.end, best.end)
        return Span(start, end) if end - start <= LONGEST else own

    # -- owners ----------------------------------------------------------------------------

    def _who(self, question: Question, near: Sequence[Candidate]) -> Draft:
        for candidate in near:
            owners = [
                owner
                for owner in self._desk.plan.owners
                if _within(owner.start, candidate.passage.span)
            ]
            if owners:
                span = Span(min(o.start for o in owners), max(o.end for o in owners))
                quotings = [
                    Quoting(self._phrase_at(candidate.passage, span.start).span, owners[0].task)
                ]
                return Draft(quoted(self._desk, question, quotings), candidate.coverage)
        return refusal.lacks(
            question,
            self._wording,
            self._desk,
            (self._wording.say("who_name"),),
            near[0].coverage,
        )

    # -- words -----------------------------------------------------------------------------

    def _words(self, question: Question, near: Sequence[Candidate]) -> Draft:
        """Quote what the plan says: one passage, or each that says as much."""
        top = near[0]
        if question.mentions and not question.terms:
            shown = [item for item in near if not item.passage.heading] or list(near)
            shown.sort(key=lambda item: item.passage.number)
        else:
            shown = [item for item in near if item.coverage >= top.coverage - 0.02]
        quotings: list[Quoting] = []
        for candidate in shown[:_MOST_ITEMS]:
            if candidate.passage.heading:
                quotings += self._body(candidate.passage)
            else:
                quotings.append(self._sentence(candidate))
        reply = quoted(self._desk, question, quotings)
        if len(reply.evidence) > 1:
            reply = replace(
                reply, text=listed(self._wording, (item.quote for item in reply.evidence))
            )
        elif question.intent is Intent.YESNO:
            text = self._wording.say("original", quote=spoken(reply.evidence[0].quote))
            reply = replace(reply, text=text)
        return Draft(reply, top.coverage)

    def quote_all(self, question: Question, found: Sequence[Candidate]) -> Draft:
        """Quote every candidate, a line each."""
        reply = quoted(self._desk, question, [self._sentence(item) for item in found])
        text = listed(self._wording, (item.quote for item in reply.evidence))
        if len(reply.evidence) == 1:
            text = spoken(reply.evidence[0].quote)
        return Draft(replace(reply, text=text), max(item.coverage for item in found))

    def _body(self, heading: Passage) -> list[Quoting]:
        """Return the heading and the clauses of its task."""
        return [
            Quoting(item.span, item.task)
            for item in self._desk.passages.passages
            if item.task == heading.task
        ]

    def _sentence(self, candidate: Candidate) -> Quoting:
        """Return the whole clause, or of a long one the phrases round the best."""
        passage = candidate.passage
        if passage.span.end - passage.span.start <= LONGEST:
            return Quoting(passage.span, passage.task)
        shares = self._desk.evidences.phrase_shares(candidate)
        if not shares:
            return Quoting(passage.span, passage.task)
        at = max(range(len(shares)), key=lambda i: shares[i][1])
        first = last = at
        while True:
            before = shares[first - 1] if first > 0 else None
            after = shares[last + 1] if last + 1 < len(shares) else None
            grown = [item for item in (before, after) if item is not None]
            if not grown:
                break
            step = max(grown, key=lambda item: item[1])
            start = min(shares[first][0].span.start, step[0].span.start)
            end = max(shares[last][0].span.end, step[0].span.end)
            if end - start > LONGEST:
                break
            if step is before:
                first -= 1
            else:
                last += 1
        return Quoting(Span(shares[first][0].span.start, shares[last][0].span.end), passage.task)

    # -- places ----------------------------------------------------------------------------

    def where(self, question: Question, passages: Sequence[Passage]) -> Reply:
        """Say in which section and task passages stand, in the words of the headings."""
        from knowledge.ask.compose.places import place_reply

        return place_reply(self._desk, self._wording, question, passages)


def _within(offset: int, span: Span) -> bool:
    return span.start <= offset < span.end


def _governs(deadline: Deadline, phrase: Span) -> bool:
    if _within(deadline.start, phrase):
        return True
    return any(span.start < phrase.end and phrase.start < span.end for span in deadline.governs)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap or touch, in source order."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda item: item.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
