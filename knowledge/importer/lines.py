"""The lines of a source text, and which of them a hard wrap joins to the next."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_NEWLINE = re.compile(r"\r\n|\n|\r")
_CLOSED = re.compile(r"[。！？；：!?;:…][”’」』》）)】\]\"'*_]*$|^[【〖〔][^】〗〕]*[】〗〕]$")
_CONNECTED = re.compile(r"[，、,（(《“「『—]$")
_OPENERS = "（(《“「『【〔"
_PAIR_MARK = re.compile(r"[（(《“「『【〔）)》”\"」』】〕]")
_MIN_WRAP = 40
_TOLERANCE = 4
_SIMILAR = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: `start`/`end` are the offsets of its text without outer white space.

    `number` counts from 1; `indent` is the width in columns of the leading white space; `width`
    the width in columns of the whole; `open` says that it ends where a hard wrap would end it,
    `full` that it does so at the width of the longest line; `unclosed` that a bracket or
    quotation opened in it is closed in the next line.
    """

    number: int
    start: int
    end: int
    text: str
    indent: int
    width: int
    open: bool = False
    full: bool = False
    unclosed: bool = False

    @property
    def blank(self) -> bool:
        """Tell whether the line holds white space only."""
        return self.start == self.end


def split_lines(source: str) -> tuple[Line, ...]:
    r"""Return the lines of `source`, which end at \n, \r\n or \r."""
    bounds = [0]
    ends = []
    for match in _NEWLINE.finditer(source):
        ends.append(match.start())
        bounds.append(match.end())
    ends.append(len(source))
    lines = [
        _line(number, source[start:end], start)
        for number, (start, end) in enumerate(zip(bounds, ends, strict=True), 1)
    ]
    return _mark_open(lines)


def paragraph_ends(
    lines: tuple[Line, ...],
    starts: frozenset[int],
    fields: frozenset[int] = frozenset(),
    alone: frozenset[int] = frozenset(),
) -> frozenset[int]:
    """Return the indices of the lines that end a paragraph.

    `starts` holds the indices of the lines known to begin one, because a label stands there;
    `fields` those of labelled lines within tasks, which begin one too, and `alone` those of them
    whose words stand on the next line.
    """
    ends = set()
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if (
            line.blank
            or following is None
            or following.blank
            or index + 1 in starts | fields
            or (index not in alone and not runs_on(line, labelled=index in starts))
            or (index not in alone and following.indent > line.indent + 1)
        ):
            ends.add(index)
    return frozenset(ends)


def inside_bracket(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a hard wrap divides a bracket or quotation before the line at `index`."""
    return index > 0 and lines[index - 1].unclosed


def runs_on(line: Line, *, labelled: bool) -> bool:
    """Tell whether a hard wrap joins `line` to the next one.

    A labelled line without a full stop may as well be a heading, which only the full width of the
    page tells from wrapped text.
    """
    return line.full if labelled and "。" not in line.text else line.open


def columns(text: str) -> int:
    """Return the width of `text` on a terminal: a full-width character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _line(number: int, text: str, offset: int) -> Line:
    stripped = text.strip()
    lead = len(text) - len(text.lstrip()) if stripped else 0
    start = offset + lead
    return Line(
        number=number,
        start=start,
        end=start + len(stripped),
        text=stripped,
        indent=columns(text[:lead]),
        width=columns(text.rstrip()),
    )


def _divided(line: Line, following: Line) -> bool:
    """Tell whether a hard wrap divides a bracket or quotation between two lines."""
    before, after = _PAIR_MARK.findall(line.text), _PAIR_MARK.findall(following.text)
    return (
        line.width >= _MIN_WRAP
        and not line.text.endswith(("。", "；"))
        and bool(before and after)
        and before[-1] in _OPENERS
        and after[0] not in _OPENERS
    )


def _mark_open(lines: list[Line]) -> tuple[Line, ...]:
    """Mark lines as wrapped: by width, which wrapped lines share, or by a divided bracket."""
    divided = {line.number for line, following in pairwise(lines) if _divided(line, following)}
    unfinished = [
        line
        for line in lines
        if line.number in divided or not (line.blank or _CLOSED.search(line.text))
    ]
    widths = sorted(line.width for line in unfinished)
    longest = max((line.width for line in lines), default=0)
    marked = {}
    for line in unfinished:
        low, high = line.width - _TOLERANCE, line.width + _TOLERANCE
        similar = bisect_right(widths, high) - bisect_left(widths, low)
        wide = line.width >= _MIN_WRAP
        longest_like = wide and line.width >= longest - _TOLERANCE
        unclosed = line.number in divided
        connected = unclosed or _CONNECTED.search(line.text) is not None
        marked[line.number] = replace(
            line,
            open=connected or longest_like or (wide and similar >= _SIMILAR),
            full=connected or (longest_like and similar > 1),
            unclosed=unclosed,
        )
    return _continued([marked.get(line.number, line) for line in lines])


def _continued(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Mark lines as wrapped that are unfinished, wide and go on level in a wrapped paragraph.

    A wrap that may not divide a number or a Latin word leaves such a line shorter than the rest.
    """
    found = list(lines)
    for index in range(1, len(found) - 1):
        before, line, after = found[index - 1 : index + 2]
        if (
            before.open
            and not (before.blank or line.blank or after.blank)
            and not line.open
            and line.width >= _MIN_WRAP
            and _CLOSED.search(line.text) is None
            and after.indent == line.indent <= before.indent
        ):
            found[index] = replace(line, open=True)
    return tuple(found)
