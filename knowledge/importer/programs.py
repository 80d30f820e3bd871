"""The named things of a plan: programmes, platforms, documents, systems and slogans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from knowledge.importer.quotes import Quoted, quoted_in
from knowledge.importer.reading import Reading, read
from knowledge.importer.unquoted import goes_on, is_generic, unquoted_in
from knowledge.importer.vocabulary import any_of, words
from knowledge.plan.model import Clause, Program, ProgramKind, Span, Task

_TAIL = re.compile(r"[A-Za-z\u4e00-\u9fff]{0,24}")
# The items of a row that stand without quotation marks (“A”、B等制度).
_LISTED = re.compile(r"(?:[、和及][A-Za-z\u4e00-\u9fff]{2,10}?){1,3}(?=等)")
_SHORTEST_ECHO = 4
"""Characters a quoted name must have to be looked for, without quotes, in other tasks."""


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    kind: ProgramKind
    start: int
    end: int
    aliases: tuple[str, ...] = ()


def find_programs(
    source: str, tasks: tuple[Task, ...], clauses: tuple[Clause, ...]
) -> tuple[Program, ...]:
    """Find the names a plan's tasks use, one record for each task and name, in source order.

    Names stand in quotation marks, in 《》, or end in a word such as 计划; a name within another
    is no second one. Headings are read as well as clauses. A name broken over two lines is given
    without the break.
    """
    found: list[tuple[Task, list[_Found]]] = []
    for task in tasks:
        names = list(_names_in(source, read(source, task.title_start, task.body_start)))
        for clause in clauses:
            if clause.task == task.key and clause.end > task.body_start:
                start = max(clause.start, task.body_start)
                names.extend(_names_in(source, read(source, start, clause.end)))
        found.append((task, names))
    known = {
        name.name: name
        for _, names in found
        for name in names
        if len(name.name) >= _SHORTEST_ECHO
        and not is_generic(name.name)
        and name.kind in (ProgramKind.PROGRAM, ProgramKind.PLATFORM)
    }
    programs: list[Program] = []
    for task, names in found:
        names.extend(_echoes(source, task, names, known))
        names.sort(key=lambda name: name.start)
        programs.extend(_records(task, names))
    return tuple(programs)


def _records(task: Task, names: list[_Found]) -> Iterator[Program]:
    merged: dict[str, _Found] = {}
    for name in names:
        first = merged.get(name.name)
        if first is None:
            merged[name.name] = name
            continue
        extra = tuple(alias for alias in name.aliases if alias not in first.aliases)
        merged[name.name] = replace(first, aliases=first.aliases + extra)
    for name in merged.values():
        yield Program(
            task.key, name.name, name.kind, name.start, name.end, _split(name.name), name.aliases
        )


def _split(name: str) -> tuple[str, ...]:
    pieces = re.split(f"[{words('names.joins')[0]}]", name)
    return tuple(piece for piece in pieces if piece) if len(pieces) > 1 else ()


def _echoes(
    source: str, task: Task, names: list[_Found], known: dict[str, _Found]
) -> Iterator[_Found]:
    """Find names quoted in other tasks where this one uses them without their quotes."""
    taken = [(name.start, name.end) for name in names]
    here = {name.name for name in names}
    reading = read(source, task.title_start, task.end)
    for name in sorted(known, key=len, reverse=True):
        index = reading.text.find(name)
        if name in here or index < 0:
            continue
        span = reading.span(index, index + len(name))
        if not any(start < span.end and span.start < end for start, end in taken):
            taken.append((span.start, span.end))
            yield replace(known[name], start=span.start, end=span.end, aliases=())


def _name_at(source: str, span: Span) -> str:
    """Return the source's words at `span`, without a line break and the indent after it."""
    return re.sub(r"\s*[\r\n]\s*", "", source[span.start : span.end]).strip()


def _names_in(source: str, reading: Reading) -> Iterator[_Found]:
    text = reading.text
    quoted = quoted_in(text)
    for index, quote in enumerate(quoted):
        tail = _tail_of(text, quoted, index, ("", "、", "和", "及"))
        kind = _kind_of(quote, tail)
        if kind is None:
            continue
        span = reading.span(quote.start + 1, quote.end - 1)
        name = _name_at(source, span)
        aliases = _aliases(name, kind, _tail_of(text, quoted, index, ("",)))
        yield _Found(name, kind, span.start, span.end, aliases)
    for start, end in unquoted_in(text, quoted):
        span = reading.span(start, end)
        name = _name_at(source, span)
        kind = ProgramKind.PLATFORM if _ends(name, "names.platform") else ProgramKind.PROGRAM
        short = re.match(r"\(([A-Za-z][A-Za-z0-9]+)\)", text[end : end + 12])
        yield _Found(name, kind, span.start, span.end, (short[1],) if short else ())


