"""The value of numerals in a message."""

from __future__ import annotations

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
NUMBER = r"(?:\d{1,4}|[零〇一二两三四五六七八九十百]{1,4})"


def number(text: str) -> int:
    """Return the value of Arabic digits or of a Chinese numeral below 1000."""
    if text.removeprefix("-").isdigit():
        return int(text)
    total = 0
    digit = 0
    for char in text:
        if char == "百":
            total += (digit or 1) * 100
            digit = 0
        elif char == "十":
            total += (digit or 1) * 10
            digit = 0
        elif char.isdigit():
            digit = digit * 10 + int(char)
        else:
            digit = DIGITS.get(char, 0)
    return total + digit
