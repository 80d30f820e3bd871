"""The deadlines of a plan, each with the parts of its clause it governs."""

from __future__ import annotations

import re
from functools import cache

from knowledge.importer.masking import mask_names, mask_ordinals
from knowledge.importer.reading import Reading, parts, read
from knowledge.importer.scope import (
    bracket_round,
    clauses_after,
    clauses_before,
    governed_before,
    trimmed,
)
from knowledge.importer.times import Time, times_in
from knowledge.importer.vocabulary import any_of, words
from knowledge.plan.model import Clause, Deadline, DeadlineKind, Program, Span

_OPENING = "([【"
_LONGEST_LEAD = 2


def find_deadlines(
    source: str, clauses: tuple[Clause, ...], programs: tuple[Program, ...], year: int | None
) -> tuple[Deadline, ...]:
    """Find the times a plan's clauses set, in source order; see `times` for their reading.

    `year` is the plan's own. Without it a time that does not say its year has no date. Times
    behind the plan are left out.
    """
    found: list[Deadline] = []
    for at, clause in enumerate(clauses):
        reading = read(source, clause.start, clause.end)
        names = [program for program in programs if program.task == clause.task]
        masked = mask_ordinals(mask_names(reading, names))
        times = [time for time in times_in(masked, year, reading.text) if not time.past]
        for index, time in enumerate(times):
            span = reading.span(time.start, time.end)
            found.append(
                Deadline(
                    clause.task,
                    source[span.start : span.end],
                    time.kind,
                    time.date,
                    time.rrule,
                    span.start,
                    span.end,
                    _governed(clauses, at, reading, times, index),
                )
            )
    return tuple(found)


def _governed(
    clauses: tuple[Clause, ...], at: int, reading: Reading, times: list[Time], index: int
) -> tuple[Span, ...]:
    text, time = reading.text, times[index]
    bracket = bracket_round(text, time.start)
    if bracket is not None:
        ranges = governed_before(text, bracket)
        before = _spans(reading, ranges) or clauses_before(clauses, at)[-1:]
        return before or _behind(clauses, at, reading, bracket)
    label = _label().search(text, 0, time.start)
    if label is not None:
        ranges = governed_before(text, label.start())
        return _spans(reading, ranges) or clauses_before(clauses, at)
    return _spans(reading, trimmed(text, _by_phrase(text, times, index)))


def _behind(
    clauses: tuple[Clause, ...], at: int, reading: Reading, bracket: int
) -> tuple[Span, ...]:
    """Return what a time in brackets governs that opens its task, as behind a heading."""
    text = reading.text
    close = re.compile(r"[)\]】]").search(text, bracket)
    rest = close.end() if close else len(text)
    own = trimmed(text, [(rest + a, rest + b) for a, b in parts(text[rest:])])
    return (*_spans(reading, own), *clauses_after(clauses, at))


def _spans(reading: Reading, ranges: list[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(reading.span(start, end) for start, end in ranges)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(f"{any_of(words('deadlines.labels'))}[:为]?")


def _by_phrase(text: str, times: list[Time], index: int) -> list[tuple[int, int]]:
    time = times[index]
    phrases = parts(text)
    own = next(
        i for i, (a, b) in enumerate(phrases) if a <= time.start < b or i + 1 == len(phrases)
    )
    start, end = phrases[own]
    before = [t for t in times[:index] if start <= t.start]
    if before:
        start = _split_between(text, before[-1].end, time.start)
    after = [t for t in times[index + 1 :] if t.start < end]
    if after:
        stop = _split_between(text, time.end, after[0].start)
        bare = not text[time.end : stop].strip("、和及")
        return [(start, end if bare else stop)]
    ranges = [(start, end)]
    leads = time.start - start <= _LONGEST_LEAD
    if own and leads and not before and _only_completes(text[time.end : end]):
        ranges.insert(0, phrases[own - 1])
    if time.kind is DeadlineKind.RECURRING:
        return ranges
    for a, b in phrases[own + 1 :]:
        timed = any(a <= t.start < b for t in times)
        if timed or text.startswith(words("deadlines.fresh"), a) or text[a] in _OPENING:
            break
        ranges.append((a, b))
    return ranges


def _split_between(text: str, start: int, end: int) -> int:
    """Return where, between two times of one phrase, the second one's words begin."""
    at = text.rfind("、", start, end)
    return at + 1 if at >= 0 else end


def _only_completes(rest: str) -> bool:
    """Tell whether nothing but finishing is said (全部到岗), so the matter stands before."""
    rest = rest.rstrip("。;,)")
    return bool(rest) and _completing().fullmatch(rest) is not None


@cache
def _completing() -> re.Pattern[str]:
    return re.compile(f"{any_of(words('deadlines.completing'))}*")
