"""The time a question asks for, quoted with what is due at it."""

from __future__ import annotations

import re

from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.figures import LASTING, own_matches
from knowledge.ask.compose.phrases import merged, phrase_at, stretch
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.passages import Phrase
from knowledge.ask.question import Question
from knowledge.language.script import fold, key
from knowledge.plan.model import Deadline, DeadlineKind, Span

_LEAST_SHARE = 0.5
_DATED = re.compile(r"\d+月|\d+日|季度|上半年|下半年|年底|年初|每[年月周日天]|\d+小时|\d+个工作日")
_DAY = re.compile(r"[\d一二三四五六七八九十][日号]")


class TimeQuotes:
    """Quotes deadlines of one plan."""

    def __init__(self, desk: Desk) -> None:
        """Keep the desk."""
        self._desk = desk

    def quote(self, question: Question, candidate: Candidate) -> Draft | None:
        """Quote the candidate's deadlines that govern what is asked; None where none does."""
        deadlines = self._within(candidate)
        if "recurring" in question.asks:
            deadlines = [d for d in deadlines if d.kind is DeadlineKind.RECURRING] or deadlines
        if "day" in question.asks:
            deadlines = [d for d in deadlines if _DAY.search(d.quote)] or deadlines
        shares = self._desk.evidences.phrase_shares(candidate)
        best, most = max(shares, key=lambda item: item[1])
        if not deadlines:
            return self._dated(question, candidate, best)
        own = self._beside_name(question, candidate)
        if "lasting" in question.asks and not any(map(_recurs, deadlines)):
            lasting = self._lasting(candidate)
            if len(lasting) == 1 and not own:
                quoting = Quoting(lasting[0].span, candidate.passage.task)
                return Draft(quoted(self._desk, question, [quoting]), candidate.coverage)
        governing = [item for item in deadlines if any(governs(item, phrase) for phrase in own)]
        governing = governing or [item for item in deadlines if governs(item, best)]
        if self._desk.evidences.is_due_line(candidate.passage):
            governing = self._of_line(deadlines, shares, most)
        if not governing and not _asks_of_things(question):
            governing = deadlines[:1] if self._alone(question, candidate) else []
        if not governing:
            held = {id(phrase): share for phrase, share in shares}
            governing = [
                item
                for item in deadlines
                if any(
                    governs(item, phrase) and held[id(phrase)] >= _LEAST_SHARE * most
                    for phrase, _ in shares
                )
            ]
        if not governing:
            return self._dated(question, candidate, best)
        spans: list[Span] = [
            stretch(phrase_at(self._desk, candidate.passage, item.start).span, best.span)
            for item in governing
        ]
        if "lasting" in question.asks:
            spans += [phrase.span for phrase in own if LASTING.search(phrase.key)]
        quotings = [
            Quoting(span, candidate.passage.task) for span in merged(sorted(spans, key=_start))
        ]
        return Draft(quoted(self._desk, question, quotings), candidate.coverage)

    def holds(self, question: Question, candidate: Candidate) -> bool:
        """Tell whether the candidate holds a time."""
        del question
        return bool(self._within(candidate) or _DATED.search(candidate.passage.key))

    def _within(self, candidate: Candidate) -> list[Deadline]:
        return [
            deadline
            for deadline in self._desk.plan.deadlines
            if candidate.passage.span.covers(deadline.start)
        ]

    def _of_line(
        self, deadlines: list[Deadline], shares: list[tuple[Phrase, float]], most: float
    ) -> list[Deadline]:
        """Return the times of a labelled line whose phrases hold enough of what is asked.

        Its phrases are short: a word of the task in one counts no more than the deed in another.
        """
        held = [phrase.span for phrase, share in shares if share >= _LEAST_SHARE * most > 0]
        return [item for item in deadlines if any(span.covers(item.start) for span in held)]

    def _dated(self, question: Question, candidate: Candidate, best: Phrase) -> Draft | None:
        """Quote the best phrase if it holds a date, though it is no deadline.

        How long a program lasts may be told in another phrase of a passage that names no other.
        """
        if not _DATED.search(best.key):
            lasting = self._lasting(candidate)
            if "lasting" not in question.asks or not lasting:
                return None
            if best not in lasting:
                if len(lasting) > 1 or not self._alone(question, candidate):
                    return None
                best = lasting[0]
        quoting = Quoting(best.span, candidate.passage.task)
        return Draft(quoted(self._desk, question, [quoting]), candidate.coverage)

    def _lasting(self, candidate: Candidate) -> list[Phrase]:
        """Return the phrases of a candidate that tell how long something lasts."""
        phrases = self._desk.passages.phrases_of(candidate.passage)
        return [phrase for phrase in phrases if LASTING.search(phrase.key)]

    def _beside_name(self, question: Question, candidate: Candidate) -> list[Phrase]:
        """Return the phrases that hold what is asked of a program, which may name it elsewhere."""
        if not question.mentions:
            return []
        forms = {match.form for match in own_matches(question, candidate) if match.form}
        forms |= {
            key(fold(word))
            for attribute in question.attributes
            for word in attribute.told_by
            if word in question.text
        }
        phrases = self._desk.passages.phrases_of(candidate.passage)
        return [phrase for phrase in phrases if any(form in phrase.key for form in forms)]

    def _alone(self, question: Question, candidate: Candidate) -> bool:
        """Tell whether the passage names no program but the one asked about."""
        names = {name.key for mention in question.mentions for name in mention.names}
        text = candidate.passage.key
        for name in names:
            text = text.replace(name, "")
        return bool(names) and not any(
            name.key in text for name in self._desk.names.names if name.key not in names
        )


def governs(deadline: Deadline, phrase: Phrase) -> bool:
    """Tell whether a deadline stands in a phrase, or governs it."""
    span = phrase.span
    if span.covers(deadline.start):
        return True
    return any(part.start < span.end and span.start < part.end for part in deadline.governs)


def _start(span: Span) -> int:
    return span.start


def _recurs(deadline: Deadline) -> bool:
    return deadline.kind is DeadlineKind.RECURRING


def _asks_of_things(question: Question) -> bool:
    """Tell whether more than doings is asked of a name."""
    return bool(question.attributes) or any(term.solid for term in question.terms)
