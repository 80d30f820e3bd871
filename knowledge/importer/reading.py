"""A stretch of the source as the extractors read it: without layout, with the way back to it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from knowledge.plan.model import Span

_PART_MARKS = frozenset(",;。!?;")
_OPENING = "([{【〔"
_CLOSING = ")]}】〕"


@dataclass(frozen=True, slots=True)
class Reading:
    """Text without white space and with full-width ASCII folded, character by character.

    `offsets[i]` is the offset in the source of `text[i]`.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the source's span of `text[start:end]`, which must not be empty."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def index(self, offset: int) -> int:
        """Return the place in `text` of the first character at or after a source offset."""
        return bisect_left(self.offsets, offset)


def fold(char: str) -> str:
    """Return the half-width form of a full-width ASCII character, any other character as is."""
    code = ord(char)
    return chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else char


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def read(source: str, start: int, end: int) -> Reading:
    """Read `source[start:end]`; a space between two Latin words or numbers is kept.

    Lines broken inside a sentence, or inside a number, thereby read as one. The cells of a table's
    row, divided by tabs or |, read as the parts of a sentence.
    """
    chars: list[str] = []
    offsets: list[int] = []
    gap: int | None = None
    cell = False
    for offset in range(start, end):
        char = source[offset]
        if char.isspace() or char == "\u200b":
            cell = cell or char == "\t"
            gap = offset if gap is None else gap
            continue
        char = fold(char)
        if char == "|":
            char = ","
        elif cell and gap is not None and chars and chars[-1] not in _PART_MARKS:
            chars.append(",")
            offsets.append(gap)
            gap = None
        cell = False
        if gap is not None and chars and _is_word(chars[-1]) and _is_word(char):
            chars.append(" ")
            offsets.append(gap)
        gap = None
        chars.append(char)
        offsets.append(offset)
    return Reading("".join(chars), tuple(offsets))


def parts(text: str) -> list[tuple[int, int]]:
    """Split a sentence at its commas into (start, end) pairs, its closing mark left out.

    A comma in brackets or between two digits does not split.
    """
    found: list[tuple[int, int]] = []
    depth = 0
    begin = 0
    for index, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char in _PART_MARKS and depth == 0 and not _between_digits(text, index):
            if index > begin:
                found.append((begin, index))
            begin = index + 1
    if begin < len(text):
        found.append((begin, len(text)))
    return found


def _between_digits(text: str, index: int) -> bool:
    around = text[index - 1 : index] + text[index + 1 : index + 2]
    return len(around) == 2 and around.isdigit()
