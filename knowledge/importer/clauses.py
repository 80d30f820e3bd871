"""The sentences of the tasks' bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.importer.brackets import closing, enclosed, opening
from knowledge.plan.model import Clause, Span, TaskKey

_STOPS = frozenset("。！？；!?;")


def split_clauses(source: str, paragraphs: Iterable[tuple[TaskKey, Span]]) -> tuple[Clause, ...]:
    """Split paragraphs of `source`, each with its task's key, into sentences.

    A sentence ends at 。！？； outside quotation marks and brackets, or with its paragraph; a
    bracket right behind the mark belongs to the sentence before it.
    """
    clauses = []
    for key, paragraph in paragraphs:
        text = source[paragraph.start : paragraph.end]
        for start, end in _sentences(text):
            sentence = text[start:end]
            lead = len(sentence) - len(sentence.lstrip())
            words = sentence.strip()
            if any(char.isalnum() for char in words):
                begin = paragraph.start + start + lead
                clauses.append(Clause(key, words, begin, begin + len(words)))
    return tuple(clauses)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    inside = enclosed(text)
    start = position = 0
    while position < len(text):
        if text[position] not in _STOPS or inside[position]:
            position += 1
            continue
        position = _behind_stop(text, inside, position)
        yield start, position
        start = position
    if start < len(text):
        yield start, len(text)


def _behind_stop(text: str, inside: bytearray, position: int) -> int:
    """Return the offset behind the closing marks, and a bracket, that follow a stop."""
    while position < len(text) and (
        (text[position] in _STOPS and not inside[position])
        or (closing(text[position]) and not inside[position])
    ):
        position += 1
    if position < len(text) and text[position] in "（(" and inside[position]:
        end = position
        depth = 0
        while end < len(text):
            depth += opening(text[end])
            depth -= closing(text[end])
            end += 1
            if depth == 0:
                break
        position = end
        while position < len(text) and text[position] in _STOPS:
            position += 1
    return position
