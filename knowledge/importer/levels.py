"""Which labels are headings, how their forms nest, and which level is that of the tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.importer.kinds import is_heading_like
from knowledge.importer.labels import Label, LabelKind
from knowledge.importer.lines import Line
from knowledge.importer.standing import Order, standing
from knowledge.importer.unnumbered import with_set_off

_DEEPEST = 7
_LONG_LINE = 40


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
    numbered = with_set_off(lines, _drop_markdown(lines, candidates), start)
    labels = _with_unnumbered(lines, numbered, start)
    accepted = standing(lines, labels)
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
    bodies = [has_body(lines, headings, index) for index in range(len(headings))]
    if kinds[1] >= LabelKind.DECIMAL:
        own = [bodies[i] for i, heading in enumerate(headings) if heading.level == 0]
        return 0 if 2 * sum(own) >= len(own) else 1
    level = 1
    while (below := _level_below(headings, level)) is not None and not kinds[below].item:
        if not (_runs_on(headings, below) or _mostly_bare(headings, bodies, level, below)):
            break
        level = below
    return level


def _level_below(headings: Sequence[Heading], level: int) -> int | None:
    """Return the level that mostly comes right below a heading of `level`, None for none."""
    below = Counter(
        following.level
        for heading, following in pairwise(headings)
        if heading.level == level < following.level
    )
    return max(below, key=lambda found: (below[found], -found)) if below else None


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


def _mostly_bare(
    headings: Sequence[Heading], bodies: Sequence[bool], level: int, below: int
) -> bool:
    """Tell whether most headings of `level` only announce headings of the level `below`."""
    bare = total = 0
    leaves = leaves_above(headings, below)
    for index, heading in enumerate(headings):
        if heading.level != level or index in leaves:
            continue
        total += 1
        following = headings[index + 1] if index + 1 < len(headings) else None
        parent = following is not None and following.level == below
        bare += parent and not bodies[index]
    return 2 * bare > total


def leaves_above(headings: Sequence[Heading], level: int) -> frozenset[int]:
    """Return the indices of the headings above `level` that hold none, nor do those beside them.

    Such headings stand below one of a higher level; items are no headings here.
    """
    below: dict[int, list[int]] = {}
    path: list[int] = []
    for index, heading in enumerate(headings):
        if heading.label.kind.item:
            continue
        while path and headings[path[-1]].level >= heading.level:
            path.pop()
        if path:
            below.setdefault(path[-1], []).append(index)
        path.append(index)
    return frozenset(
        index
        for group in below.values()
        if all(item not in below and headings[item].level < level for item in group)
        for index in group
    )


def has_body(lines: Sequence[Line], headings: Sequence[Heading], index: int) -> bool:
    """Tell whether the heading has words of its own before the next heading."""
    label = headings[index].label
    line = lines[label.line]
    words = line.text[label.end - line.start :].rstrip("。：:*_# ")
    if len(words) > _LONG_LINE or "。" in words:
        return True
    stop = headings[index + 1].label.line if index + 1 < len(headings) else len(lines)
    return any(not between.blank for between in lines[label.line + 1 : stop])
