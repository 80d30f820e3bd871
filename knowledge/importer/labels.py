"""The printed marks that may begin a heading: what they look like and the number they carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from knowledge.importer.lines import Line
from knowledge.importer.words import word_list


class LabelKind(IntEnum):
    """The forms a label takes, in the order in which official papers nest them."""

    PART = 0
    CHAPTER = 1
    DIVISION = 2
    MARKDOWN = 3
    COMMA = 4
    ARTICLE = 5
    NAMED = 6
    BRACKET = 7
    NUMBER = 8
    DECIMAL = 9
    NUMBER_BRACKET = 10
    CIRCLE = 11

    @property
    def item(self) -> bool:
        """Tell whether the form marks items within a task wherever a higher level exists."""
        return self >= LabelKind.NUMBER_BRACKET


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line.

    `line` is the line's index; `start` the offset of the line's text (Markdown marks included),
    `label_start`/`end` those of the printed mark; `number` its value (0 for a heading
    without one, whose mark has no text).
    """

    kind: LabelKind
    number: int
    text: str
    line: int
    start: int
    label_start: int
    end: int

    @property
    def numbered(self) -> bool:
        """Tell whether a number is printed in it."""
        return bool(self.text)

    @property
    def row(self) -> bool:
        """Tell whether it is a bare number in the first cell of a table's row."""
        return self.kind is LabelKind.NUMBER and self.text.isdecimal()


_CHINESE = "〇零○一二三四五六七八九十百"
_DIGITS = "0-9０-９"
_OPENING, _CLOSING = "【〔〖［[", "】〕〗］]"
_SIGNS = "●■◆▲▶►★☆◇□▪◼▼※"
_MARKS = re.compile(rf"(?:[>＞]\s*)?(?:#{{1,6}}\s*|[-*+•]\s+|[{_SIGNS}]\s*)?(?:\*\*|__)?\s*")
_CLOSED = re.compile(rf"\s*[{re.escape(_CLOSING)}]")
_HASHES = re.compile(r"(#{1,6})\s*\S")
# What follows "1." or "1、" must not go on with a digit ("1.5万人", "8、9月"), but for a year.
_NO_NUMBER = rf"(?!\s*$)(?![{_DIGITS}](?![{_DIGITS}]{{3}}年))"
_FORMS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    (LabelKind.PART, re.compile(rf"第\s*([{_CHINESE}{_DIGITS}]+)\s*(?:部分|篇|编)[、：:.．]?")),
    (LabelKind.CHAPTER, re.compile(rf"第\s*([{_CHINESE}{_DIGITS}]+)\s*章[、：:.．]?")),
    (
        LabelKind.DIVISION,
        re.compile(rf"第\s*([{_CHINESE}{_DIGITS}]+)\s*节(?:[、：:.．]|(?=\s))"),
    ),
    (
        LabelKind.ARTICLE,
        re.compile(rf"第\s*([{_CHINESE}{_DIGITS}]+)\s*条(?:[、：:.．]|(?=\s))"),
    ),
    (
        LabelKind.NAMED,
        re.compile(
            rf"(?:{'|'.join(word_list('label_words'))})\s*([{_CHINESE}{_DIGITS}]{{1,3}})"
            rf"(?:[：:、.．]|(?=[\s{re.escape(_CLOSING)}]))"
        ),
    ),
    (LabelKind.BRACKET, re.compile(rf"[【〔〖]\s*([{_CHINESE}]+)\s*[】〕〗][、.．]?")),
    (LabelKind.BRACKET, re.compile(rf"[（(]\s*([{_CHINESE}]+)\s*[)）][、.．]?")),
    (LabelKind.BRACKET, re.compile(rf"([{_CHINESE}]+)[)）][、.．]?")),
    (LabelKind.BRACKET, re.compile(r"([㈠-㈩])[、.．]?")),
    (LabelKind.COMMA, re.compile(rf"([{_CHINESE}]+)\s*[、.．](?![{_CHINESE}]+[、年月日级届])")),
    (
        LabelKind.DECIMAL,
        re.compile(
            rf"[{_DIGITS}]{{1,2}}(?:[.．][{_DIGITS}]{{1,2}})*[.．]([{_DIGITS}]{{1,2}})(?=[\s、])"
        ),
    ),
    (LabelKind.NUMBER, re.compile(rf"([{_DIGITS}]{{1,3}})\s*[.．、]{_NO_NUMBER}")),
    (LabelKind.NUMBER, re.compile(rf"([{_DIGITS}]{{1,3}})\t(?=\S)")),
    (LabelKind.NUMBER, re.compile(r"([⒈-⒛])")),
    (
        LabelKind.NUMBER_BRACKET,
        re.compile(rf"[【〔〖]\s*([{_DIGITS}]{{1,3}})\s*[】〕〗][、.．]?"),
    ),
    (LabelKind.NUMBER_BRACKET, re.compile(rf"[（(]\s*([{_DIGITS}]{{1,3}})\s*[)）][、.．]?")),
    (LabelKind.NUMBER_BRACKET, re.compile(rf"([{_DIGITS}]{{1,3}})[)）][、.．]?")),
    (LabelKind.NUMBER_BRACKET, re.compile(r"([⑴-⒇])")),
    (LabelKind.CIRCLE, re.compile(r"([①-⑳㉑-㉟❶-❿➀-➉])[、.．]?")),
)
_UNITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def find_label(line: Line, index: int) -> Label | None:
    """Return the label at the beginning of `line`, the one at `index`, or None."""
    marks = _MARKS.match(line.text)
    skip = marks.end() if marks else 0
    found = _form_at(line.text, skip)
    if found is None and _set_off(line.text, skip):
        found = _form_at(line.text, skip + 1)
    if found is not None:
        kind, number, match = found
        behind = _CLOSED.match(line.text, match.end()) if match.start() > skip else None
        return Label(
            kind=kind,
            number=number,
            text=match[0].strip(),
            line=index,
            start=line.start,
            label_start=line.start + skip,
            end=line.start + (behind or match).end(),
        )
    hashes = _HASHES.match(line.text)
    if hashes is None:
        return None
    end = line.start + skip
    return Label(LabelKind.MARKDOWN, 0, "", index, line.start, end, end)


