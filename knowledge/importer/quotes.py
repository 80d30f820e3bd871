"""Words set off by quotation marks or title marks."""

from __future__ import annotations

from dataclasses import dataclass

_PAIRS = {
    "“": '”"',
    '"': '"”',
    "「": "」",
    "『": "』",
    "‘": "’",
    "《": "》",
    "〈": "〉",
}
_ENDS = frozenset("。;\n")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text between a pair of marks; `start`/`end` take in the marks, `mark` is the opening one."""

    name: str
    mark: str
    start: int
    end: int


def quoted_in(text: str) -> list[Quoted]:
    """Find the outermost quotations of `text`, in order.

    A mark that stays open to the end of its sentence, or for more than 60 characters, opens
    nothing. A quotation opened with “ may be closed with a straight mark.
    """
    found: list[Quoted] = []
    index = 0
    while index < len(text):
        end = _closing(text, index) if text[index] in _PAIRS else None
        if end is None:
            index += 1
            continue
        name = text[index + 1 : end]
        if name.strip():
            found.append(Quoted(name, text[index], index, end + 1))
        index = end + 1
    return found


def _closing(text: str, start: int) -> int | None:
    opener = text[start]
    closers = _PAIRS[opener]
    depth = 1
    for index in range(start + 1, min(len(text), start + _LONGEST + 2)):
        char = text[index]
        if char in _ENDS:
            return None
        if char in closers:
            depth -= 1
            if depth == 0:
                return index
        elif char == opener:
            depth += 1
    return None
