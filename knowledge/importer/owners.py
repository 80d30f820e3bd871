"""The bodies a plan holds responsible, each with the parts of its clause it answers for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from knowledge.importer.fields import FieldKind, Placed, fields_of, role_pattern, spoken_of
from knowledge.importer.quotes import quoted_in
from knowledge.importer.reading import Reading, parts, read
from knowledge.importer.scope import (
    bracket_round,
    clauses_before,
    governed_before,
    holds_remark,
)
from knowledge.importer.times import times_in
from knowledge.importer.vocabulary import any_of, strip_trailing, words
from knowledge.plan.model import Clause, Owner, Span

_LONGEST_BODY = 24


@dataclass(frozen=True, slots=True)
class _Body:
    role: str
    start: int
    end: int


def find_owners(source: str, clauses: tuple[Clause, ...]) -> tuple[Owner, ...]:
    """Find the responsible bodies, one record each, in source order.

    They stand after a printed role (牵头单位:…), alone in the brackets that close a sentence, or
    as 由…负责. `role` is the printed word, "" where there is none. A role in brackets answers for
    its sentence, back to the brackets before; one that closes a task, or stands in a sentence of
    its own, for all sentences since the last role.
    """
    found: list[Owner] = []
    fields = fields_of(source, clauses)
    last: Clause | None = None
    for index, clause in enumerate(clauses):
        placed = fields[index]
        if placed is not None and placed.field.kind is FieldKind.OWNER:
            governs = spoken_of(clauses, fields, index)
            owners = _in_line(source, clause, placed)
            found.extend(replace(owner, governs=governs) for owner in owners)
            last = clause
            continue
        reading = read(source, clause.start, clause.end)
        bodies = list(_bodies(reading))
        before = clauses_before(clauses, index, last)
        closes = index + 1 == len(clauses) or clauses[index + 1].task != clause.task
        for body in bodies:
            governs = _governed(reading, body)
            if not governs or (closes and _is_last(reading.text, body)):
                governs = (*before, *governs)
            found.append(replace(_owner(source, clause, reading, body), governs=governs))
        if bodies:
            last = clause
    return tuple(found)


def _owner(source: str, clause: Clause, reading: Reading, body: _Body) -> Owner:
    span = reading.span(body.start, body.end)
    name = re.sub(r"\s*\n\s*", "", source[span.start : span.end])
    return Owner(clause.task, name, body.role, span.start, span.end)


def _in_line(source: str, clause: Clause, placed: Placed) -> Iterator[Owner]:
    """Find the bodies of a line that a role opens (责任部门:…), or of one below such a label."""
    lead = placed.field.end if placed.opens else 0
    reading = read(source, clause.start + lead, clause.end)
    text, labels = reading.text, _labels(reading)
    stop = labels[0].start() if labels else len(text)
    end = _end_of_list(text, 0, stop)
    if placed.opens:
        bodies = list(_listed(text, placed.field.label, 0, end))
    else:
        bodies = _bodies_in(text, 0, end, placed.field.label)
    for body in (*bodies, *(_bodies(reading) if labels else ())):
        yield _owner(source, clause, reading, body)


def _governed(reading: Reading, body: _Body) -> tuple[Span, ...]:
    text = reading.text
    end = bracket_round(text, body.start)
    if end is None and (dash := _dashed(text)) is not None and dash.start("who") <= body.start:
        end = dash.start()
    if end is None and text[body.start - 1] == words("owners.by")[0]:
        own = [reading.span(a, b) for a, b in parts(text) if a <= body.start < b]
        return tuple(own)
    if end is None:
        labels = _labels(reading)
        end = labels[0].start() if labels else len(text)
    return tuple(reading.span(start, stop) for start, stop in governed_before(text, end))


def _is_last(text: str, body: _Body) -> bool:
    """Tell whether the body's bracket is the only one of its clause and closes it, or a dash."""
    if (dash := _dashed(text)) is not None and dash.start("who") <= body.start:
        return True
    start = bracket_round(text, body.start)
    if start is None:
        return False
    return not holds_remark(text[:start]) and _closing().match(text, body.end) is not None


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(r"[^()\[\]【】]*[)\]】][。;,]*$")


def _labels(reading: Reading) -> list[re.Match[str]]:
    """Return the printed roles: at the beginning, behind a mark, or behind white space."""
    text, offsets = reading.text, reading.offsets
    return [
        match
        for match in _label().finditer(text)
        if match.start() == 0
        or text[match.start() - 1] in ",;。、([【)]】:"
        or offsets[match.start()] - offsets[match.start() - 1] > 1
    ]


