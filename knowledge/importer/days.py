"""Small arithmetic of days and Chinese numerals up to 99."""

from __future__ import annotations

import calendar
import datetime as dt

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"两": 2, "零": 0}


def number(text: str) -> int:
    """Read a number below 100 in Arabic or Chinese digits; raises KeyError for other text."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def last_day(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def safe_date(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, None if there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def add_months(date: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or that month's last day."""
    total = date.year * 12 + date.month - 1 + months
    year, month = divmod(total, 12)
    return min(
        last_day(year, month + 1),
        dt.date(year, month + 1, min(date.day, last_day(year, month + 1).day)),
    )
