"""Times of a year as people name them, and whether a deadline falls in one."""

from __future__ import annotations

import re

from knowledge.plan.model import Deadline

_MONTH = re.compile(r"^(\d{1,2})月(底|份|末|前|底前)?$")
_QUARTER = re.compile(r"^第?([一二三四1-4])季度(末|前)?$")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_SPANS = {"上半年": (1, 6), "下半年": (7, 12), "年底": (12, 12), "年底前": (12, 12)}


def months(text: str) -> tuple[int, int] | None:
    """Return the first and last month a word names (“上半年” is 1 to 6), or None."""
    if text in _SPANS:
        return _SPANS[text]
    if match := _MONTH.match(text):
        month = int(match.group(1))
        return (month, month) if 1 <= month <= 12 else None
    if match := _QUARTER.match(text):
        quarter = _QUARTERS.get(match.group(1)) or int(match.group(1))
        return 3 * quarter - 2, 3 * quarter
    return None


def names_time(text: str) -> bool:
    """Tell whether a word names a time of the year."""
    return months(text) is not None


def is_at(deadline: Deadline, text: str, year: int | None) -> bool:
    """Tell whether a dated deadline falls in the time of `year` that a word names."""
    span = months(text)
    if span is None or deadline.date is None or (year and deadline.date.year != year):
        return False
    return span[0] <= deadline.date.month <= span[1]
