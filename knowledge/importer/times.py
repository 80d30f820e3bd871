"""The time expressions of work plans (6月底前, 每2年, 任期内) and our reading of each.

The grammar is compact and our own: general time libraries read 前 as “ago” or miss 年底 and
任期内, and the one that comes near (jionlp) weighs 250 MB, is not safe in threads and writes into
its own folder. A named day counts itself (6月30日前 is 30 June), a longer time with 前 ends before
it begins (6月前 is 31 May), one with 底 on its last day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from knowledge.importer.days import add_months, last_day, number, safe_date
from knowledge.importer.recurring import recurring_patterns
from knowledge.importer.vocabulary import any_of, table, words
from knowledge.plan.model import DeadlineKind

NUM = (
    "(?:[0-9]{1,2}|二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_COUNT = "(?:[0-9]{1,2}|[一二两三四五六七八九十])"
_DASH = "(?:至|到|——?|–|-|~)"
_QUARTERS = {"首": 1, "前二": 2, "前两": 2, "前三": 3}


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression at `text[start:end]`; `past` tells that it lies behind the plan."""

    start: int
    end: int
    kind: DeadlineKind
    date: dt.date | None = None
    rrule: str | None = None
    past: bool = False


Match = re.Match[str]
_Reader = Callable[[Match, int | None], Time | None]


def times_in(text: str, year: int | None, raw: str | None = None) -> list[Time]:
    """Find the time expressions of `text`, in order, none overlapping.

    `text` has its names masked, `raw` is the same text without the mask, in which alone the
    phrases that stand inside names (“十三五”期间, …三年行动计划) are looked for. `year` is the
    plan's own, on which 今年 and bare months rest; without it such a date is None.
    """
    candidates = [
        time
        for patterns, where in ((_grammar(), text), (_named(), raw or text))
        for pattern, reader in patterns
        for time in _read(pattern, reader, where, year)
    ]
    candidates.sort(key=lambda time: (time.start, -time.end))
    found: list[Time] = []
    for time in candidates:
        if not found or time.start >= found[-1].end:
            found.append(time)
    return [_placed(text, time, year) for time in _ranges(text, found)]


def _read(
    pattern: re.Pattern[str], reader: _Reader, text: str, year: int | None
) -> Iterator[Time]:
    for match in pattern.finditer(text):
        time = reader(match, year)
        if time is not None:
            yield time


@cache
def _grammar() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    bound = f"(?P<bound>{any_of(words('times.bounds'))})?"
    to = "(?:(?<!截)[到至])?"
    year = _relative_year()
    month = (
        rf"{to}(?:{year}的?)?(?<![0-9个每.])(?:{NUM}(?:{_DASH}|、))?(?P<m>{NUM})月(?!龄|[饼球光])份?的?"
        rf"(?:(?P<d>{NUM})[日号]?{_DASH}(?P<d2>{NUM})[日号]|(?P<d1>{NUM})[日号]"
        rf"|(?P<part>上旬|中旬|下旬|底|末|初|最后一周|最后一个星期|第[一二三四]周))?{bound}"
    )
    end = rf"{to}(?:{year}年?|(?<![每学一二两三四五六七八九十0-9])本?年)[底末]{bound}|岁末"
    all_year = any_of(words("times.year_whole"))
    whole = rf"(?:{year})?(?<![一二两三四五六七八九十0-9]){all_year}(?![级龄])"
    within = rf"{year}(?:年?内|度内|以内|之内)"
    half = rf"{to}(?:{year}的?)?(?P<half>[上下])半年(?:末|底)?{bound}"
    quarter = (
        rf"{to}(?:{year}的?)?(?:第?(?P<q>[1-4一二三四])|(?P<qs>首|前[二两三])个?)季度"
        rf"(?P<qpart>[末底初])?{bound}"
    )
    bare = rf"(?P<to>(?<!截)[到至])?{year}{bound}(?P<more>(?={any_of(words('times.achieving'))}))?"
    leave = _leave()
    holiday = (
        rf"(?:{year}的?)?(?P<day>{any_of(table('times.holidays'))}){leave}"
        rf"(?P<bound>前后|之前|以前|前夕|前|期间)"
    )
    lunar = rf"{any_of(words('times.lunar'))}{leave}(?:前后|之前|以前|前夕|前|期间)"
    ahead = rf"(?:未来|今后){_COUNT}年(?!内)"
    span = rf"(?:未来|今后)?(?:的)?{_COUNT}(?:个月|年|个季度|个学期|周|个星期)(?:之内|以内|内)"
    alone = rf"(?:^|(?<=[,(;:、])){any_of(words('times.open_alone'))}(?=$|[,);、。])"
    return (
        *((pattern, _recurs(rule)) for pattern, rule in recurring_patterns()),
        (re.compile(month), _month),
        (re.compile(end), _year_end),
        (re.compile(whole), _year_end),
        (re.compile(within), _year_end),
        (re.compile(half), _half),
        (re.compile(quarter), _quarter),
        (re.compile(bare), _bare_year),
        (re.compile(holiday), _holiday),
        (re.compile(lunar), _open),
        (re.compile(ahead), _open),
        (re.compile(span), _open),
        (re.compile(any_of(words("times.open"))), _open),
        (re.compile(alone), _open),
    )


