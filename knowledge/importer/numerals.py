"""Numbers as they are written: Arabic, Chinese, percentages, fractions, rates.

The numerals themselves are read by Microsoft's Recognizers-Text; the forms it does not know
(百余, 半数, ‰, 12/10万) are read here.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

_SCALES = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 10_000.0, "亿": 100_000_000.0}
_OWN = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?)/(?P<base>\d*[十百千]?[万亿]|\d+)(?![\d/])"
    r"|(?P<scale>(?<![\d一二三四五六七八九十两几数.])[百千万])(?=余)"
    r"|(?P<half>半数)"
)
_PERCENT = re.compile(r"%|分之|成|半")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its place, its value, and its unit if it is a share (%, ‰, /10万).

    `spelled` tells that it is written in Chinese characters alone.
    """

    start: int
    end: int
    value: float
    unit: str
    spelled: bool


@cache
def _models() -> tuple[Any, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = import_module("ms_recognizers_number")
        recognizer = package.NumberRecognizer(package.Culture.Chinese)
        return recognizer.get_number_model(), recognizer.get_percentage_model()


def numerals(text: str) -> list[Numeral]:
    """Find the numbers of `text` in order, none overlapping; 万 and 亿 are expanded."""
    # Letters after a number are its unit (180TB), not a scale.
    text = re.sub(r"(?<=\d)[A-Za-z]+", lambda match: "\ue001" * len(match.group()), text)
    found = list(_own(text))
    numbers, percentages = _models()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shares = percentages.parse(text) if _PERCENT.search(text) else []
        plain = numbers.parse(text)
    for result in shares:
        value = float(result.resolution["value"].rstrip("%"))
        unit = "个百分点" if result.text.endswith("百分点") else "%"
        _add(found, Numeral(result.start, result.end + 1, value, unit, _spelled(result.text)))
    for result in plain:
        _add(found, _plain(text, result))
    return sorted(found, key=lambda numeral: numeral.start)


def _plain(text: str, result: Any) -> Numeral:
    value = float(result.resolution["value"])
    end = result.end + 1
    if "分之" in result.text:
        return Numeral(result.start, end, round(value * 100, 2), "%", True)
    if text.startswith("‰", end):
        return Numeral(result.start, end + 1, value, "‰", False)
    return Numeral(result.start, end, value, "", _spelled(result.text))


def _own(text: str) -> list[Numeral]:
    found = []
    for match in _OWN.finditer(text):
        if match["rate"]:
            numeral = Numeral(*match.span(), float(match["rate"]), "/" + match["base"], False)
        elif match["scale"]:
            numeral = Numeral(*match.span(), _SCALES[match["scale"]], "", False)
        else:
            numeral = Numeral(*match.span(), 50.0, "%", False)
        found.append(numeral)
    return found


def _add(found: list[Numeral], numeral: Numeral) -> None:
    if not any(numeral.start < other.end and other.start < numeral.end for other in found):
        found.append(numeral)


def _spelled(text: str) -> bool:
    return not any(char.isdigit() and char.isascii() for char in text)
