"""Finding and joining the phrases of a passage that a quote is made of."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.desk import Desk
from knowledge.ask.passages import Passage, Phrase
from knowledge.plan.model import Span

# A quote for one fact stays within this many characters.
LONGEST = 160


def phrase_at(desk: Desk, passage: Passage, offset: int) -> Phrase:
    """Return the phrase of a passage that holds a source offset; its first where none does."""
    phrases = desk.passages.phrases_of(passage)
    return next((item for item in phrases if item.span.covers(offset)), phrases[0])


def stretch(one: Span, other: Span) -> Span:
    """Return the span from one to the other, or the first alone where that grows too long."""
    joined = Span(min(one.start, other.start), max(one.end, other.end))
    return joined if joined.end - joined.start <= LONGEST else one


def merged(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap or touch, in source order."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda item: item.start):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result
