"""Numbers of tasks and sections, and years, that a message refers to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.ask.reading.bareplaces import spelt_bare
from knowledge.ask.reading.numerals import DIGITS, NUMBER, number
from knowledge.ask.reading.ordinals import spelt_ordinals

_HAN_DIGIT = r"[一二三四五六七八九十]"
_TASK = re.compile(
    rf"((?:倒数)?第{NUMBER})(?:个)?(?:条|项|点|任务|大项|小点|小项)(?:任务)?"
    rf"|任务({NUMBER})(?!个|万|名|共|些|下|样|起|般|项|条|直)"
    r"|(?<![共有多少几第\d到占了.])(\d{1,3})(?:条|项)(?:任务)?(?=原文|是|讲|说|写|的|内容|怎么|什么|呢|全文|看|$)"
)
_SECTION = re.compile(
    rf"((?:倒数)?第{NUMBER})(?:个)?(?:大)?(?:部分|章|节|块|板块|大块|方面|大类|点(?=下))"
    rf"|(?<![有分共几])({_HAN_DIGIT})(?:部分|章)(?=第)"
)
_HAN_NUMBER = r"[一二三四五六七八九十]{1,3}"
_LABELLED = re.compile(r"^\d{1,2}[.、] ?(?=[\u4e00-\u9fff]{2})")
_NO = re.compile(r"(?<![a-z])no\.? ?(\d{1,3})(?![\da-z])")
_SPACED = re.compile(rf"第 ?({NUMBER}) ?(条|项|部分|章|节)")
_LABELS = re.compile(rf"({_HAN_NUMBER})[、.]? ?\(({_HAN_NUMBER})\)")
_BRACKETED = re.compile(rf"(?:第?)\(({_HAN_NUMBER})\)条?")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?=年|的|$|[^\d年])(?!\d)年?(?:度)?|(?<!\d)(\d{2})年(?!代|内|里)"
)
_MONTH = re.compile(r"(?<![一二三四五六七八九十])([一二三四五六七八九]|十[一二]?)(?=月(?!月))")
_HAN_YEAR = re.compile(r"([二][〇零○][〇零○一二三四五六七八九]{2})年")


@dataclass(frozen=True, slots=True)
class References:
    """Task and section numbers and years, with the text they were taken from.

    Numbers below zero count from the end: -1 is the last.
    """

    tasks: tuple[int, ...]
    sections: tuple[int, ...]
    years: tuple[int, ...]
    rest: str


def spelt_numbers(text: str) -> str:
    """Write “No.11” and “第 3 条” as 第11条 and 第3条, and drop the label of a copied heading."""
    text = spelt_bare(_LABELLED.sub("", text))
    text = spelt_ordinals(_NO.sub(lambda match: f"第{match.group(1)}条", text))
    return _SPACED.sub(lambda match: f"第{match.group(1)}{match.group(2)}", text)


def ordinals_in_brackets(text: str) -> str:
    """Spell out places written as the plan prints them: “二、(三)” is 第二部分第三条."""
    text = _LABELS.sub(lambda match: f"第{match.group(1)}部分第{match.group(2)}条", text)
    return _BRACKETED.sub(lambda match: f"第{match.group(1)}条", text)


def find_references(text: str) -> References:
    """Take task numbers, section numbers and years out of `text` (folded)."""
    text = spelt_numbers(text)
    sections = [_value(match) for match in _SECTION.finditer(text)]
    text = _SECTION.sub(" ", text)
    tasks = [_value(match) for match in _TASK.finditer(text)]
    text = _TASK.sub(" ", text)
    years = [
        int(match.group(1)) if match.group(1) else 2000 + int(match.group(2))
        for match in _YEAR.finditer(text)
    ]
    years += [
        int("".join(str(DIGITS.get(char, 0)) for char in match.group(1)))
        for match in _HAN_YEAR.finditer(text)
    ]
    text = _HAN_YEAR.sub(" ", _YEAR.sub(" ", text))
    text = _MONTH.sub(lambda match: str(number(match.group(1))), text)
    return References(tuple(tasks), tuple(sections), tuple(years), text)


def _value(match: re.Match[str]) -> int:
    """Return the number a reference holds, below zero where it counts from the end."""
    text = next(filter(None, match.groups()))
    value = number(text.removeprefix("倒数").removeprefix("第"))
    return -value if text.startswith("倒数") else value
