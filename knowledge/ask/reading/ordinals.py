"""Places named by order or in a row (“最后一条”, “10到12条”), spelt as numbers one by one."""

from __future__ import annotations

import re

from knowledge.ask.reading.numerals import NUMBER, number

_FARTHEST = 30
_HIGHEST = 200
_PART = r"部分|大块|板块|大点|大方面|章|节"
_ITEM = r"条|项|个任务|任务|大项"
_LATIN = re.compile(
    rf"(?:第 ?)?(?:section|part|chapter) ?({NUMBER})|第 ?({NUMBER}) ?(?:section|part)"
)
_TASK = re.compile(
    rf"第 ?({NUMBER}) ?(?:task|item)"
    rf"|(?<![a-z])(?:task|item|point) ?#?({NUMBER})(?!\d)|(?<!\d)(\d{{1,2}}) ?号(?:任务|条目|工作)"
)
_FIRST = re.compile(
    r"(?:(?<![领牵源龙])头|打头的|开头的|最开头的|最前面的|排(?:在)?(?:最前|第一)的|首|最先的)"
    r"(?:那|这|哪)?(?:一|1)?(?:个|大)?"
    rf"({_PART}|{_ITEM})(?!战略|重要)"
)
_LAST = re.compile(
    r"(?:最(?:尾|末|后)(?:面)?(?:的)?|末尾(?:的)?|压轴(?:的)?|结尾(?:的)?|(?<![期年月周岁])末(?=[一那1]))"
    rf"(?:嗰|那|这)?(?:一|1)?(?:个|大)?({_PART}|{_ITEM}|块)"
)
_FROM_END = re.compile(rf"倒数(?:的)?第?({NUMBER})(?:个|大)?({_PART}|{_ITEM}|块)")
_FIRST_FEW = re.compile(
    rf"(?:(?<![领牵源龙])头|(?<![之以目年月日底天周])前|最前面的?|开头)(?:面)?(?:的)?"
    rf"([两俩二三四五六七八九十2-9])(?:个)?({_PART}|{_ITEM})"
)
_LAST_FEW = re.compile(
    r"(?:最(?:尾|末|后)(?:面|头|边)?|尾巴(?:上|里)?|末尾|末了|结尾|收尾|压轴|靠后|垫底|倒数|(?<![之以然今往前先])后面?)"
    r"(?:的|嗰|那|这)*"
    rf"([两俩二三四五六七八九十2-9])(?:个)?({_PART}|{_ITEM}|点)"
)
_TO = r"(?:到|至|-|~|—|–|―|直到)"
_RANGE = re.compile(
    r"(?P<lead>从|由|第|^|[ ,，看查给把列读念发讲说的和跟])"
    rf"第?(?P<first>{NUMBER})(?:{_PART}|条|项|点)?"
    rf"{_TO}第?(?P<last>{NUMBER})(?:个|大)?(?P<kind>{_PART}|条|项|大项)"
)
_JOINT = r"(?:、|,|，|和|跟|与|及|同|以及|还有| )"
_ROW = re.compile(
    rf"(?P<lead>(?<!倒数)第|^|[ ,，看查给把列读念发讲说的])第?(?P<first>{NUMBER})(?:条|项|部分)?"
    rf"(?P<more>(?:{_JOINT}第?{NUMBER}(?:条|项|部分)?)*{_JOINT}第?{NUMBER})"
    rf"(?:这|那)?(?:两|俩|三|四|几|2|3|4)?(?:个)?(?P<kind>{_PART}|条|项|大项)"
)
_EVERY = re.compile(
    rf"(?<![第\d])(?:这|那|全部|所有|整)?(?:{NUMBER})(?:条|项)"
    r"(?=(?:任务)?的?(?:标题|题目|名称|名字)(?:都|全|挨|逐|一一|列|分别|有|是哪))"
)
_GAP = re.compile(rf"(?<=第) (?={NUMBER})")


def spelt_ordinals(text: str) -> str:
    """Write ordinal places with their numbers: “头一条” is 第1条, “10到12条” 第10条第11条第12条.

    Places counted from the end are 倒数第1条, 倒数第2条 and so on.
    """
    text = _GAP.sub("", text)
    text = _LATIN.sub(lambda match: f"第{match.group(1) or match.group(2)}部分", text)
    text = _TASK.sub(lambda match: f"第{next(filter(None, match.groups()))}条", text)
    text = _FIRST_FEW.sub(lambda match: _few(match, "", 1), text)
    text = _LAST_FEW.sub(lambda match: _few(match, "倒数", -1), text)
    text = _FROM_END.sub(
        lambda match: f"倒数第{number(match.group(1))}{_kind(match.group(2))}", text
    )
    text = _LAST.sub(lambda match: f"倒数第1{_kind(match.group(1))}", text)
    text = _FIRST.sub(lambda match: f"第1{_kind(match.group(1))}", text)
    text = _RANGE.sub(_spelt_range, text)
    text = _EVERY.sub("各条", text)
    return _ROW.sub(_spelt_row, text)


def _few(match: re.Match[str], mark: str, step: int) -> str:
    """Return the places of the first few, or of the last few in the plan's order."""
    count = number(match.group(1).replace("俩", "两"))
    values = range(1, count + 1)[::step]
    return "".join(f"{mark}第{value}{_kind(match.group(2))}" for value in values)


def _kind(word: str) -> str:
    return "条" if re.fullmatch(f"{_ITEM}|点", word) else "部分"


def _spelt_range(match: re.Match[str]) -> str:
    first, last = number(match["first"]), number(match["last"])
    if not 0 < first < last <= first + _FARTHEST:
        return match.group()
    return _lead(match) + _one_by_one(range(first, last + 1), match["kind"])


def _spelt_row(match: re.Match[str]) -> str:
    numbers = [number(found) for found in re.findall(NUMBER, match["first"] + " " + match["more"])]
    if not all(0 < value < _HIGHEST for value in numbers) or len(set(numbers)) < len(numbers):
        return match.group()
    return _lead(match) + _one_by_one(numbers, match["kind"])


def _lead(match: re.Match[str]) -> str:
    """Return what stands before the numbers and is no part of them."""
    return "" if match["lead"] in ("从", "由", "第") else match["lead"]


def _one_by_one(numbers: range | list[int], kind: str) -> str:
    return "".join(f"第{value}{_kind(kind)}" for value in numbers)
