"""What each quantity of a clause is a target for, and the shortest words that say so."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from knowledge.importer.masking import NAME
from knowledge.importer.nouns import (
    Piece,
    Words,
    described_noun,
    head_of,
    left_noun,
    right_noun,
    verb_phrase,
)
from knowledge.importer.places import Part, Place, Target
from knowledge.importer.quantities import Quantity
from knowledge.importer.reading import parts
from knowledge.importer.rows import in_a_row, shared_targets
from knowledge.importer.vocabulary import any_of, strip_leading, strip_trailing, table, words

_NEAR = 4
"""Characters that may part a period from its number in one quote (每3年普查1次)."""
_LONGEST_SHARE = 26
_LONGEST_TWIN = 4
_LONGEST_EACH = 2
_LONGEST_LEANING = 16
_SHORTEST_HEAD = 3


def targets_in(part: Part) -> list[Target]:
    """Return the targets of a part of a clause, in order."""
    index = 0
    found: list[Target] = []
    while index < len(part.places):
        earlier = [*part.earlier, *found]
        group = part.places[index : index + in_a_row(part, index)]
        shared = shared_targets(part.clause, group, earlier) if len(group) > 1 else None
        targets = shared or [_single(part, part.places[index], earlier)]
        found.extend(targets)
        index += len(targets)
    return [
        replace(target, subject=target.subject or (following.subject if following else ()))
        for target, following in zip(found, [*found[1:], None], strict=True)
    ]


def _single(part: Part, place: Place, earlier: list[Target]) -> Target:
    clause, quantity = part.clause, place.quantity
    left = _left_subject(part, place)
    if clause.text[quantity.unit_end : quantity.end] in words("figures.within"):
        return _time_limit(part, place, left, earlier)
    if not (left and _ends_in(clause, left[-1], "figures.measure_ends")) and _may_follow(
        clause.text, quantity
    ):
        right = right_noun(clause, quantity.end, place.right)
        if right is None and not quantity.is_share:
            right = described_noun(clause, quantity.end, place.right)
        if right is not None:
            return _counted(part, place, left, right)
    return _measured(part, place, left, earlier)


def _ends_in(clause: Words, piece: Piece, name: str) -> bool:
    return clause.text.endswith(words(name), *piece)


def _may_follow(text: str, quantity: Quantity) -> bool:
    """Tell whether what follows can be what is counted: of a share only after 的 or 以上."""
    if not quantity.is_share:
        return True
    return text.startswith("的", quantity.end) or quantity.end > quantity.unit_end


def _time_limit(
    part: Part, place: Place, left: tuple[Piece, ...] | None, earlier: list[Target]
) -> Target:
    """Read a limit of time: who or what, and what is done in it (投诉24小时内答复)."""
    quantity = place.quantity
    end = _trim(part.clause.text, quantity.end, place.right)
    done = ((quantity.end, end),) if end > quantity.end else ()
    who = left or (earlier[-1].subject[:1] if earlier else ())
    start = head_of(part.clause, left[-1]) if left and not done else quantity.start
    return Target(quantity, (*who, *done), (start, end))


def _counted(part: Part, place: Place, left: tuple[Piece, ...] | None, right: Piece) -> Target:
    """Read a quantity that stands before its noun (不低于2万个床位, 七成以上的社区设立书屋)."""
    clause, quantity = part.clause, place.quantity
    start, end = _opening(clause, place), right[1]
    if not quantity.is_share:
        each = left if left and clause.text[left[0][0]] in "每各" else ()
        return Target(quantity, (*(each or _name_before(clause, place)), right), (start, end))
    last = part.places[-1]
    own = verb_phrase(clause, right[0], place.right)
    if own is not None and own[1] - start <= _LONGEST_SHARE:
        return Target(quantity, ((right[0], own[1]),), (start, own[1]))
    said = verb_phrase(clause, last.quantity.end, last.right) if last is not place else None
    return Target(quantity, (right, said) if said else (right,), (start, end))


def _name_before(clause: Words, place: Place) -> tuple[Piece, ...]:
    """Return the name the part gives before the quantity: “X”落实不低于2万个床位 is X's."""
    matches = list(re.finditer(f"{NAME}+", clause.masked[place.left : place.quantity.start]))
    if not matches:
        return ()
    return ((place.left + matches[-1].start(), place.left + matches[-1].end()),)


def _opening(clause: Words, place: Place) -> int:
    """Return where the quote begins: at the comparator, or at a period said just before it."""
    start = place.quantity.start
    before = clause.text[place.left : start]
    matches = list(period().finditer(before))
    if matches and len(before) - matches[-1].end() <= _NEAR:
        return place.left + matches[-1].start()
    return start


