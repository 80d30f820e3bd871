"""The labelled line of a task (完成时限:…), quoted for what the task says without a time."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.figures import own_matches
from knowledge.ask.compose.phrases import merged
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.passages import Passage, Phrase
from knowledge.ask.question import Question
from knowledge.language.script import fold, key
from knowledge.plan.model import Span

_LEAST_SHARE = 0.5
_SHORT_NAME = 2


class DueLineQuotes:
    """Quotes the lines of one plan that say when their task is due."""

    def __init__(self, desk: Desk) -> None:
        """Keep the desk."""
        self._desk = desk

    def quote(self, question: Question, near: Sequence[Candidate]) -> Draft | None:
        """Quote the line that is for what was found; None where no task has such a line.

        It is for all that one of its times governs and for a task asked of by its title, where
        nothing is asked that neither says, and for what its words name.
        """
        for candidate in near:
            lines = self._desk.evidences.due_lines(candidate.passage.task)
            told = "".join(line.key for line in lines)
            if not lines or not all(
                any(key(fold(word)) in told for word in attribute.told_by)
                for attribute in question.attributes
            ):
                continue
            spans = self._naming(question, candidate, lines)
            unsaid = any(
                not any(form in told for form, _ in term.forms) for term in candidate.missing
            )
            whole = candidate.passage.heading or self._is_governed(candidate, lines)
            if not spans and whole and not unsaid:
                spans = [line.span for line in lines]
            if spans:
                quotings = [Quoting(span, candidate.passage.task) for span in merged(spans)]
                return Draft(quoted(self._desk, question, quotings), candidate.coverage)
        return None

    def _naming(
        self, question: Question, candidate: Candidate, lines: Sequence[Passage]
    ) -> list[Span]:
        """Return the phrases that hold as much of what is asked as tells it apart."""
        matches = own_matches(question, candidate)
        forms = [(m.form, m.strength * m.term.weight) for m in matches if m.form]
        least = _LEAST_SHARE * sum(weight for _, weight in forms)
        short = [name.key[-_SHORT_NAME:] for name in question.names]
        spans = []
        for phrase in self._phrases(lines):
            share = sum(weight for form, weight in forms if form in phrase.key)
            named = any(end in phrase.key for end in short)
            if self._is_timed(phrase) and (named or share > least):
                spans.append(phrase.span)
        return spans

    def _phrases(self, lines: Sequence[Passage]) -> list[Phrase]:
        return [phrase for line in lines for phrase in self._desk.passages.phrases_of(line)]

    def _is_timed(self, phrase: Phrase) -> bool:
        return any(phrase.span.covers(item.start) for item in self._desk.plan.deadlines)

    def _is_governed(self, candidate: Candidate, lines: Sequence[Passage]) -> bool:
        """Tell whether a time of the lines governs the candidate's best phrase."""
        best = self._desk.evidences.best_phrase(candidate).span
        return any(
            part.start < best.end and best.start < part.end
            for item in self._desk.plan.deadlines
            if any(line.span.covers(item.start) for line in lines)
            for part in item.governs
        )
