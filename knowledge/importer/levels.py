"""Which labels are headings, how their forms nest, and which level is that of the tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.importer.kinds import is_heading_like
from knowledge.importer.labels import Label, LabelKind, find_label
from knowledge.importer.lines import Line, runs_on

_FAR = 10
_AHEAD = 500
_DEEPEST = 7
_LONG_LINE = 40


class Order(StrEnum):
    """How a label's number stands to the one before it."""

    NEXT = "next"
    FIRST = "first"
    JUMP = "jump"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Heading:
    """A label taken for a heading: `level` counts from 0, the outermost.

    `before` is the number of the label of its form before it (0 for none).
    """

    label: Label
    level: int
    order: Order
    before: int


@dataclass(frozen=True, slots=True)
class Levels:
    """The headings in source order, and the level of the tasks."""

    headings: tuple[Heading, ...]
    task_level: int


def find_levels(lines: Sequence[Line], candidates: Sequence[Label], start: int = 0) -> Levels:
    """Choose the headings among `candidates`, labels at line beginnings in source order.

    The plan begins at the line with index `start`.
    A number standing where a hard wrap put it, or far out of its sequence, is text.
    """
    labels = _with_unnumbered(lines, _drop_markdown(lines, candidates), start)
    accepted = _accept(lines, labels)
    ranks = {kind: rank for rank, kind in enumerate(_nesting([item[0] for item in accepted]))}
    headings = tuple(
        Heading(label, ranks[label.kind], order, before) for label, order, before in accepted
    )
    return Levels(headings, _task_level(lines, headings))


def _drop_markdown(lines: Sequence[Line], labels: Sequence[Label]) -> list[Label]:
    """Keep unnumbered Markdown headings only where they stand above all numbered ones."""

    def depth(label: Label) -> int:
        text = lines[label.line].text
        return len(text) - len(text.lstrip("#"))

    numbered = [depth(label) for label in labels if label.kind is not LabelKind.MARKDOWN]
    marks = [depth(label) for label in labels if label.kind is LabelKind.MARKDOWN]
    limit = min((value for value in numbered if value), default=_DEEPEST)
    top = min(marks, default=_DEEPEST)
    kept = [
        label
        for label in labels
        if label.kind is not LabelKind.MARKDOWN or (depth(label) == top and top < limit)
    ]
    if kept and kept[0].kind is LabelKind.MARKDOWN:
        return kept
    return [label for label in kept if label.kind is not LabelKind.MARKDOWN]


def _with_unnumbered(lines: Sequence[Line], labels: list[Label], start: int) -> list[Label]:
    """Add the unnumbered headings of a plan whose numbers start anew below each of them."""
    outermost = min((label.kind for label in labels), default=LabelKind.MARKDOWN)
    ones = [label for label in labels if label.kind is outermost and label.number == 1]
    if outermost is LabelKind.MARKDOWN or len(ones) < 2:
        return labels
    labelled = {label.line for label in labels}
    above = []
    for label in ones:
        index = label.line - 1
        while index >= start and lines[index].blank:
            index -= 1
        if index < start or index in labelled or not is_heading_like(lines[index].text):
            return labels
        line = lines[index]
        above.append(Label(LabelKind.MARKDOWN, 0, "", index, line.start, line.start, line.start))
    return sorted([*labels, *above], key=lambda label: label.line)


def _accept(lines: Sequence[Line], labels: Sequence[Label]) -> list[tuple[Label, Order, int]]:
    accepted: list[tuple[Label, Order, int]] = []
    last: dict[LabelKind, int] = {}
    fresh: set[LabelKind] = set(LabelKind)
    for position, label in enumerate(labels):
        before = last.get(label.kind, 0)
        if label.kind is LabelKind.MARKDOWN:
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


def _nesting(labels: Sequence[Label]) -> list[LabelKind]:
    """Return the forms in use, outermost first.

    The usual order holds unless the numbers say that two neighbours are turned round: the usually
    outer form starts anew within each number of the inner one.
    """
    kinds = sorted({label.kind for label in labels})
    for index in range(len(kinds) - 1):
        outer, inner = kinds[index], kinds[index + 1]
        usual = turned = 0
        previous: LabelKind | None = None
        for label in labels:
            if label.kind > inner:
                continue
            if label.number == 1 and label.kind is inner and previous is outer:
                usual += 1
            if label.number == 1 and label.kind is outer and previous is inner:
                turned += 1
            previous = label.kind
        if turned > usual:
            kinds[index], kinds[index + 1] = inner, outer
    return kinds


def _task_level(lines: Sequence[Line], headings: Sequence[Heading]) -> int:
    kinds = {heading.level: heading.label.kind for heading in headings}
    deepest = max(kinds, default=0)
    if deepest == 0:
        return 0
    bodies = [_has_body(lines, headings, index) for index in range(len(headings))]
    if kinds[1] >= LabelKind.DECIMAL:
        own = [bodies[i] for i, heading in enumerate(headings) if heading.level == 0]
        return 0 if 2 * sum(own) >= len(own) else 1
    level = 1
    while level + 1 <= deepest and not kinds[level + 1].item:
        if not (_runs_on(headings, level + 1) or _mostly_bare(headings, bodies, level)):
            break
        level += 1
    return level


def _runs_on(headings: Sequence[Heading], level: int) -> bool:
    """Tell whether the numbers of `level` run on over the headings above it."""
    numbers: list[int] = []
    parents = 0
    entered = True
    for heading in headings:
        if heading.level < level:
            entered = True
        elif heading.level == level:
            parents += entered
            entered = False
            numbers.append(heading.label.number)
    return parents > 1 and numbers.count(1) == 1


def _mostly_bare(headings: Sequence[Heading], bodies: Sequence[bool], level: int) -> bool:
    """Tell whether most headings of `level` only announce headings below them."""
    bare = total = 0
    for index, heading in enumerate(headings):
        if heading.level != level:
            continue
        total += 1
        following = headings[index + 1] if index + 1 < len(headings) else None
        parent = following is not None and following.level == level + 1
        bare += parent and not bodies[index]
    return 2 * bare > total


def _has_body(lines: Sequence[Line], headings: Sequence[Heading], index: int) -> bool:
    """Tell whether the heading has words of its own before the next heading."""
    label = headings[index].label
    line = lines[label.line]
    words = line.text[label.end - line.start :].rstrip("。：:*_# ")
    if len(words) > _LONG_LINE or "。" in words:
        return True
    stop = headings[index + 1].label.line if index + 1 < len(headings) else len(lines)
    return any(not between.blank for between in lines[label.line + 1 : stop])
