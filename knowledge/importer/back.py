"""What stands after a plan's last task: signature, date, glossary, attachments, page footers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge.importer.fields import field_at
from knowledge.importer.kinds import (
    is_date,
    is_footer,
    is_furniture,
    is_navigation,
    is_page_number,
    is_prose,
    is_signed,
    organisation,
)
from knowledge.importer.labels import Label, LabelKind, find_label, heading_text
from knowledge.importer.lines import Line
from knowledge.importer.words import word_list

_ATTACHMENT_LENGTH = 60
_BULLETS = ("-", "*", "•", "·", "●", "■", "◆", "—")
_FIELD = re.compile(r"[^：:。，,]{2,8}[：:]")
_NUMBERED = re.compile(r"\s*[0-9０-９一二三四五六七八九十]{0,3}\s*(?:[：:].*|$)")


def find_appendix(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[int, str] | None:
    """Return the index of the line that opens glossary or attachments, and the reason's name.

    It must stand after the plan's first labels, which are given in source order.
    """
    if not labels:
        return None
    for index in range(labels[0].line + 1, len(lines)):
        line = lines[index]
        label = find_label(line, index)
        start = label.end if label else heading_text(line)[0]
        words = line.text[start - line.start :].strip("*_# ：:　【】")
        spaced = re.sub(r"\s", "", words)
        if spaced in word_list("glossary_headings"):
            return index, "glossary"
        if label is None and _opens_attachment(words) and not is_prose(words):
            return index, "attachment"
    return None


def find_tail(lines: Sequence[Line], last: int, end: int) -> int:
    """Return the index at which the lines after the last heading stop being the plan's.

    `last` is the index of the last heading's line, `end` that of the first line known to stand
    outside. Whole blocks of a few words without punctuation are furniture; a block of running
    text keeps all but the dates, names and page numbers at its end. A heading without a body on
    its own line keeps the first block after it.
    """
    tail = end
    blocks = _blocks(lines, last, end)
    bare = not is_prose(lines[last].text)
    for position, block in reversed(list(enumerate(blocks))):
        if last in block:
            kept = _trim(lines, [index for index in block if index != last])
            return kept if kept is not None else tail
        body = bare and position == 1 and not any(_foreign(lines, index) for index in block)
        if not body and all(_outside(lines, index) for index in block):
            tail = block[0]
            continue
        kept = _trim(lines, block)
        return kept if kept is not None else tail
    return tail


def tail_reason(lines: Sequence[Line], index: int) -> str:
    """Return the name of the reason to leave out the line at `index` after the last task."""
    text = lines[index].text
    if is_page_number(text):
        return "page"
    if is_date(text):
        return "date"
    if is_signed(text) or (organisation(text) and _dated(lines, index)):
        return "signature"
    if is_navigation(text):
        return "navigation"
    return "footer" if is_footer(text) else "furniture"


def foot(lines: Sequence[Line], start: int) -> frozenset[int]:
    """Return the indices of the lines of a page's foot that end the document, from `start` on."""
    found: set[int] = set()
    for index in range(len(lines) - 1, start - 1, -1):
        if lines[index].blank:
            continue
        if not (_known(lines, index) or is_footer(lines[index].text)):
            break
        found.add(index)
    return frozenset(found)


def signatures(lines: Sequence[Line]) -> list[str]:
    """Return the names signed with a date, on the line itself or on the next."""
    found = []
    for index, line in enumerate(lines):
        name = organisation(line.text)
        if name and (is_signed(line.text) or _dated(lines, index)):
            found.append(name)
    return found


def _opens_attachment(words: str) -> bool:
    for lead in word_list("attachment_headings"):
        if words.startswith(lead):
            rest = words[len(lead) :]
            return len(words) <= _ATTACHMENT_LENGTH and _NUMBERED.fullmatch(rest) is not None
    return False


def _blocks(lines: Sequence[Line], last: int, end: int) -> list[list[int]]:
    blocks: list[list[int]] = []
    fresh = True
    for index in range(last, end):
        if lines[index].blank:
            fresh = True
            continue
        if fresh:
            blocks.append([])
        fresh = False
        blocks[-1].append(index)
    return blocks


def _trim(lines: Sequence[Line], block: Sequence[int]) -> int | None:
    """Return the index of the first of the lines to cut at the block's end, None for none.

    Where blank lines were lost, a run of a few words a line behind a finished sentence is a page's
    foot if one of them surely is.
    """
    known = _run(lines, block, _known)
    outside = _run(lines, block, _outside)
    finished = bool(outside) and lines[outside[0] - 1].text.endswith("。")
    sure = [i for i in outside if _is_foot(lines, i) or organisation(lines[i].text)]
    if finished and len(outside) > 1 and sure:
        return outside[0]
    return known[0] if known else None


def _run(
    lines: Sequence[Line], block: Sequence[int], fits: Callable[[Sequence[Line], int], bool]
) -> list[int]:
    """Return the lines at the block's end that all fit."""
    run: list[int] = []
    for index in reversed(block):
        if not fits(lines, index):
            break
        run.insert(0, index)
    return run


def _known(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line is certainly not running text of a task."""
    text = lines[index].text
    if _in_field(lines, index):
        return False
    return (
        is_date(text)
        or is_page_number(text)
        or is_signed(text)
        or (organisation(text) is not None and _dated(lines, index))
        or (is_navigation(text) and not is_prose(text))
        or (_FIELD.match(text) is not None and _is_foot(lines, index))
    )


def _is_foot(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line is of a page's foot, and no field that tasks have too."""
    field = _FIELD.match(lines[index].text)
    return is_footer(lines[index].text) and not (
        field and any(line.text.startswith(field[0]) for line in lines[:index])
    )


def _outside(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    if _in_field(lines, index):
        return False
    label = find_label(lines[index], index)
    numbered = label is not None and label.kind is not LabelKind.MARKDOWN
    if numbered or text.startswith(_BULLETS):
        return _known(lines, index)
    return _known(lines, index) or is_furniture(text) or _is_foot(lines, index)


def _in_field(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line is a labelled one of a task, or what a label alone stands above."""
    own = field_at(lines[index].text)
    above = field_at(lines[index - 1].text) if index else None
    label = own.label if own is not None else above.label if above and above.alone else None
    return label is not None and any(
        (field := field_at(line.text)) is not None and field.label == label
        for line in lines[: index - 1]
    )


def _foreign(lines: Sequence[Line], index: int) -> bool:
    return _known(lines, index) or is_footer(lines[index].text)


def _dated(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the next line that is not blank is a date, or another signed name."""
    for line in lines[index + 1 :]:
        if line.blank:
            continue
        if organisation(line.text) is None or is_signed(line.text):
            return is_date(line.text) or is_signed(line.text)
    return False
