"""Which labels stand as headings, and which are text that begins a line with a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from knowledge.importer.labels import Label, LabelKind, find_label
from knowledge.importer.lines import Line, runs_on

_FAR = 10
_AHEAD = 500


class Order(StrEnum):
    """How a label's number stands to the one before it."""

    NEXT = "next"
    FIRST = "first"
    JUMP = "jump"
    REPEAT = "repeat"


def standing(lines: Sequence[Line], labels: Sequence[Label]) -> list[tuple[Label, Order, int]]:
    """Return the labels that stand as headings, each with its order and the number before it."""
    accepted: list[tuple[Label, Order, int]] = []
    last: dict[LabelKind, int] = {}
    fresh: set[LabelKind] = set(LabelKind)
    for position, label in enumerate(labels):
        before = last.get(label.kind, 0)
        if not label.numbered:
            order = Order.NEXT
        else:
            order = _order(label.number, before, label.kind in fresh)
            if not _stands(lines, labels, position, order, before):
                continue
            last[label.kind] = label.number
        accepted.append((label, order, before))
        fresh.discard(label.kind)
        fresh |= {kind for kind in LabelKind if kind > label.kind}
    return accepted


def _order(number: int, before: int, fresh: bool) -> Order:
    if number == before + 1 or (number == 1 and fresh):
        return Order.NEXT
    if before == 0:
        return Order.FIRST
    return Order.JUMP if number > before else Order.REPEAT


def _stands(
    lines: Sequence[Line], labels: Sequence[Label], position: int, order: Order, before: int
) -> bool:
    """Tell whether the label at `position` stands as a heading, not as text in a line."""
    label = labels[position]
    if label.number == 0:
        return False
    if order is not Order.NEXT and _wrapped_into(lines, label):
        return False
    if order is Order.NEXT:
        return not _wrapped_into(lines, label) or not _stands_later(lines, labels, position)
    following = next((item for item in _later(labels, position)), None)
    continued = following is not None and following.number == label.number + 1
    return continued or (order is not Order.FIRST and label.number - before <= _FAR)


def _stands_later(lines: Sequence[Line], labels: Sequence[Label], position: int) -> bool:
    """Tell whether the same number comes again at a paragraph's beginning, before the next."""
    number = labels[position].number
    for item in _later(labels, position):
        if item.number == number and not _wrapped_into(lines, item):
            return True
        if item.number == number + 1:
            return False
    return False


def _later(labels: Sequence[Label], position: int) -> Iterator[Label]:
    """Return the labels of the same form after `position`, as far as they can matter."""
    stop = min(len(labels), position + _AHEAD)
    kind = labels[position].kind
    return (labels[i] for i in range(position + 1, stop) if labels[i].kind is kind)


def _wrapped_into(lines: Sequence[Line], label: Label) -> bool:
    """Tell whether the line before the label's runs on into it by a hard wrap."""
    if label.line == 0:
        return False
    previous = lines[label.line - 1]
    labelled = find_label(previous, label.line - 1) is not None
    return (
        not previous.blank
        and runs_on(previous, labelled=labelled)
        and lines[label.line].indent <= previous.indent + 1
    )
