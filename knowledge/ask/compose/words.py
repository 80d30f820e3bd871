"""What the plan says of a thing, in whole sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose.draft import Draft, Quoting, grouped, quoted
from knowledge.ask.compose.phrases import LONGEST
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.passages import Passage
from knowledge.ask.question import Intent, Question
from knowledge.ask.quotes import spoken
from knowledge.ask.wording import Wording
from knowledge.plan.model import Span

_MOST_ITEMS = 6
_AS_GOOD = 0.02


class WordQuotes:
    """Quotes sentences of one plan."""

    def __init__(self, desk: Desk, wording: Wording) -> None:
        """Keep the desk and the sentences of the program."""
        self._desk = desk
        self._wording = wording

    def quote(self, question: Question, near: Sequence[Candidate]) -> Draft:
        """Quote the best candidate, or each that says as much."""
        top = near[0]
        if self._is_keyword(question) and (heading := self._headed(near)) is not None:
            near = [heading, *(item for item in near if item.passage.task != heading.passage.task)]
            top = heading
        if question.mentions and not question.terms:
            shown = [item for item in near if not item.passage.heading] or list(near)
            shown.sort(key=lambda item: item.passage.number)
        else:
            shown = [item for item in near if abs(item.score - top.score) <= _AS_GOOD]
        quotings: list[Quoting] = []
        for candidate in shown[:_MOST_ITEMS]:
            if candidate.passage.heading and candidate is top and self._is_of(candidate):
                quotings += self._body(candidate.passage)
            else:
                quotings.append(self.sentence(candidate))
        reply = quoted(self._desk, question, quotings)
        if len(reply.evidence) > 1:
            reply = grouped(self._desk, self._wording, reply)
        elif question.intent is Intent.YESNO:
            text = self._wording.say("original", quote=spoken(reply.evidence[0].quote))
            reply = replace(reply, text=text)
        return Draft(reply, top.coverage)

    @staticmethod
    def _is_keyword(question: Question) -> bool:
        """Tell whether the question is a single word to look up."""
        return not question.mentions and len(question.terms) == 1 and question.asks <= {"what"}

    def _is_of(self, heading: Candidate) -> bool:
        """Tell whether a task is about what its heading is found by, not only names it too."""
        if "、" not in self._desk.plan.quote(heading.passage.span):
            return True
        return any(
            passage.task == heading.passage.task
            and not passage.heading
            and any(match.form and match.form in passage.key for match in heading.matches)
            for passage in self._desk.passages.passages
        )

    @staticmethod
    def _headed(near: Sequence[Candidate]) -> Candidate | None:
        return next((item for item in near if item.passage.heading), None)

    def quote_all(self, question: Question, found: Sequence[Candidate]) -> Draft:
        """Quote every candidate, a line each."""
        reply = quoted(self._desk, question, [self.sentence(item) for item in found])
        if len(reply.evidence) > 1:
            reply = grouped(self._desk, self._wording, reply)
        return Draft(reply, max(item.coverage for item in found))

    def _body(self, heading: Passage) -> list[Quoting]:
        """Return the heading and the clauses of its task."""
        return [
            Quoting(item.span, item.task)
            for item in self._desk.passages.passages
            if item.task == heading.task
        ]

    def sentence(self, candidate: Candidate) -> Quoting:
        """Return the whole clause, or of a long one the phrases round the best."""
        passage = candidate.passage
        shares = self._desk.evidences.phrase_shares(candidate)
        if passage.span.end - passage.span.start <= LONGEST or not shares:
            return Quoting(passage.span, passage.task)
        first = last = max(range(len(shares)), key=lambda at: shares[at][1])
        while True:
            before = first - 1 if first > 0 else None
            after = last + 1 if last + 1 < len(shares) else None
            steps = [at for at in (before, after) if at is not None]
            if not steps:
                break
            step = max(steps, key=lambda at: shares[at][1])
            start = shares[min(first, step)][0].span.start
            end = shares[max(last, step)][0].span.end
            if end - start > LONGEST:
                break
            first, last = min(first, step), max(last, step)
        return Quoting(Span(shares[first][0].span.start, shares[last][0].span.end), passage.task)
