"""Masks over a reading: names and numbers that are no quantities, blanked at the same length.

Names are masked before anything is measured, since what they hold (清水100, 三年行动计划) reads
like figures and times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from knowledge.importer.quotes import quoted_in
from knowledge.importer.reading import Reading
from knowledge.importer.vocabulary import any_of, words
from knowledge.plan.model import Program

NAME = "\ue000"
"""Stands for each character of a name."""
VOID = "\ue001"
"""Stands for each character of a number that is no quantity."""

_NUMERAL = r"[\d一二三四五六七八九十百两〇零]"
_SHORTEST_UNQUOTED = 4


def mask_names(reading: Reading, programs: Iterable[Program]) -> str:
    """Return the reading's text with everything quoted, and every program's name, blanked.

    Names shorter than four characters are blanked only where they stand in quotation marks.
    """
    text = reading.text
    masked = list(text)
    for quote in quoted_in(text):
        masked[quote.start : quote.end] = NAME * (quote.end - quote.start)
    for name in sorted({program.name for program in programs}, key=len, reverse=True):
        if len(name) < _SHORTEST_UNQUOTED:
            continue
        start = text.find(name)
        while start >= 0:
            masked[start : start + len(name)] = NAME * len(name)
            start = text.find(name, start + len(name))
    return "".join(masked)


def mask_ordinals(masked: str) -> str:
    """Blank what counts nothing in any reading: 第N届, N周年, marks of list items, scores."""
    return _blank(_ordinals(), masked)


def mask_times(masked: str) -> str:
    """Blank years, dates and times of day, and the ages and grades that say who is meant."""
    return _blank(_times(), masked)


def _blank(patterns: re.Pattern[str], text: str) -> str:
    return patterns.sub(lambda match: VOID * len(match.group()), text)


@cache
def _ordinals() -> re.Pattern[str]:
    times = any_of(words("masking.ordinal_times"))
    return re.compile(
        rf"第{_NUMERAL}+(?!{_NUMERAL}|{times}).?"
        rf"|{_NUMERAL}+{any_of(words('masking.anniversaries'))}"
        r"|^\d{1,3}[.、．](?!\d)|^[(][\d一二三四五六七八九十]{1,3}[)]|[①-⑳]"
        r"|(?<![得积评])分[\d一二两三四五六七八九十]+[次批期步类级档]"
        r"|[一二三四五六七八九十]是(?=[\u4e00-\u9fff])"
        r"|\d+\s*[:]\s*\d+(?:[:]\d+)?|\d+比\d+"
        r"|\d+(?:[+]\w+)+|[(〔\[][12]\d{3}[)〕\]]"
        r"|[A-Za-z]+-?\d+(?:\.\d+)*|\d+(?:\.\d+)+\.\d+|\d+[A-Za-z](?![A-Za-z/])"
    )


@cache
def _times() -> re.Pattern[str]:
    ages = any_of(words("masking.ages"))
    grades = any_of(words("masking.grades"))
    whole = any_of(words("masking.whole"))
    bound = "(?:[及含或]?以[上下内])?"
    return re.compile(
        r"(?:19|20)\d\d(?:[—–~-]+(?:19|20)\d\d)?年度?|(?<!\d)(?:19|20)\d\d[—–-]+(?:19|20)\d\d"
        r"|\d{1,2}(?:[—–~、至-]+\d{1,2})?月份?(?:\d{1,2}[日号])?"
        r"|[一二三四五六七八九十]+月份?(?:[一二三四五六七八九十]+[日号])?"
        r"|第?[1-4一二三四]季度|\d{1,2}[日号](?![均常内])|\d{1,2}[点时](?=[\d前后至半起])"
        rf"|{_NUMERAL}+(?:[—–~至-]+{_NUMERAL}+)?{ages}{bound}"
        rf"|{_NUMERAL}+{grades}{bound}(?=[\u4e00-\u9fff])"
        rf"|{whole}\d+个"
    )
