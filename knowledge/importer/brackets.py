"""Which characters of a text stand inside quotation marks or brackets."""

from __future__ import annotations

_PAIRS = {
    "“": '”"＂',
    "‘": "’'",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
    "〖": "〗",
    "（": "）)",
    "(": ")）",
    "[": "]",
    "［": "］",
    "{": "}",
}
_CLOSERS = frozenset("".join(_PAIRS.values())) - {"'"}
_STRAIGHT = '"＂'


def enclosed(text: str) -> bytearray:
    """Return a byte a character: 1 where it stands in a closed pair, the marks included.

    An opening mark without its closing one encloses nothing, so one slip of the typist does not
    swallow the rest of the text. A straight quotation mark closes a curly one.
    """
    inside = bytearray(len(text))
    stack: list[tuple[str, int]] = []
    for position, char in enumerate(text):
        if char in _CLOSERS or char == "'":
            depth = _opened_by(stack, char)
            if depth is not None:
                start = stack[depth][1]
                del stack[depth:]
                inside[start : position + 1] = b"\x01" * (position + 1 - start)
                continue
        if char in _PAIRS or char in _STRAIGHT:
            stack.append((char, position))
    return inside


def closing(char: str) -> bool:
    """Tell whether `char` closes a quotation or a bracket."""
    return char in _CLOSERS


def opening(char: str) -> bool:
    """Tell whether `char` opens a quotation or a bracket."""
    return char in _PAIRS


def _opened_by(stack: list[tuple[str, int]], char: str) -> int | None:
    for depth in range(len(stack) - 1, -1, -1):
        opener = stack[depth][0]
        if char in _PAIRS.get(opener, opener if opener in _STRAIGHT else ""):
            return depth
    return None
