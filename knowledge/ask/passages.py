"""A plan cut into what can be quoted: clauses, and the phrases between their commas."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from knowledge.ask.meaning.examples import Examples
from knowledge.language.script import fold, key
from knowledge.plan.model import Phrasing, Plan, Span, Task, TaskKey

_OPENING = "“‘「『《(（【["
_CLOSING = "”’」』》)）】]"
_BREAKS = ",，;；:："


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch between two commas of a clause; `key` is its folded text, `passage` its clause."""

    span: Span
    key: str
    passage: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause, or a task's heading, as the unit an answer quotes.

    `text` is the folded text, `key` its letters, digits and Han characters; `phrases` index into
    `Passages.phrases`; `title` and `section` are the folded headings it stands under.
    """

    number: int
    task: TaskKey
    span: Span
    text: str
    key: str
    phrases: tuple[int, ...]
    title: str
    section: str
    heading: bool


def split_phrases(source: str, span: Span) -> list[Span]:
    """Cut `span` of `source` at commas outside quotes and brackets; each keeps its own comma."""
    depth = 0
    start = span.start
    pieces: list[Span] = []
    for at in range(span.start, span.end):
        char = source[at]
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char in _BREAKS and depth == 0 and not _within_number(source, at):
            pieces.append(Span(start, at + 1))
            start = at + 1
    if start < span.end:
        pieces.append(Span(start, span.end))
    return [piece for piece in pieces if key(fold(source[piece.start : piece.end]))]


def _within_number(source: str, at: int) -> bool:
    """Tell whether the mark at `at` stands within a number, as in 12,000, or a time (21:00)."""
    behind = source[at + 1 : at + (3 if source[at] in ":：" else 4)]
    return source[at - 1 : at].isdigit() and behind.isdigit()


class Passages:
    """The passages and phrases of one plan, in source order.

    `phrasings` are how its keeper says people ask, each with the number of the passage meant;
    `asked` holds their texts, `untold` those of what people ask that the plan does not tell.
    """

    def __init__(self, plan: Plan) -> None:
        """Cut every clause of `plan`, and every heading of a task."""
        self.plan = plan
        self.passages: list[Passage] = []
        self.phrases: list[Phrase] = []
        clauses: dict[TaskKey, list[Span]] = {}
        for clause in plan.clauses:
            clauses.setdefault(clause.task, []).append(Span(clause.start, clause.end))
        for task in plan.tasks:
            if task.title:
                heading = Span(task.title_start, task.title_start + len(task.title))
                self._add(task, heading, heading=True)
            for span in clauses.get(task.key, ()):
                self._add(task, span, heading=False)
        self.digest = self._digest()
        places = {span: self._under(span) for span in {item.span for item in plan.phrasings}}
        self.phrasings: list[tuple[int, Phrasing]] = [
            (number, phrasing)
            for phrasing in plan.phrasings
            if (number := places[phrasing.span]) is not None
        ]
        self.asked = Examples.of(phrasing.text for _, phrasing in self.phrasings)
        self.untold = Examples.of(plan.untold)

    def _under(self, span: Span) -> int | None:
        """Return the number of the passage that holds most of `span`."""
        shares = [
            (min(item.span.end, span.end) - max(item.span.start, span.start), -item.number)
            for item in self.passages
        ]
        most, number = max(shares, default=(0, 0))
        return -number if most > 0 else None

    def _digest(self) -> str:
        """Return what tells these passages from any others."""
        cut = [item.span for item in self.passages] + [item.span for item in self.phrases]
        spans = [(span.start, span.end) for span in cut]
        return hashlib.sha256(f"{spans}{self.plan.source}".encode("utf-8", "replace")).hexdigest()

    def _add(self, task: Task, span: Span, *, heading: bool) -> None:
        number = len(self.passages)
        first = len(self.phrases)
        source = self.plan.source
        pieces = [span] if heading else split_phrases(source, span)
        self.phrases.extend(
            Phrase(piece, key(fold(source[piece.start : piece.end])), number) for piece in pieces
        )
        section = self.plan.section(task.section)
        text = fold(source[span.start : span.end])
        self.passages.append(
            Passage(
                number=number,
                task=task.key,
                span=span,
                text=text,
                key=key(text),
                phrases=tuple(range(first, len(self.phrases))),
                title=key(fold(task.title)),
                section=key(fold(section.title)) if section else "",
                heading=heading,
            )
        )

    def phrases_of(self, passage: Passage) -> list[Phrase]:
        """Return the phrases of a passage, in order."""
        return [self.phrases[at] for at in passage.phrases]

    def at(self, offset: int) -> Passage | None:
        """Return the passage that holds the source offset, or None."""
        for passage in self.passages:
            if passage.span.covers(offset):
                return passage
        return None
