"""Numbers of tasks and sections, and years, that a message refers to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = r"[零〇一二两三四五六七八九十百\d]{1,4}"
_HAN_DIGIT = r"[一二三四五六七八九十]"
_TASK = re.compile(
    rf"第({_NUMBER})(?:个)?(?:条|项|点|任务|大项|小点|小项)(?:任务)?"
    rf"|任务({_NUMBER})(?!个|万|名)"
    r"|(?<![共有多少几第\d到占了.])(\d{1,3})(?:条|项)(?:任务)?(?=原文|是|讲|说|写|的|内容|怎么|什么|呢|全文|看|$)"
)
_SECTION = re.compile(
    rf"第({_NUMBER})(?:个)?(?:大)?(?:部分|章|节|块|板块|大块|方面|大类|部份|点(?=下))"
    rf"|(?<![有分共几])({_HAN_DIGIT})(?:部分|章)(?=第)"
)
_HAN_NUMBER = r"[一二三四五六七八九十]{1,3}"
_LABELLED = re.compile(r"^\d{1,2}[.、] ?(?=[\u4e00-\u9fff]{2})")
_NO = re.compile(r"(?<![a-z])no\.? ?(\d{1,3})(?![\da-z])")
_SPACED = re.compile(rf"第 ?({_NUMBER}) ?(条|项|部分|章|节)")
_LABELS = re.compile(rf"({_HAN_NUMBER})[、.]? ?\(({_HAN_NUMBER})\)")
_BRACKETED = re.compile(rf"(?:第?)\(({_HAN_NUMBER})\)条?")
_LAST_TASK = re.compile(r"最后(?:一|1)?(?:个)?(?:条|项|任务)")
_LAST_SECTION = re.compile(r"最后(?:那)?(?:一|1)?(?:个)?(?:大)?(?:部分|章|节|块|板块|大块)")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?=年|的|$|[^\d年])(?!\d)年?(?:度)?|(?<!\d)(\d{2})年(?!代|内|里)"
)
_MONTH = re.compile(r"(?<![一二三四五六七八九十])([一二三四五六七八九]|十[一二]?)(?=月(?!月))")
_HAN_YEAR = re.compile(r"([二][〇零○][〇零○一二三四五六七八九]{2})年")


@dataclass(frozen=True, slots=True)
class References:
    """Task and section numbers (-1 for the last) and years, with the text they were taken from."""

    tasks: tuple[int, ...]
    sections: tuple[int, ...]
    years: tuple[int, ...]
    rest: str


def number(text: str) -> int:
    """Return the value of Arabic digits or of a Chinese numeral below 1000."""
    if text.isdigit():
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
            digit = _DIGITS.get(char, 0)
    return total + digit


def spelt_numbers(text: str) -> str:
    """Write “No.11” and “第 3 条” as 第11条 and 第3条, and drop the label of a copied heading."""
    text = _LABELLED.sub("", text)
    text = _NO.sub(lambda match: f"第{match.group(1)}条", text)
    return _SPACED.sub(lambda match: f"第{match.group(1)}{match.group(2)}", text)


def ordinals_in_brackets(text: str) -> str:
    """Spell out places written as the plan prints them: “二、(三)” is 第二部分第三条."""
    text = _LABELS.sub(lambda match: f"第{match.group(1)}部分第{match.group(2)}条", text)
    return _BRACKETED.sub(lambda match: f"第{match.group(1)}条", text)


def find_references(text: str) -> References:
    """Take task numbers, section numbers and years out of `text` (folded)."""
    text = spelt_numbers(text)
    sections = [number(next(filter(None, match.groups()))) for match in _SECTION.finditer(text)]
    sections += [-1 for _ in _LAST_SECTION.finditer(text)]
    text = _LAST_SECTION.sub(" ", _SECTION.sub(" ", text))
    tasks = [number(next(filter(None, match.groups()))) for match in _TASK.finditer(text)]
    tasks += [-1 for _ in _LAST_TASK.finditer(text)]
    text = _LAST_TASK.sub(" ", _TASK.sub(" ", text))
    years = [
        int(match.group(1)) if match.group(1) else 2000 + int(match.group(2))
        for match in _YEAR.finditer(text)
    ]
    years += [
        int("".join(str(_DIGITS.get(char, 0)) for char in match.group(1)))
        for match in _HAN_YEAR.finditer(text)
    ]
    text = _HAN_YEAR.sub(" ", _YEAR.sub(" ", text))
    text = _MONTH.sub(lambda match: str(number(match.group(1))), text)
    return References(tuple(tasks), tuple(sections), tuple(years), text)
