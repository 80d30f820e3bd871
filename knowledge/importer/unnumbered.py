"""Headings without a number that a bracket or a sign sets off (【组织实施】, ■ 保障措施)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.importer.fields import FieldKind, field_at
from knowledge.importer.kinds import is_heading_like
from knowledge.importer.labels import Label, LabelKind, heading_text, setting
from knowledge.importer.lines import Line

_BRACKETED = re.compile(r"[【〖〔]([^【】〖〗〔〕]{2,30})[】〗〕]")


def with_set_off(lines: Sequence[Line], labels: Sequence[Label], start: int) -> list[Label]:
    """Add to the numbered headings those that are set off like them but bear no number.

    The plan begins at the line with index `start`. Without numbered ones like them they are
    headings where one stands above each run of numbers, or in brackets behind all numbers.
    """
    numbered = [label for label in labels if label.kind is not LabelKind.MARKDOWN]
    if not numbered or len(numbered) < len(labels):
        return list(labels)
    found = _set_off(lines, numbered, start)
    kinds = sorted({label.kind for label in numbered if not label.kind.item})
    if not found or not kinds:
        return list(labels)
    outer = kinds[0] if len(kinds) > 1 else LabelKind.MARKDOWN
    signs = {setting(lines[label.line]) for label in numbered if label.kind is kinds[0]} - {""}
    first = numbered[0].line
    alike = [index for index, sign in found.items() if sign in signs and index > first]
    above = [index for index in found if _next_line(lines, index) in {x.line for x in numbered}]
    if alike and len(kinds) > 1:
        chosen, kind = alike, kinds[0]
    elif len(above) > 1 and above[0] < first and kinds[0] > LabelKind.MARKDOWN:
        sign = found[above[0]]
        chosen, kind = [index for index in found if found[index] == sign], LabelKind.MARKDOWN
    else:
        behind = [index for index in found if index > numbered[-1].line]
        chosen = [index for index in behind if _BRACKETED.fullmatch(_words(lines[index]))]
        kind = outer
        if kinds[-1] >= LabelKind.DECIMAL and outer is LabelKind.MARKDOWN:
            return list(labels)
    return sorted([*labels, *(_label(lines[i], i, kind) for i in chosen)], key=lambda x: x.line)


def _set_off(lines: Sequence[Line], numbered: Sequence[Label], start: int) -> dict[int, str]:
    """Return the sign of every line that may be such a heading, by the line's index.

    What is said twice is a label of lines within tasks; a sign that opens other lines too makes
    the items of a list.
    """
    labelled = {label.line for label in numbered}
    texts = Counter(line.text for line in lines)
    fields = [field for line in lines if (field := field_at(line.text)) is not None]
    often = Counter(field.label for field in fields)
    found: dict[int, str] = {}
    listed: set[str] = set()
    for index in range(start, len(lines)):
        line = lines[index]
        sign = "" if line.blank or index in labelled else setting(line)
        if not sign:
            continue
        bracketed = _BRACKETED.fullmatch(_words(line))
        words = bracketed[1] if bracketed else heading_text(line)[1]
        whole = bracketed is not None or sign not in "【〔〖［["
        fits = whole and is_heading_like(words) and texts[line.text] == 1
        field = field_at(line.text)
        if field is not None:
            fits = fits and field.kind is FieldKind.MATTER and often[field.label] == 1
        if fits and _next_line(lines, index) is not None:
            found[index] = sign
        elif whole and sign not in "【〔〖":
            listed.add(sign)
    return {index: sign for index, sign in found.items() if sign not in listed}


def _words(line: Line) -> str:
    return line.text.strip("*_#＃ ").rstrip("：:")


def _label(line: Line, index: int, kind: LabelKind) -> Label:
    start = heading_text(line)[0]
    return Label(kind, 0, "", index, line.start, start, start)


def _next_line(lines: Sequence[Line], index: int) -> int | None:
    """Return the index of the next line that is not blank."""
    return next((i for i in range(index + 1, len(lines)) if not lines[i].blank), None)