def _bodies(reading: Reading) -> Iterator[_Body]:
    text = reading.text
    labels = _labels(reading)
    stops = [*(label.start() for label in labels[1:]), len(text)]
    for label, stop in zip(labels, stops, strict=False):
        end = _end_of_list(text, label.end(), stop)
        yield from _listed(text, label["role"], label.end(), end)
    if labels:
        return
    yield from _in_closing_bracket(text)
    if (dash := _dashed(text)) is not None:
        yield from _bodies_in(text, dash.start("who"), dash.end("who"))
    for match in _by().finditer(text):
        yield from _listed(text, match["role"], match.start("who"), match.end("who"))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?P<role>{role_pattern()}):")


@cache
def _by() -> re.Pattern[str]:
    body = any_of(words("owners.bodies"))
    verb = any_of(words("owners.verbs"))
    by = words("owners.by")[0]
    return re.compile(rf"{by}(?P<who>[^,;。:(){by}]{{1,{_LONGEST_BODY}}}?{body})(?P<role>{verb})")


def _end_of_list(text: str, start: int, stop: int) -> int:
    """Return where the bodies after a role end: at the bracket's or sentence's end, or at the
    next label (完成时限:).
    """
    match = re.compile(r"(?:\([^()]*\)|[^;。)\]】])*").match(text, start, stop)
    end = match.end() if match else start
    other = _other_label().search(text, start, end)
    return other.start() if other else end


@cache
def _other_label() -> re.Pattern[str]:
    cell = any_of(words("fields.time"))
    return re.compile(rf"[,、]?[^,、;:]{{2,8}}:|[,、]{cell}(?=,|$)")


def _listed(text: str, role: str, start: int, end: int) -> Iterator[_Body]:
    """Yield the bodies of a list; a role behind one is that of all since the last comma."""
    found: list[_Body] = []
    told = ""
    items = list(re.compile(r"(?:\([^()]*\)|[^、,;/()\s])+").finditer(text, start, end))
    for match in reversed(items):
        at, close = match.span()
        behind = _told_behind().search(text, at + 2, close)
        if behind is not None or text[close : close + 1] in (",", ";"):
            told = behind["role"] if behind is not None else ""
        close = behind.start() if behind is not None else close
        close = strip_trailing(text, at, close, words("owners.others"))
        if told and text.startswith(words("owners.by"), at):
            at += 1
        name = text[at:close]
        named = 1 < len(name) <= _LONGEST_BODY and re.search(r"[\u4e00-\u9fffA-Za-z]", name)
        if named and not times_in(name, None):
            found.append(_Body(told or role, at, close))
    yield from reversed(found)


@cache
def _told_behind() -> re.Pattern[str]:
    """Match the role behind a body's name, in brackets or not (甲科牵头, 乙科(配合))."""
    role = any_of(words("owners.told_behind"))
    return re.compile(rf"\(?(?P<role>{role})\)?$")


def _in_closing_bracket(text: str) -> Iterator[_Body]:
    match = re.search(r"[(【\[]([^()【】\[\]]+)[)】\]][。;]?$", text)
    if match is None or any(q.start <= match.start() < q.end for q in quoted_in(text)):
        return
    led = list(_led().finditer(text, match.start(1), match.end(1)))
    for item in led:
        yield from _bodies_in(text, item.start("who"), item.end("who"), item["role"])
    if not led:
        yield from _bodies_in(text, match.start(1), match.end(1))


def _bodies_in(text: str, start: int, end: int, role: str = "") -> list[_Body]:
    """Return the bodies of a list, none if anything else is listed."""
    bodies = list(_listed(text, role, start, end))
    named = all(text.endswith(words("owners.bodies"), body.start, body.end) for body in bodies)
    return bodies if named else []


@cache
def _led() -> re.Pattern[str]:
    """Match bodies with their role behind them, in brackets (甲科牵头,乙科、丙科配合)."""
    role = any_of((*words("owners.verbs"), *words("owners.behind")))
    by = words("owners.by")[0]
    return re.compile(rf"(?<=[(【\[,;]){by}?(?P<who>[^,;:()]+?)(?P<role>{role})(?=[,;)】\]])")


def _dashed(text: str) -> re.Match[str] | None:
    """Match the dash, and what stands behind it, that closes a sentence (…100%。——甲科)."""
    return re.compile(r"(?:——|--)(?P<who>[^,;。:()—]+)[。;]?$").search(text)