def _tail_of(text: str, quoted: list[Quoted], index: int, between: tuple[str, ...]) -> str:
    """Return the words after a quote; what stands in a row (“A”“B”、C等活动) shares the last."""
    while index + 1 < len(quoted):
        if text[quoted[index].end : quoted[index + 1].start] not in between:
            break
        index += 1
    end = quoted[index].end
    listed = _LISTED.match(text, end) if len(between) > 1 else None
    match = _TAIL.match(text, listed.end() if listed else end)
    return match.group() if match else ""


@dataclass(frozen=True, slots=True)
class _Tail:
    """The words after a quote up to the one that says what it is (“X” + 综合服务 + 平台)."""

    middle: str
    suffix: str


def _run_of(tail: str) -> str:
    """Cut the words after a quote where a noun phrase can no longer go on."""
    stops = (*words("names.stops")[0], *words("names.cutting"))
    skip = 1 if tail.startswith("等") else 0
    ends = [at for at in (tail.find(stop, skip) for stop in stops) if at >= 0]
    return tail[: min(ends, default=len(tail))]


def _read_tail(tail: str, suffixes: tuple[str, ...]) -> _Tail | None:
    run = _run_of(tail)
    whole: re.Match[str] | None = None
    for match in re.finditer(any_of(suffixes), run):
        single = len(match.group()) == 1
        if match.start() == 0 and single and goes_on(run, match):
            continue
        if match.start() == 0 or not single:
            whole = match
    return _Tail(run[: whole.start()], whole.group()) if whole else None


@cache
def _naming() -> tuple[str, ...]:
    lists = ("strong_suffixes", "weak_suffixes", "quoted_suffixes")
    return tuple(word for name in lists for word in words(f"names.{name}"))


def _kind_by_tail(tail: str) -> ProgramKind | None:
    systems = words("names.system")
    read_tail = _read_tail(tail, (*_naming(), *words("names.platform"), *systems))
    if read_tail is None:
        return ProgramKind.SLOGAN if tail.startswith(words("names.slogan")) else None
    if read_tail.suffix in systems:
        return ProgramKind.SYSTEM
    if read_tail.suffix.endswith(words("names.platform")):
        return ProgramKind.PLATFORM
    return ProgramKind.PROGRAM


def _aliases(name: str, kind: ProgramKind, tail: str) -> tuple[str, ...]:
    """Return the fuller forms of a quoted name: “X”工程 is also called X工程."""
    if kind in (ProgramKind.DOCUMENT, ProgramKind.SLOGAN) or tail.startswith("等"):
        return ()
    read_tail = _read_tail(tail, (*_naming(), *words("names.system")))
    if read_tail is None or re.match("[一二两三四五六七八九十]大", read_tail.middle):
        return ()
    full = name + read_tail.middle + read_tail.suffix
    if read_tail.middle and not name.endswith(_naming()):
        weak = read_tail.suffix in words("names.weak_suffixes")
        return (full, name + (read_tail.suffix[-2:] if weak else read_tail.suffix))
    return (full,)


def _ends(text: str, name: str) -> bool:
    return text.endswith(words(name))


def _kind_of(quote: Quoted, tail: str) -> ProgramKind | None:
    """Tell the kind of a quoted name from itself and the words after it; None for no name."""
    name = quote.name
    if quote.mark in "《〈":
        return ProgramKind.DOCUMENT
    if len(name) < 2 or tail.startswith(words("names.not_names")):
        return None
    return _kind_by_tail(tail) or _kind_by_itself(name)


def _kind_by_itself(name: str) -> ProgramKind:
    if name.isdigit():
        return ProgramKind.PLATFORM
    if re.search(r"\d\+|\+\d", name):
        return ProgramKind.SYSTEM
    if _ends(name, "names.platform"):
        return ProgramKind.PLATFORM
    if _ends(name, "names.system"):
        return ProgramKind.SYSTEM
    shapes = "|".join((*words("names.slogan_shapes"), *words("names.numeral_shape")))
    if _ends(name, "names.slogan_ends"):
        return ProgramKind.SLOGAN
    if re.fullmatch(shapes, name) and not _ends(name, "names.strong_suffixes"):
        return ProgramKind.SLOGAN
    if len(name) == 2:
        return ProgramKind.SLOGAN
    return ProgramKind.PROGRAM
