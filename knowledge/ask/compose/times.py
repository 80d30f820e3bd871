"""The time a question asks for, quoted with what is due at it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.figures import own_matches
from knowledge.ask.compose.phrases import merged, phrase_at, stretch, within
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.passages import Phrase
from knowledge.ask.question import Question
from knowledge.language.script import fold, key
from knowledge.plan.model import Deadline, DeadlineKind

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
        governing = [item for item in deadlines if governs(item, best)]
        if not governing and question.mentions:
            governing = self._of_name(question, candidate, deadlines)
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
        spans = [
            stretch(phrase_at(self._desk, candidate.passage, item.start).span, best.span)
            for item in governing
        ]
        quotings = [Quoting(span, candidate.passage.task) for span in merged(spans)]
        return Draft(quoted(self._desk, question, quotings), candidate.coverage)

    def holds(self, question: Question, candidate: Candidate) -> bool:
        """Tell whether the candidate holds a time."""
        del question
        return bool(self._within(candidate) or _DATED.search(candidate.passage.key))

    def _within(self, candidate: Candidate) -> list[Deadline]:
        return [
            deadline
            for deadline in self._desk.plan.deadlines
            if within(deadline.start, candidate.passage.span)
        ]

    def _dated(self, question: Question, candidate: Candidate, best: Phrase) -> Draft | None:
        """Quote the best phrase if it holds a date, though it is no deadline."""
        if not _DATED.search(best.key):
            return None
        quoting = Quoting(best.span, candidate.passage.task)
        return Draft(quoted(self._desk, question, [quoting]), candidate.coverage)

    def _of_name(
        self, question: Question, candidate: Candidate, deadlines: Sequence[Deadline]
    ) -> list[Deadline]:
        """Return the deadlines whose phrase holds a word that is asked of a name.

        The first one, where nothing but doings is asked and no other name stands beside it.
        """
        words = [match.form for match in own_matches(question, candidate) if match.form]
        words += [
            word
            for attribute in question.attributes
            for word in map(key, map(fold, attribute.told_by))
            if word and word in question.text
        ]
        spoken = [
            deadline
            for deadline in deadlines
            if any(
                word in phrase_at(self._desk, candidate.passage, deadline.start).key
                for word in words
            )
        ]
        things = any(term.solid for term in question.terms) or question.attributes
        first = [] if things or not self._alone(question, candidate) else deadlines[:1]
        return spoken or list(first)

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
    if within(deadline.start, span):
        return True
    return any(part.start < span.end and span.start < part.end for part in deadline.governs)
