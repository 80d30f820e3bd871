"""The numbers Word prints before paragraphs of numbered lists.

After ECMA-376 Part 1, 17.9 (numbering): a paragraph, or its style, points to a list instance and
a level; the level's text has %1…%9 where the counters of the levels go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
    }
)
_CIRCLED = frozenset(
    {"decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle"}
)
_DIGITS = "零一二三四五六七八九"
_LAST_CIRCLED = 20
_TEN = 10
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: the number's form, the text around it, and where it starts."""

    form: str
    text: str
    start: int
    suffix: str


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and their counters while it is read from top to bottom."""

    levels: dict[str, dict[int, Level]]
    abstract: dict[str, str]
    styles: dict[str, tuple[str, int]]
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """Read the list definitions of a document opened with python-docx."""
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return cls({}, {}, {})
        definitions = {
            item.get(qn("w:abstractNumId")): _levels(item)
            for item in root.findall(qn("w:abstractNum"))
        }
        levels: dict[str, dict[int, Level]] = {}
        abstract: dict[str, str] = {}
        for item in root.findall(qn("w:num")):
            number = item.get(qn("w:numId"))
            target = item.find(qn("w:abstractNumId"))
            if number is None or target is None:
                continue
            abstract[number] = target.get(qn("w:val"))
            levels[number] = dict(definitions.get(abstract[number], {}))
            _override(item, levels[number])
            if item.findall(qn("w:lvlOverride")):
                abstract[number] = f"num-{number}"
        return cls(levels, abstract, _styles(document))

    def label(self, paragraph: Any) -> str:
        """Return the mark Word prints before `paragraph` ("" for none), and count it."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, depth = place
        levels = self.levels.get(number, {})
        level = levels.get(depth)
        if level is None or level.form in {"none", "bullet"}:
            return ""
        counts = self.counters.setdefault(self.abstract[number], {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [item for item in counts if item > depth]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = levels.get(index, level)
            return _format(counts.get(index, other.start), other.form)

        text = re.sub(r"%([1-9])", shown, level.text)
        return text + (" " if level.suffix != "nothing" and text[-1:].isalnum() else "")

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        style = properties.find(qn("w:pStyle"))
        inherited = self.styles.get(style.get(qn("w:val"))) if style is not None else None
        own = _num_pr(properties)
        if own is None:
            return inherited
        number, depth = own
        if number is None and inherited is not None:
            number = inherited[0]
        return None if number in {None, "0"} else (str(number), depth)


def _levels(definition: Any) -> dict[int, Level]:
    return {int(item.get(qn("w:ilvl"))): _level(item) for item in definition.findall(qn("w:lvl"))}


def _level(item: Any) -> Level:
    def value(name: str, default: str) -> str:
        node = item.find(qn(name))
        return default if node is None else str(node.get(qn("w:val"), default))

    return Level(
        form=value("w:numFmt", "decimal"),
        text=value("w:lvlText", ""),
        start=int(value("w:start", "1")),
        suffix=value("w:suff", "tab"),
    )


def _override(item: Any, levels: dict[int, Level]) -> None:
    for override in item.findall(qn("w:lvlOverride")):
        depth = int(override.get(qn("w:ilvl")))
        replaced = override.find(qn("w:lvl"))
        if replaced is not None:
            levels[depth] = _level(replaced)
        start = override.find(qn("w:startOverride"))
        if start is not None and depth in levels:
            old = levels[depth]
            levels[depth] = Level(old.form, old.text, int(start.get(qn("w:val"))), old.suffix)


def _styles(document: Any) -> dict[str, tuple[str, int]]:
    """Return the list and level of each paragraph style that has one, its own or inherited."""
    own: dict[str, tuple[str | None, int]] = {}
    parents: dict[str, str] = {}
    for style in document.styles.element.findall(qn("w:style")):
        name = style.get(qn("w:styleId"))
        properties = style.find(qn("w:pPr"))
        place = _num_pr(properties) if properties is not None else None
        if place is not None:
            own[name] = place
        based = style.find(qn("w:basedOn"))
        if based is not None:
            parents[name] = based.get(qn("w:val"))
    found: dict[str, tuple[str, int]] = {}
    for name in {*own, *parents}:
        current: str | None = name
        seen: set[str] = set()
        while current is not None and current not in seen:
            seen.add(current)
            place = own.get(current)
            if place is not None and place[0] is not None:
                if place[0] != "0":
                    found[name] = (place[0], own[name][1] if name in own else place[1])
                break
            current = parents.get(current)
    return found


def _num_pr(properties: Any) -> tuple[str | None, int] | None:
    node = properties.find(qn("w:numPr"))
    if node is None:
        return None
    number = node.find(qn("w:numId"))
    depth = node.find(qn("w:ilvl"))
    return (
        None if number is None else number.get(qn("w:val")),
        0 if depth is None else int(depth.get(qn("w:val"))),
    )


def _format(number: int, form: str) -> str:
    if form in _CHINESE:
        return chinese(number)
    if form in _CIRCLED and 1 <= number <= _LAST_CIRCLED:
        return chr(ord("①") + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def chinese(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals, others in digits."""
    if not 0 < number < _HUNDRED:
        return str(number)
    tens, units = divmod(number, _TEN)
    lead = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return lead + (_DIGITS[units] if units else "")
