"""The bodies a plan holds responsible, quoted with their duty."""

from __future__ import annotations

from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.phrases import phrase_at, stretch, within
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.question import Question
from knowledge.plan.model import Span


class OwnerQuotes:
    """Quotes owners named by one plan."""

    def __init__(self, desk: Desk) -> None:
        """Keep the desk."""
        self._desk = desk

    def quote(self, question: Question, candidate: Candidate) -> Draft | None:
        """Quote the owners of the candidate's passage with its best phrase; None without any."""
        owners = [
            owner
            for owner in self._desk.plan.owners
            if within(owner.start, candidate.passage.span)
        ]
        if not owners:
            return None
        shares = self._desk.evidences.phrase_shares(candidate)
        best = max(shares, key=lambda item: item[1])[0]
        governing = [
            owner
            for owner in owners
            if any(p.start < best.span.end and best.span.start < p.end for p in owner.governs)
        ] or owners
        first = phrase_at(self._desk, candidate.passage, governing[0].start).span
        last = phrase_at(self._desk, candidate.passage, governing[-1].start).span
        named = Span(first.start, last.end)
        quoting = Quoting(stretch(named, best.span), candidate.passage.task)
        return Draft(quoted(self._desk, question, [quoting]), candidate.coverage)
