"""Recurring times (每年, 每2年, 每月10日前, 按季度) as RFC 5545 recurrence rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from knowledge.importer.days import number
from knowledge.importer.vocabulary import any_of, table, words

_NUM = (
    "(?:[0-9]{1,2}|二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_COUNT = "(?:[0-9]{1,2}|[一二两三四五六七八九十])"
_PARTS = "上旬|中旬|下旬|底|末|初"
_PART_DAYS = {"上旬": 10, "初": 10, "中旬": 20, "下旬": -1, "底": -1, "末": -1}
_WEEKDAYS = {
    "一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU",
}  # fmt: skip

_Rule = Callable[[re.Match[str]], str | None]


@cache
def recurring_patterns() -> tuple[tuple[re.Pattern[str], _Rule], ...]:
    """Return the patterns of recurring times, each with what makes its rule of a match."""
    bound = f"(?:{any_of(words('times.bounds'))})?"
    units = any_of(table("times.recurring"))
    # Of a rate (每人每月640元) the period is no time.
    guard = rf"(?!{any_of(words('times.not_recurring_after'))}|[\d.,]+[万亿]?元)"
    patterns: tuple[tuple[str, _Rule], ...] = (
        (rf"每年的?(?P<ms>{_NUM}月份?(?:[、和]{_NUM}月份?)+){bound}", _in_months),
        (
            rf"每年的?(?P<m>{_NUM})月份?(?:(?P<d>{_NUM})[日号]|(?P<part>{_PARTS}))?{bound}",
            _in_year,
        ),
        (rf"每年年?[底末]{bound}", lambda _: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
        (rf"每年的?(?P<half>[上下])半年{bound}", _half_year),
        (rf"每年的?第?(?P<q>[1-4一二三四])季度[末底]?{bound}", _quarter_of_year),
        (rf"每个?月的?(?:(?P<d>{_NUM})[日号]|(?P<part>{_PARTS})){bound}", _in_month),
        (rf"每个?月的?(?P<ds>{_NUM}[日号](?:[、和]{_NUM}[日号])+){bound}", _days_in_month),
        (
            r"每个?月的?(?:第(?P<nth>[一二三四])|(?P<last>最后一))个(?:周|星期)(?P<w>[一二三四五六日天])",
            _weekday_in_month,
        ),
        (rf"每个?季度的?[末底]{bound}", lambda _: "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        (rf"每个?(?:周|星期)(?P<w>[一二三四五六日天])(?![次场期个篇条至到]){bound}", _in_week),
        ("每个?工作日", lambda _: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (rf"每隔?(?P<n>{_COUNT})?个?(?P<unit>{units}){guard}", _every),
        (rf"按(?P<unit>{any_of(words('times.paced'))})(?![度份龄级期照均])", _every),
        ("逐(?P<unit>月|季|周)", _every),
        (rf"[一1](?P<unit>年|季度|月|周){_COUNT}次", _every),
    )
    return tuple((re.compile(pattern), rule) for pattern, rule in patterns)


def _every(match: re.Match[str]) -> str:
    rule = table("times.recurring")[match["unit"]]
    count = number(match.groupdict().get("n") or "1")
    frequency, _, interval = rule.partition(";INTERVAL=")
    steps = count * int(interval or 1)
    return frequency if steps == 1 else f"{frequency};INTERVAL={steps}"


def _in_year(match: re.Match[str]) -> str | None:
    month = number(match["m"])
    if not 1 <= month <= 12:
        return None
    day = number(match["d"]) if match["d"] else _PART_DAYS.get(match["part"] or "", -1)
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"


def _in_months(match: re.Match[str]) -> str | None:
    months = sorted({number(month) for month in re.findall(_NUM, match["ms"])})
    if not all(1 <= month <= 12 for month in months):
        return None
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY=-1"


def _half_year(match: re.Match[str]) -> str:
    month, day = (6, 30) if match["half"] == "上" else (12, 31)
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"


def _quarter_of_year(match: re.Match[str]) -> str:
    return f"FREQ=YEARLY;BYMONTH={number(match['q']) * 3};BYMONTHDAY=-1"


def _in_month(match: re.Match[str]) -> str | None:
    day = number(match["d"]) if match["d"] else _PART_DAYS[match["part"]]
    return f"FREQ=MONTHLY;BYMONTHDAY={day}" if day <= 31 else None


def _days_in_month(match: re.Match[str]) -> str | None:
    days = sorted({number(day) for day in re.findall(_NUM, match["ds"])})
    return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}" if days[-1] <= 31 else None


def _weekday_in_month(match: re.Match[str]) -> str:
    nth = -1 if match["last"] else number(match["nth"])
    return f"FREQ=MONTHLY;BYDAY={nth}{_WEEKDAYS[match['w']]}"


def _in_week(match: re.Match[str]) -> str:
    return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[match['w']]}"
