"""The figures of a plan: targets with their comparator, value, unit and subject.

Numerals come from Recognizers-Text (see `numerals`); the grammar round them is our own, over text
in which names, times and numbers that are no quantities are masked (see `masking`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.importer.days import number
from knowledge.importer.masking import NAME, VOID, mask_names, mask_ordinals, mask_times
from knowledge.importer.nouns import (
    Piece,
    Words,
    cut_words,
    described_noun,
    head_of,
    left_noun,
    right_noun,
    split_list,
    verb_phrase,
)
from knowledge.importer.quantities import Quantity, counts, quantities
from knowledge.importer.reading import Reading, parts, read
from knowledge.importer.times import Time, times_in
from knowledge.importer.vocabulary import (
    any_of,
    strip_leading,
    strip_trailing,
    table,
    words,
)
from knowledge.plan.model import Clause, Comparator, Figure, Program

_NEAR = 4
"""Characters that may part a period from its number in one quote (每2年轮训1遍)."""
_LONGEST_SHARE = 26
_LONGEST_TWIN = 4
_SHORTEST_HEAD = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """A quantity with the stretches of its part that belong to it."""

    quantity: Quantity
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class _Target:
    """A quantity with its subject's pieces and the (start, end) of its quote."""

    quantity: Quantity
    subject: tuple[Piece, ...]
    quote: Piece
    due: int | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """The quantities of one part of a clause, with the targets of the parts before it."""

    clause: Words
    times: list[Time]
    start: int
    places: list[_Place]
    earlier: tuple[_Target, ...]


def find_figures(
    source: str, clauses: tuple[Clause, ...], programs: tuple[Program, ...], year: int | None
) -> tuple[Figure, ...]:
    """Find the targets a plan's clauses set, in source order.

    `year` is the plan's own: what is said of earlier years is no target. Numbers in names,
    ordinals, anniversaries, ages and dates are none either.
    """
    found: list[Figure] = []
    for clause in clauses:
        names = [program for program in programs if program.task == clause.task]
        reading = read(source, clause.start, clause.end)
        masked = mask_ordinals(mask_names(reading, names))
        times = times_in(masked, year, reading.text)
        targets = _targets(reading, masked, times, year)
        found.extend(_figures(source, clause, reading, times, targets, year))
    return tuple(found)


def _targets(reading: Reading, masked: str, times: list[Time], year: int | None) -> list[_Target]:
    blank = _without_times(masked, times)
    clause = cut_words(reading.text, masked)
    every = [quantity for quantity in quantities(blank) if counts(blank, quantity)]
    earlier: list[_Target] = []
    targets: list[_Target] = []
    for start, end in parts(reading.text):
        inside = [q for q in every if start <= q.number < end]
        if not inside:
            continue
        part = _Part(clause, times, start, _places(blank, inside, start, end), tuple(earlier))
        found = _in_part(part)
        earlier.extend(found)
        if not _is_past(reading.text, end, times, year):
            targets.extend(found)
    return targets


def _without_times(masked: str, times: list[Time]) -> str:
    blank = masked
    for time in times:
        blank = blank[: time.start] + VOID * (time.end - time.start) + blank[time.end :]
    return mask_times(blank)


def _is_past(text: str, end: int, times: list[Time], year: int | None) -> bool:
    """Tell whether the part that ends at `end`, or the one it goes on from, is about the past."""
    past = False
    for a, b in parts(text):
        if a >= end:
            break
        part = text[a:b]
        if _present().search(part):
            past = False
        behind = any(t.past and a <= t.start < b for t in times)
        named = year and any(int(y) < year for y in re.findall(r"(20\d\d)年", part))
        if _past().search(part) or behind or named:
            past = not _compared(part)
    return past


@cache
def _past() -> re.Pattern[str]:
    return re.compile(any_of(words("figures.past")))


@cache
def _present() -> re.Pattern[str]:
    return re.compile(any_of(words("figures.present")))


