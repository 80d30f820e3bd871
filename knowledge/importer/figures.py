"""The figures of a plan: targets with their comparator, value, unit and subject.

Numerals come from Recognizers-Text (see `numerals`); the grammar round them is our own, over text
in which names, times and numbers that are no quantities are masked (see `masking`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from knowledge.importer.days import number
from knowledge.importer.fields import field_at
from knowledge.importer.masking import VOID, mask_names, mask_ordinals, mask_times
from knowledge.importer.nouns import cut_words
from knowledge.importer.places import Part, Target, places_in
from knowledge.importer.quantities import Quantity, counts, quantities
from knowledge.importer.reading import Reading, parts, read
from knowledge.importer.targets import period, targets_in
from knowledge.importer.times import Time, times_in
from knowledge.importer.vocabulary import any_of, table, words
from knowledge.plan.model import Clause, Comparator, Figure, Program


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
        field = field_at(clause.text)
        reading = read(source, clause.start + (field.end if field else 0), clause.end)
        masked = mask_ordinals(mask_names(reading, names))
        times = times_in(masked, year, reading.text)
        targets = _targets(reading, masked, times, year)
        found.extend(_figures(source, clause, reading, times, targets, year))
    return tuple(found)


def _targets(reading: Reading, masked: str, times: list[Time], year: int | None) -> list[Target]:
    blank = _without_times(masked, times)
    clause = cut_words(reading.text, masked)
    every = _counted(blank)
    earlier: list[Target] = []
    targets: list[Target] = []
    for start, end in parts(reading.text):
        inside = [q for q in every if start <= q.number < end]
        if not inside:
            continue
        part = Part(clause, times, start, places_in(blank, inside, start, end), tuple(earlier))
        found = targets_in(part)
        earlier.extend(found)
        if not _is_past(reading.text, end, times, year):
            targets.extend(found)
    return targets


def _counted(text: str) -> list[Quantity]:
    """Return the quantities that are meant as such, and those in a row with one (50万、30万)."""
    found: list[Quantity] = []
    for quantity in quantities(text):
        bare = not quantity.unit and not quantity.spelled
        follows = bare and found and text[found[-1].end : quantity.start] in ("、", "和")
        if counts(text, quantity) or follows:
            found.append(quantity)
    return found


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


def _figures(
    source: str, clause: Clause, reading: Reading, times: list[Time], targets: list[Target],
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
    rates = table("figures.rates")
    matches = list(period().finditer(text, begin, quantity.number))
    if not matches:
        said = text[quantity.number : quantity.unit_end]
        return next((rates[rate] for rate in rates if said.endswith(rate)), None)
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
