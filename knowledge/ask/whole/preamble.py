"""What a plan says before its first task: what guides it, and its first numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.desk import Desk
from knowledge.ask.passages import split_phrases
from knowledge.ask.question import Intent, Question
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope
from knowledge.ask.wording import Wording
from knowledge.language.script import fold, key
from knowledge.plan.model import Span

_LEAST_WORDS = 2
# Ends a line that only speaks to somebody.
_OPEN = ":："


class Preamble:
    """Quotes the preamble of one plan."""

    def __init__(self, desk: Desk, lists: RecordLists, wording: Wording, remains: Remains) -> None:
        """Keep the plan's desk, what words the answers, and what reads the questions."""
        self._desk = desk
        self._plan = desk.plan
        self._wording = wording
        self._lists = lists
        self._remains = remains

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """Quote the preamble where it is asked for by what it is, and nothing else is."""
        if scope is not None or question.mentions:
            return None
        text = self._remains.text(question)
        words = self._remains.words
        found = ((name, words[name].search(text)) for name in ("opening", "preamble"))
        asked, match = next(((name, match) for name, match in found if match), ("", None))
        if match is None or self._remains.left(text, asked, "beside_preamble"):
            return None
        quotes = {span: self._plan.quote(span).strip() for span in self._plan.preamble}
        said = [span for span, quote in quotes.items() if quote[-1:] not in _OPEN] or list(quotes)
        if asked == "preamble":
            said = [span for span in said if words["guiding"].search(quotes[span])]
        if said:
            return self._lists.notes(question, said)
        written = self._desk.evidences.texts.find(key(match.group()))
        if written or asked == "opening":
            return None
        return refusal.not_found(question, self._wording, self._desk, (match.group(),))

    def holding(self, question: Question) -> Draft | None:
        """Quote the phrase that holds all words of a question, if it is the only one; else None.

        A number is asked of a phrase that holds one.
        """
        words = [(term.text, *(form for form, _ in term.forms)) for term in question.terms]
        if question.mentions or question.attributes or len(words) < _LEAST_WORDS:
            return None
        held = [
            span
            for span, text in self._phrases
            if all(any(form in text for form in forms) for forms in words)
            and (question.intent is not Intent.FIGURE or any(map(str.isdigit, text)))
        ]
        return self._lists.notes(question, held) if len(held) == 1 else None

    @cached_property
    def _phrases(self) -> list[tuple[Span, str]]:
        """The phrases of the preamble, each with its folded text."""
        return list(self._cut())

    def _cut(self) -> Iterator[tuple[Span, str]]:
        source = self._plan.source
        for paragraph in self._plan.preamble:
            for piece in split_phrases(source, paragraph):
                yield piece, key(fold(source[piece.start : piece.end]))