@cache
def _comparing() -> re.Pattern[str]:
    old = f"(?:{any_of(words('figures.past'))}|20\\d\\d年)"
    return re.compile(f"{any_of(words('figures.comparing'))}{old}|同比|基础上|相比")


def _compared(part: str) -> bool:
    return _comparing().search(part) is not None


def _places(text: str, found: list[Quantity], start: int, end: int) -> list[_Place]:
    places: list[_Place] = []
    left = start
    found = [
        q for q, after in zip(found, [*found[1:], None], strict=True) if not _inner(text, q, after)
    ]
    for quantity, following in zip(found, [*found[1:], None], strict=True):
        right = end
        after = end
        if following is not None:
            between = [text.rfind(mark, quantity.end, following.start) for mark in "、和及"]
            right = max(between)
            after = right + 1
            if right < 0:
                right = after = max(quantity.end, min(following.lead, following.number))
        places.append(_Place(quantity, left, right))
        left = after
    return places


def _inner(text: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Tell whether a limit of time is a word of the next measure (5日内办结率达到95%)."""
    if following is None or text[quantity.unit_end : quantity.end] not in words("figures.within"):
        return False
    return not set(text[quantity.end : following.start]) & set("、和及")


def _in_part(part: _Part) -> list[_Target]:
    index = 0
    found: list[_Target] = []
    while index < len(part.places):
        earlier = [*part.earlier, *found]
        group = part.places[index : index + _in_a_row(part, index)]
        shared = _shared(part.clause, group, earlier) if len(group) > 1 else None
        targets = shared or [_single(part, part.places[index], earlier)]
        found.extend(targets)
        index += len(targets)
    return found


def _in_a_row(part: _Part, index: int) -> int:
    """Return how many values stand in a row from `index` on (…率分别达到90%、85%)."""
    count = 1
    while index + count < len(part.places):
        before = part.places[index + count - 1].quantity
        following = part.places[index + count].quantity
        if part.clause.text[before.end : following.start] not in ("、", "和", "及", "以及", "与"):
            break
        count += 1
    return count


def _shared(clause: Words, group: list[_Place], earlier: list[_Target]) -> list[_Target] | None:
    """Pair the values of a row with as many subjects or years; None if there are none."""
    first = group[0]
    years = _years().match(clause.text, first.left, first.quantity.lead)
    dues = [int(year) for year in re.findall(r"20\d\d", years.group())] if years else []
    if years is None or len(dues) != len(group):
        return _paired(clause, group, earlier)
    noun = left_noun(clause, years.end(), first.quantity.lead)
    if noun is None:
        return None
    start = head_of(clause, noun)
    return [
        _Target(
            place.quantity, (noun,), (min(start, place.quantity.start), place.quantity.end), due
        )
        if place is first
        else _Target(place.quantity, (noun,), (place.quantity.start, place.quantity.end), due)
        for place, due in zip(group, dues, strict=True)
    ]


def _paired(clause: Words, group: list[_Place], earlier: list[_Target]) -> list[_Target] | None:
    first = group[0]
    noun = left_noun(clause, first.left, first.quantity.lead)
    if noun is None:
        return None
    subjects = split_list(clause.text, noun, len(group))
    if subjects is None:
        said = clause.text[first.left : first.quantity.number]
        respective = re.search(any_of(words("figures.respectively")), said)
        if respective is None or len(earlier) < len(group):
            return None
        subjects = [(*target.subject, noun) for target in earlier[-len(group) :]]
    targets = []
    for place, subject in zip(group, subjects, strict=True):
        quantity = place.quantity
        start = head_of(clause, noun) if place is first else quantity.start
        targets.append(_Target(quantity, subject, (start, quantity.end)))
    return targets


@cache
def _years() -> re.Pattern[str]:
    return re.compile(r"[到至]?(?:20\d\d年底?[、和及])+20\d\d年底?,?")


def _single(part: _Part, place: _Place, earlier: list[_Target]) -> _Target:
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
    part: _Part, place: _Place, left: tuple[Piece, ...] | None, earlier: list[_Target]
) -> _Target:
    """Read a limit of time: who or what, and what is done in it (投诉24小时内答复)."""
    quantity = place.quantity
    end = _trim(part.clause.text, quantity.end, place.right)
    done = ((quantity.end, end),) if end > quantity.end else ()
    who = left or (earlier[-1].subject[:1] if earlier else ())
    start = head_of(part.clause, left[-1]) if left and not done else quantity.start
    return _Target(quantity, (*who, *done), (start, end))


def _counted(part: _Part, place: _Place, left: tuple[Piece, ...] | None, right: Piece) -> _Target:
    """Read a quantity that stands before its noun (不低于10万个岗位, 70%以上的中学建立团校)."""
    clause, quantity = part.clause, place.quantity
    start, end = _opening(clause, place), right[1]
    if not quantity.is_share:
        each = left if left and clause.text[left[0][0]] in "每各" else ()
        return _Target(quantity, (*(each or _name_before(clause, place)), right), (start, end))
    last = part.places[-1]
    own = verb_phrase(clause, right[0], place.right)
    if own is not None and own[1] - start <= _LONGEST_SHARE:
        return _Target(quantity, ((right[0], own[1]),), (start, own[1]))
    said = verb_phrase(clause, last.quantity.end, last.right) if last is not place else None
    return _Target(quantity, (right, said) if said else (right,), (start, end))


def _name_before(clause: Words, place: _Place) -> tuple[Piece, ...]:
    """Return the name the part gives before the quantity: “X”落实不低于10万个岗位 is X's."""
    matches = list(re.finditer(f"{NAME}+", clause.masked[place.left : place.quantity.start]))
    if not matches:
        return ()
    return ((place.left + matches[-1].start(), place.left + matches[-1].end()),)


def _opening(clause: Words, place: _Place) -> int:
    """Return where the quote begins: at the comparator, or at a period said just before it."""
    start = place.quantity.start
    before = clause.text[place.left : start]
    matches = list(_period().finditer(before))
    if matches and len(before) - matches[-1].end() <= _NEAR:
        return place.left + matches[-1].start()
    return start


@cache
def _period() -> re.Pattern[str]:
    return re.compile(
        rf"每[\d一二两三四五六七八九十]+个?[年月周天]|{any_of(table('figures.per'))}"
    )


def _left_subject(part: _Part, place: _Place) -> tuple[Piece, ...] | None:
    """Return the noun phrase before a quantity, in two pieces where a time parts it."""
    return _nouns(part, place.left, place.quantity.lead)


def _nouns(part: _Part, begin: int, end: int) -> tuple[Piece, ...] | None:
    pieces: list[Piece] = []
    for time in part.times:
        if begin <= time.start and time.end <= end:
            pieces.append((begin, time.start))
            begin = time.end
    pieces.append((begin, end))
    nouns = [noun for noun in (left_noun(part.clause, a, b) for a, b in pieces if a < b) if noun]
    return tuple(nouns[-2:]) or None


def _measured(
    part: _Part, place: _Place, left: tuple[Piece, ...] | None, earlier: list[_Target]
) -> _Target:
    """Read a quantity that stands after its noun (配备率达到90%以上, 电子图书2.5万种)."""
    clause, quantity = part.clause, place.quantity
    if left is None:
        return _leaning(part, place, earlier)
    subject = left
    if earlier and _ends_in(clause, left[-1], "figures.trends") and _length(left[-1]) <= 2:
        subject = (*earlier[-1].subject, left[-1])
    elif earlier and (twin := _twin(part, place, left, earlier[-1])):
        subject = (twin, *left)
    bracketed = "(" in clause.text[left[-1][1] : quantity.start]
    start = quantity.start if bracketed else head_of(clause, left[-1])
    return _Target(quantity, subject, (min(start, _opening(clause, place)), quantity.end))


def _length(piece: Piece) -> int:
    return piece[1] - piece[0]


def _twin(part: _Part, place: _Place, left: tuple[Piece, ...], before: _Target) -> Piece | None:
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


def _leaning(part: _Part, place: _Place, earlier: list[_Target]) -> _Target:
    """Read a quantity with no noun before it in its part: by its verb, or the part before."""
    clause, quantity = part.clause, place.quantity
    opening = _opening(clause, place)
    verb = strip_leading(clause.text, quantity.start, quantity.number, words("figures.distant"))
    said = _said_before(part, place, earlier)
    if quantity.start < verb < quantity.number:
        return _Target(quantity, (*said[:1], (verb, quantity.number)), (opening, quantity.end))
    end = _trim(clause.text, quantity.end, place.right)
    if end > quantity.end:
        return _Target(quantity, ((quantity.end, end),), (min(place.left, opening), end))
    return _Target(quantity, said, (opening, quantity.end))


def _said_before(part: _Part, place: _Place, earlier: list[_Target]) -> tuple[Piece, ...]:
    """Return the subject the quantity goes on with: that of the quantity before it in its part
    or the part before, else the noun phrase of the part before.
    """
    text = part.clause.text
    before = [(a, b) for a, b in parts(text) if b <= part.start]
    begin = before[-1][0] if before else 0
    noun = _nouns(part, *before[-1]) if before else None
    last = earlier[-1] if earlier else None
    if last is None or not last.subject or (noun and last.quantity.number < begin):
        return noun or ()
    *pieces, (a, b) = last.subject
    trends = (*words("figures.trends"), *words("figures.compared"))
    return (*pieces, (a, max(strip_trailing(text, a, b, trends), a + 1)))


def _trim(text: str, start: int, end: int) -> int:
    match = re.compile(r"[^,;。!?:()、]*").match(text, start, end)
    return match.end() if match else start


def _figures(
    source: str, clause: Clause, reading: Reading, times: list[Time], targets: list[_Target],
    year: int | None,
) -> Iterator[Figure]:  # fmt: skip
    dues = [target.due or _due(reading.text, times, target.quantity) for target in targets]
    for target, due in zip(targets, dues, strict=True):
        quantity = target.quantity
        span = reading.span(*target.quote)
        spans = [reading.span(a, b) for a, b in target.subject]
        several = {
            other_due
            for other, other_due in zip(targets, dues, strict=True)
            if other.subject == target.subject
        }
        yield Figure(
            task=clause.task,
            subject="".join(re.sub(r"\s*\n\s*", "", source[s.start : s.end]) for s in spans),
            comparator=quantity.bound or Comparator.EQUAL,
            value=quantity.value,
            unit=quantity.unit,
            quote=source[span.start : span.end],
            start=span.start,
            end=span.end,
            upper=quantity.upper,
            baseline=quantity.baseline,
            per=_per(reading.text, quantity),
            due=due if due != year or len(several) > 1 else None,
        )


def _per(text: str, quantity: Quantity) -> str | None:
    """Return the ISO 8601 period the quantity is counted in, said before it in its part."""
    begin = max((a for a, b in parts(text) if a <= quantity.number < b), default=0)
    matches = list(_period().finditer(text, begin, quantity.number))
    if not matches:
        return None
    word = matches[-1].group()
    known = table("figures.per").get(word)
    return known or _counted_period(word)


def _counted_period(word: str) -> str:
    match = re.fullmatch(r"每(.+?)个?([年月周天])", word)
    if match is None:
        raise ValueError(word)
    return f"P{number(match[1])}{dict(zip('年月周天', 'YMWD', strict=True))[match[2]]}"


def _due(text: str, times: list[Time], quantity: Quantity) -> int | None:
    """Return the year of the time said just before the quantity."""
    before = [t for t in times if t.end <= quantity.number and t.date is not None]
    if not before:
        return None
    time = before[-1]
    if not re.fullmatch(r",?[^,;。]*", text[time.end : quantity.number]) or time.date is None:
        return None
    return time.date.year
