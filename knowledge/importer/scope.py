"""Which words of a clause a remark in brackets, or a clause of its own, speaks of."""

from __future__ import annotations

import re
from functools import cache

from knowledge.importer.reading import parts
from knowledge.importer.vocabulary import any_of, words
from knowledge.plan.model import Clause, Span

_OPENING, _CLOSING = "([【", ")]】"
_REMARK = re.compile(r"[(\[【][^()\[\]【】]*[:前底][^()\[\]【】]*[)\]】]")


def bracket_round(text: str, index: int) -> int | None:
    """Return where the bracket that holds `text[index]` opens, None outside brackets."""
    depth = 0
    for place in range(index, -1, -1):
        if text[place] in _CLOSING and place != index:
            depth += 1
        elif text[place] in _OPENING:
            if depth == 0:
                return place
            depth -= 1
    return None


def governed_before(text: str, end: int) -> list[tuple[int, int]]:
    """Return the parts before `end`, back to the last remark in brackets or the beginning.

    Brackets that are part of the words (“（试行）”) stop nothing.
    """
    start = 0
    for match in _REMARK.finditer(text[:end]):
        start = match.end()
    ranges = [(start + a, start + b) for a, b in parts(text[start:end])]
    return trimmed(text, [(a, b) for a, b in ranges if not _labelled().match(text, a, b)])


@cache
def _labelled() -> re.Pattern[str]:
    """Match a part that only says who or when (责任单位:…, 完成时限为…)."""
    role = f"(?:{any_of(words('owners.roles'))}){{1,3}}{any_of(words('owners.ends'))}"
    labels = any_of((*words("owners.short"), *words("deadlines.labels")))
    return re.compile(f"(?:{role}|{labels})[:为]")


def holds_remark(text: str) -> bool:
    """Tell whether `text` holds brackets with a role or a time in them."""
    return _REMARK.search(text) is not None


def trimmed(text: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut list marks, closing marks and remarks in brackets off the ends of parts."""
    found = []
    for start, end in ranges:
        if remark := re.search(rf"(?:{_REMARK.pattern})$", text[start:end]):
            end = start + remark.start()
        while start < end and (text[start] in "、。;:,)" or "①" <= text[start] <= "⑳"):
            start += 1
        while start < end and text[end - 1] in "、。;,(":
            end -= 1
        if start < end:
            found.append((start, end))
    return found


def clauses_before(
    clauses: tuple[Clause, ...], index: int, last: Clause | None = None
) -> tuple[Span, ...]:
    """Return the spans of the same task's clauses before `clauses[index]`, those after `last`."""
    spans = []
    for clause in reversed(clauses[:index]):
        if clause.task != clauses[index].task or clause is last:
            break
        spans.append(Span(clause.start, clause.end))
    return tuple(reversed(spans))


def clauses_after(clauses: tuple[Clause, ...], index: int) -> tuple[Span, ...]:
    """Return the spans of the same task's clauses behind `clauses[index]`."""
    spans = []
    for clause in clauses[index + 1 :]:
        if clause.task != clauses[index].task:
            break
        spans.append(Span(clause.start, clause.end))
    return tuple(spans)
