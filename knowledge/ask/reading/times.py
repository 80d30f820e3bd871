"""Times of a year as people name them, and whether a deadline falls in one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.ask.reading.numerals import number
from knowledge.language.script import fold, key
from knowledge.plan.model import Deadline, DeadlineKind

_BEFORE = r"(?:之前|以前|前)"
_MONTH = re.compile(r"^(\d{1,2})月(底|份|末|前|底前)?$")
_QUARTER = re.compile(r"^第?([一二三四1-4])季度(末|前)?$")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_SPANS = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "年底": (12, 12),
    "年底前": (12, 12),
    "年中": (6, 6),
    "年初": (1, 2),
    "年内": (1, 12),
}
# Days and holidays of the year, by the months they fall in.
_FEASTS = {
    "元旦": (1, 1),
    "春节": (1, 2),
    "寒假": (1, 2),
    "清明": (4, 4),
    "五一": (5, 5),
    "六一": (6, 6),
    "七一": (7, 7),
    "八一": (8, 8),
    "暑假": (7, 8),
    "暑期": (7, 8),
    "三八": (3, 3),
    "国庆": (10, 10),
    "开学": (8, 9),
}
_NAMED = re.compile(
    rf"(?P<from>\d{{1,2}})月?(?:份)?(?:到|至|-|~)(?P<to>\d{{1,2}})月(?:份|底)?(?:[一二三四五六七八九十\d]{{1,3}}[日号])?"
    rf"|(?P<month>\d{{1,2}})月(?:份)?(?:(?P<day>\d{{1,2}})[日号])?(?P<part>底|末|初|中旬|上旬|下旬)?(?P<before>{_BEFORE})?"
    rf"|第?(?P<quarter>[一二三四1-4])季度(?:末|底)?{_BEFORE}?"
    rf"|(?P<half>上半年|下半年|年中|年初|年内|今年底|年底|年末|年尾|岁末)(?:{_BEFORE})?"
    rf"|(?P<every>每(?:[两2二三3四4五5]|半)?(?:个)?(?:年|季度?|月|周|星期|天|日|学期|学年|旬)"
    r"(?:度)?|(?:按|逐)(?:月|季度?|周|旬|年)|月月|天天|周周)"
    rf"|(?P<feast>{'|'.join(_FEASTS)})(?:节|季)?(?:前后|前夕|期间|{_BEFORE})?"
)
_RULES = {
    "天": "FREQ=DAILY",
    "日": "FREQ=DAILY",
    "周": "FREQ=WEEKLY",
    "星期": "FREQ=WEEKLY",
    "月": "FREQ=MONTHLY",
    "季": "FREQ=MONTHLY;INTERVAL=3",
    "季度": "FREQ=MONTHLY;INTERVAL=3",
    "半年": "FREQ=MONTHLY;INTERVAL=6",
    "年": "FREQ=YEARLY",
}
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Time:
    """A time as a question names it, by its months or as what recurs.

    `words` is how it is written; `rule` how it recurs (RFC 5545), "" for a stretch of months;
    `day` the day of the month, 0 for none.
    """

    words: str
    first: int = 0
    last: int = 0
    rule: str = ""
    day: int = 0

    def holds(self, deadline: Deadline, year: int | None) -> bool:
        """Tell whether a deadline of a plan for `year` falls in this time."""
        written = key(fold(deadline.quote))
        if not self.first:
            if deadline.kind is not DeadlineKind.RECURRING:
                return False
            if self.rule and deadline.rrule:
                return deadline.rrule.split(";BY")[0] == self.rule and (
                    "学" not in written or "学" in self.words
                )
            return self.words in written
        if self.words in written and not deadline.rrule:
            return True
        if deadline.date is None or (year and deadline.date.year != year):
            return False
        if self.day and deadline.date.day != self.day:
            return False
        return self.first <= deadline.date.month <= self.last


def find_times(text: str) -> tuple[list[Time], str]:
    """Take the times of a year out of a text, months written in digits."""
    times = [time for match in _NAMED.finditer(text) if (time := _time(match)) is not None]
    return times, _NAMED.sub(" ", text)


def _time(match: re.Match[str]) -> Time | None:
    words = match.group()
    if match["every"]:
        return Time(words, rule=_rule(words))
    if match["feast"]:
        return Time(match["feast"], *_FEASTS[match["feast"]])
    if match["half"]:
        named = {"今年底": "年底", "年末": "年底", "年尾": "年底", "岁末": "年底"}
        return Time(words, *_SPANS[named.get(match["half"], match["half"])])
    if match["quarter"]:
        quarter = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
        return Time(words, 3 * quarter - 2, 3 * quarter)
    first, last = int(match["from"] or match["month"]), int(match["to"] or match["month"])
    if not 1 <= first <= last <= _DECEMBER:
        return None
    if match["before"]:
        words = words[: match.start("before") - match.start()] + "前"
        last = last if match["part"] or match["day"] else max(1, last - 1)
        # “6月底之前” is all the time till then, “6月底前” the day a plan writes so.
        first = last if match["day"] or match["before"] == "前" else 1
    return Time(words, first, last, day=int(match["day"] or 0))


def _rule(words: str) -> str:
    """Return how what is done at such times recurs, "" where only the words can tell."""
    unit = re.sub(r"^(?:每|按|逐)?(?:个)?", "", words).removesuffix("度")
    if unit in ("月月", "天天", "周周"):
        unit = unit[0]
    if unit + "度" in _RULES:
        unit += "度"
    if unit in _RULES:
        return _RULES[unit]
    many = re.fullmatch(r"([两2二三3四4五5])个?(年|月|周|天)", unit)
    if many is None:
        return ""
    return f"{_RULES[many[2]]};INTERVAL={number(many[1])}"


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