@cache
def _named() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    plan = rf"{_COUNT}年{any_of(words('times.open_plan'))}(?![^《]*》)"
    five = r"[“\"]?十[一二三四五六七八九]五[”\"]?(?:规划)?(?:期间|时期|末期?)"
    feast = (
        rf"[“\"](?P<day>{any_of(table('times.quoted_holidays'))})[”\"]{_leave()}"
        rf"(?P<bound>前后|之前|以前|前夕|前|期间)"
    )
    return (
        (re.compile(plan), _open),
        (re.compile(five), _open),
        (re.compile(rf"(?:{_relative_year()}的?)?{feast}"), _holiday),
    )


def _leave() -> str:
    return f"{any_of(words('times.leave'))}?"


def _relative_year() -> str:
    return rf"(?:(?P<y>20[0-9][0-9])年|(?P<ry>{any_of(table('times.relative_years'))}))"


def _recurs(rule: Callable[[Match], str | None]) -> _Reader:
    def reader(match: Match, _year: int | None) -> Time | None:
        rrule = rule(match)
        if rrule is None:
            return None
        return Time(*match.span(), DeadlineKind.RECURRING, rrule=rrule)

    return reader


def _open(match: Match, _year: int | None) -> Time:
    return Time(*match.span(), DeadlineKind.OPEN)


def _year_of(match: Match, year: int | None) -> int | None:
    groups = match.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    if groups.get("ry") and year is not None:
        return year + int(table("times.relative_years")[groups["ry"]])
    return year


def _dated(match: Match, date: dt.date | None) -> Time:
    past = int(table("times.relative_years").get(match.groupdict().get("ry") or "", "0")) < 0
    return Time(*match.span(), DeadlineKind.DATE, date=date, past=past)


def _month(match: Match, plan_year: int | None) -> Time | None:
    month = number(match["m"])
    if not 1 <= month <= 12:
        return None
    day = match["d2"] or match["d1"]
    year = _year_of(match, plan_year)
    if day and safe_date(year or 2000, month, number(day)) is None:
        return None
    if year is None:
        return _dated(match, None)
    if day:
        return _dated(match, safe_date(year, month, number(day)))
    return _dated(match, _part_of_month(year, month, match["part"] or "", match["bound"] or ""))


def _part_of_month(year: int, month: int, part: str, bound: str) -> dt.date:
    """Read a part of a month: its last day, or the day before it begins where 前 follows."""
    final = last_day(year, month)
    ends = {
        "上旬": 10,
        "初": 10,
        "中旬": 20,
        "第一周": 7,
        "第二周": 14,
        "第三周": 21,
        "第四周": 28,
    }
    begins = {"中旬": 11, "下旬": 21, "第二周": 8, "第三周": 15, "第四周": 22}
    begin = dt.date(year, month, begins.get(part, 1))
    if bound in words("times.since"):
        return begin
    if bound in words("times.before") and part not in ("底", "末"):
        return begin - dt.timedelta(days=1)
    return dt.date(year, month, ends[part]) if part in ends else final