@cache
def period() -> re.Pattern[str]:
    """Return the pattern of a period something is counted in (每2年, 每季度)."""
    return re.compile(
        rf"每(?:\d{{1,2}}|[一二两三四五六七八九十])个?[年月周天]|{any_of(table('figures.per'))}"
    )


def _left_subject(part: Part, place: Place) -> tuple[Piece, ...] | None:
    """Return the noun phrase before a quantity, in two pieces where a time parts it."""
    return _nouns(part, place.left, place.quantity.lead)


def _nouns(part: Part, begin: int, end: int) -> tuple[Piece, ...] | None:
    pieces: list[Piece] = []
    for time in part.times:
        if begin <= time.start and time.end <= end:
            pieces.append((begin, time.start))
            begin = time.end
    pieces.append((begin, end))
    nouns = [noun for noun in (left_noun(part.clause, a, b) for a, b in pieces if a < b) if noun]
    return tuple(nouns[-2:]) or None


def _measured(
    part: Part, place: Place, left: tuple[Piece, ...] | None, earlier: list[Target]
) -> Target:
    """Read a quantity that stands after its noun (配备率达到90%以上, 电子图书2.5万种)."""
    clause, quantity = part.clause, place.quantity
    if left is None:
        return _leaning(part, place, earlier)
    subject = left
    if clause.text[left[0][0]] == "每" and _length(left[0]) <= _LONGEST_EACH:
        subject = (*_said_before(part, place, earlier), *left)
    elif earlier and _ends_in(clause, left[-1], "figures.trends") and _length(left[-1]) <= 2:
        subject = (*earlier[-1].subject, left[-1])
    elif earlier and earlier[-1].subject and (twin := _twin(part, place, left, earlier[-1])):
        subject = (twin, *left)
    bracketed = "(" in clause.text[left[-1][1] : quantity.start]
    start = quantity.start if bracketed else head_of(clause, left[-1])
    if clause.text[left[-1][1] : quantity.start] == "(" and clause.text[quantity.end] == ")":
        return Target(quantity, subject, (head_of(clause, left[-1]), quantity.end + 1))
    return Target(quantity, subject, (min(start, _opening(clause, place)), quantity.end))


def _length(piece: Piece) -> int:
    return piece[1] - piece[0]


def _twin(part: Part, place: Place, left: tuple[Piece, ...], before: Target) -> Piece | None:
    """Return the head that two short items share (响应时间城区…、农村…), None if they do not."""
    size, whole = _length(left[-1]), before.subject[-1]
    alike = (before.quantity.unit, before.quantity.bound) == (
        place.quantity.unit,
        place.quantity.bound,
    )
    joined = part.clause.text[left[-1][0] - 1] == "、"
    if len(left) > 1 or size > _LONGEST_TWIN or not alike or not joined:
        return None
    if _length(whole) < size + _SHORTEST_HEAD:
        return None
    head = whole[0], whole[1] - size
    return head if _ends_in(part.clause, head, "figures.measure_ends") else None


def _leaning(part: Part, place: Place, earlier: list[Target]) -> Target:
    """Read a quantity with no noun before it in its part: by its verb, or the part before."""
    clause, quantity = part.clause, place.quantity
    opening = _opening(clause, place)
    verb = strip_leading(clause.text, quantity.start, quantity.number, words("figures.distant"))
    said = _said_before(part, place, earlier)
    if quantity.start < verb < quantity.number:
        return Target(quantity, (*said[:1], (verb, quantity.number)), (opening, quantity.end))
    end = _trim(clause.text, quantity.end, place.right)
    if quantity.number - place.left <= _LONGEST_LEANING:
        opening = min(place.left, opening)
    if end > quantity.end:
        return Target(quantity, ((quantity.end, end),), (opening, end))
    return Target(quantity, said, (opening, quantity.end))


def _said_before(part: Part, place: Place, earlier: list[Target]) -> tuple[Piece, ...]:
    """Return the subject the quantity goes on with: that of the quantity before it in its part
    or the part before, else the noun phrase of the part before.
    """
    text = part.clause.text
    before = [(a, b) for a, b in parts(text) if b <= part.start]
    begin = before[-1][0] if before else 0
    noun = _nouns(part, *before[-1]) if before else None
    last = earlier[-1] if earlier else None
    if last is None or (noun and last.quantity.number < begin):
        return noun or ()
    if not last.subject:
        return ()
    *pieces, (a, b) = last.subject
    trends = (*words("figures.trends"), *words("figures.compared"))
    return (*pieces, (a, max(strip_trailing(text, a, b, trends), a + 1)))


def _trim(text: str, start: int, end: int) -> int:
    match = re.compile(r"[^,;。!?:()、]*").match(text, start, end)
    return match.end() if match else start