def setting(line: Line) -> str:
    """Return the sign or opening bracket that sets a line off (■ or 【), "" where none does."""
    marks = _MARKS.match(line.text)
    skip = marks.end() if marks else 0
    if _set_off(line.text, skip):
        return line.text[skip]
    return next((char for char in line.text[:skip] if char in _SIGNS), "")


def _set_off(text: str, at: int) -> bool:
    """Tell whether a bracket that a heading may stand in opens at `at`, and closes."""
    pair = _OPENING.find(text[at : at + 1] or " ")
    return pair >= 0 and _CLOSING[pair] in text[at:]


def _form_at(text: str, start: int) -> tuple[LabelKind, int, re.Match[str]] | None:
    for kind, form in _FORMS:
        match = form.match(text, start)
        number = chinese_number(match[1]) if match else None
        if match is not None and number is not None:
            return kind, number, match
    return None


def without_rows(labels: Sequence[Label]) -> list[Label]:
    """Leave out the numbers of a table's rows, unless no other label marks tasks like them."""
    marked = any(label.kind is LabelKind.NUMBER and not label.row for label in labels)
    return [label for label in labels if not (marked and label.row)]


def heading_text(line: Line) -> tuple[int, str]:
    """Return where the words of `line` begin after Markdown marks, and the words."""
    marks = _MARKS.match(line.text)
    skip = marks.end() if marks else 0
    words = line.text[skip:].rstrip("#").rstrip("*_ ").rstrip()
    return line.start + skip, words


def chinese_number(text: str) -> int | None:
    """Return the value of a numeral up to 999 in Chinese, Arabic or enclosed form, or None.

    Digits written one after another are read as such: 二〇一七 is 2017.
    """
    plain = unicodedata.normalize("NFKC", text).strip("()（）.")
    if plain.isdecimal():
        return int(plain)
    if not plain:
        return None
    if all(char in _UNITS for char in plain):
        return int("".join(str(_UNITS[char]) for char in plain))
    total = 0
    unit: int | None = None
    for char in plain:
        if char in _UNITS:
            unit = _UNITS[char]
        elif char in "十百":
            total += (1 if unit is None else unit) * (10 if char == "十" else 100)
            unit = None
        else:
            enclosed = unicodedata.numeric(char, None)
            return int(enclosed) if enclosed is not None else None
    return total + (unit or 0)