def _year_end(match: Match, plan_year: int | None) -> Time:
    year = _year_of(match, plan_year)
    return _dated(match, dt.date(year, 12, 31) if year else None)


def _stretch(match: Match, begin: dt.date, end: dt.date) -> dt.date:
    bound = match["bound"] or ""
    if bound in words("times.since"):
        return begin
    return begin - dt.timedelta(days=1) if bound in words("times.before") else end


def _half(match: Match, plan_year: int | None) -> Time:
    year = _year_of(match, plan_year)
    if year is None:
        return _dated(match, None)
    if match["half"] == "上":
        june = dt.date(year, 6, 30)
        begins = match["bound"] in words("times.since")
        return _dated(match, dt.date(year, 1, 1) if begins else june)
    return _dated(match, _stretch(match, dt.date(year, 7, 1), dt.date(year, 12, 31)))


def _quarter(match: Match, plan_year: int | None) -> Time:
    year = _year_of(match, plan_year)
    if year is None:
        return _dated(match, None)
    quarter = _QUARTERS[match["qs"]] if match["qs"] else number(match["q"])
    begin, end = dt.date(year, quarter * 3 - 2, 1), last_day(year, quarter * 3)
    if match["qpart"] == "初":
        return _dated(match, begin + dt.timedelta(days=9))
    return _dated(match, end if match["qpart"] else _stretch(match, begin, end))


def _bare_year(match: Match, plan_year: int | None) -> Time | None:
    if match["ry"] and int(table("times.relative_years")[match["ry"]]) == 0:
        return None
    bounded = match["bound"] in (*words("times.before"), *words("times.since"))
    if not (match["to"] or bounded or match["more"] is not None):
        return None
    year = _year_of(match, plan_year)
    if year is None:
        return _dated(match, None)
    return _dated(match, _stretch(match, dt.date(year, 1, 1), dt.date(year, 12, 31)))


def _holiday(match: Match, plan_year: int | None) -> Time:
    if match["bound"] == "期间":
        return _open(match, plan_year)
    year = _year_of(match, plan_year)
    if year is None:
        return _dated(match, None)
    holidays = table("times.holidays") | table("times.quoted_holidays")
    month, day = map(int, holidays[match["day"]].split("-"))
    date = dt.date(year, month, day)
    return _dated(match, date if match["bound"] == "前后" else date - dt.timedelta(days=1))


def _ranges(text: str, times: list[Time]) -> Iterator[Time]:
    """Join 3月至5月 into one time, which ends where its second half does."""
    pending: Time | None = None
    for time in times:
        if pending is not None and pending.end == time.start and time.kind is DeadlineKind.OPEN:
            # Of 9月开学前 the second half decides, and it names no day.
            pending = replace(time, start=pending.start)
            continue
        if pending is not None and _leads_to(text, pending, time):
            end = time.date
            if end and pending.date and end < pending.date:
                end = add_months(end, 12)
            pending = replace(time, start=pending.start, date=end, past=time.past)
            continue
        if pending is not None:
            yield pending
        pending = time
    if pending is not None:
        yield pending


def _leads_to(text: str, first: Time, second: Time) -> bool:
    if first.kind is not DeadlineKind.DATE or second.kind is not DeadlineKind.DATE:
        return False
    between = text[first.end : second.start]
    if not between:
        return text[second.start] in "到至"
    return re.fullmatch(_DASH, between) is not None


def _placed(text: str, time: Time, year: int | None) -> Time:
    """Mark a time that lies behind the plan, or only says since or up to when things were so."""
    before, after = text[: time.start], text[time.end :]
    past = time.past or after.startswith(words("times.past_after"))
    if time.kind is DeadlineKind.DATE:
        begun = text[: time.end].endswith(words("times.since"))
        past = past or (before.endswith(words("times.past_before")) and not begun)
        past = past or bool(year and time.date and time.date < dt.date(year, 1, 1))
    return replace(time, past=past)
