"""The deadlines of a plan, each with the parts of its clause it governs."""

from __future__ import annotations

import re
from functools import cache

from knowledge.importer.fields import FieldKind, Placed, fields_of, spoken_of
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
    fields = fields_of(source, clauses)
    read_all = [
        _read(source, clause, placed, programs, year)
        for clause, placed in zip(clauses, fields, strict=True)
    ]
    found: list[Deadline] = []
    for at, (clause, (reading, times)) in enumerate(zip(clauses, read_all, strict=True)):
        field = placed.field if (placed := fields[at]) is not None else None
        line = sum(len(read_all[i][1]) for i, p in enumerate(fields) if p and p.field is field)
        for index, time in enumerate(times):
            span = reading.span(time.start, time.end)
            if field is not None and field.kind in (FieldKind.TIME, FieldKind.OWNER):
                governs = spoken_of(clauses, fields, at)
                if field.kind is FieldKind.TIME:
                    own = _stated(reading, times, index)
                    alone = own and line > 1
                    phrase = trimmed(reading.text, [_phrase_of(reading.text, times, index)])
                    governs = own if alone else (*governs, *_spans(reading, phrase))
            else:
                governs = _governed(clauses, at, reading, times, index)
            found.append(
                Deadline(
                    clause.task,
                    source[span.start : span.end],
                    time.kind,
                    time.date,
                    time.rrule,
                    span.start,
                    span.end,
                    governs,
                )
            )
    return tuple(found)


def _read(
    source: str,
    clause: Clause,
    placed: Placed | None,
    programs: tuple[Program, ...],
    year: int | None,
) -> tuple[Reading, list[Time]]:
    """Read a clause, behind the label that opens it, with the times it sets."""
    lead = placed.field.end if placed is not None and placed.opens else 0
    reading = read(source, clause.start + lead, clause.end)
    names = [program for program in programs if program.task == clause.task]
    masked = mask_ordinals(mask_names(reading, names))
    return reading, [time for time in times_in(masked, year, reading.text) if not time.past]


def _stated(reading: Reading, times: list[Time], index: int) -> tuple[Span, ...]:
    """Return the words of a labelled line that say what this one of its times is for.

    None do where nothing is named before it: then it is for the task (4月启动,10月底结束), as it
    is for what is left of the task (其余11月底前完成). What is named before the time before it may
    be meant too (展厅8月完工,10月开放).
    """
    text, time = reading.text, times[index]
    start, end = _phrase_of(text, times, index)
    if _names(text[start : time.start]):
        return _spans(reading, trimmed(text, _by_phrase(text, times, index)))
    if index == 0 or text.startswith(words("deadlines.rest"), start):
        return ()
    before, close = _phrase_of(text, times, index - 1)
    if before == start or not _names(text[before : times[index - 1].start]):
        return ()
    return _spans(reading, trimmed(text, [(before, close), (start, end)]))


def _phrase_of(text: str, times: list[Time], index: int) -> tuple[int, int]:
    """Return the part of a sentence a time stands in, parted from the times beside it by 、."""
    time = times[index]
    start, end = next((a, b) for a, b in parts(text) if a <= time.start < b)
    if index and times[index - 1].end > start:
        start = max(start, text.rfind("、", times[index - 1].end, time.start) + 1)
    if index + 1 < len(times) and times[index + 1].start < end:
        comma = text.find("、", time.end, times[index + 1].start)
        end = comma if comma >= 0 else end
    return start, end


def _names(lead: str) -> bool:
    """Tell whether the words before a time name anything, not only 力争 or 其余."""
    lead = lead.lstrip("、").rstrip("于在到至")
    if lead.startswith(words("deadlines.rest")):
        return False
    return bool(lead) and not _only_completes(lead)


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
