"""The bodies a plan holds responsible, quoted with their duty."""

from __future__ import annotations

from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.phrases import merged, phrase_at, stretch
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.question import Question
from knowledge.plan.model import Owner, Span


class OwnerQuotes:
    """Quotes owners named by one plan."""

    def __init__(self, desk: Desk) -> None:
        """Keep the desk."""
        self._desk = desk

    def quote(self, question: Question, candidate: Candidate) -> Draft | None:
        """Quote the owners of the candidate's passage with its best phrase; None without any."""
        best = self._desk.evidences.best_phrase(candidate)
        governing = [
            owner
            for owner in self._desk.plan.owners
            if any(p.start < best.span.end and best.span.start < p.end for p in owner.governs)
        ] or [
            owner
            for owner in self._desk.plan.owners
            if candidate.passage.span.covers(owner.start)
            or (candidate.passage.heading and owner.task == candidate.passage.task)
        ]
        spans = [span for owner in governing if (span := self._phrase(owner)) is not None]
        if not spans:
            return None
        named = Span(min(span.start for span in spans), max(span.end for span in spans))
        joined = stretch(named, best.span)
        apart = joined == named or self._parted(best.span, named)
        parts = [best.span, named] if apart else [joined]
        quotings = [Quoting(span, candidate.passage.task) for span in merged(parts)]
        return Draft(quoted(self._desk, question, quotings), candidate.coverage)

    def _parted(self, one: Span, other: Span) -> bool:
        """Tell whether a whole passage stands between two stretches of different lines."""
        first, second = sorted((one, other), key=lambda span: span.start)
        between = Span(first.end, second.start)
        passages = self._desk.passages.passages
        return "\n" in self._desk.plan.source[between.start : between.end] and any(
            between.holds(item.span) for item in passages
        )

    def holds(self, question: Question, candidate: Candidate) -> bool:
        """Tell whether the candidate names a body that is responsible."""
        del question
        return any(candidate.passage.span.covers(owner.start) for owner in self._desk.plan.owners)

    def _phrase(self, owner: Owner) -> Span | None:
        """Return the phrase in which an owner is named."""
        passage = self._desk.passages.at(owner.start)
        return phrase_at(self._desk, passage, owner.start).span if passage else None
