"""What stands before a plan's first heading: its title, a covering notice, navigation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.importer.kinds import (
    find_year,
    is_date,
    is_document_number,
    is_footer,
    is_furniture,
    is_navigation,
    is_page_number,
    is_prose,
    organisation,
)
from knowledge.importer.labels import Label, LabelKind, heading_text
from knowledge.importer.lines import Line
from knowledge.importer.words import word_list
from knowledge.plan.model import Span

_TITLE_LENGTH = 50
_NOTICE_LENGTH = 80
_BRACKETED = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]$")
_BOOK = re.compile(r"《([^《》]*)》")
_LEADER = re.compile(r"(?:\.{3,}|…{2,}|·{3,}|．{3,})\s*[0-9０-９]{1,4}$")
_PAGE_NUMBER = re.compile(r"[.…·．\s]*[0-9０-９]{1,4}$")
_TITLE_STOPS = re.compile(r"[。！？；!?;]|[：:，,]$")


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter: `title` its span, `notice` the covering notice's heading, if any.

    `start` is the index of the first line that may hold a heading of the plan.
    """

    title: Span | None
    title_line: int | None
    notice: int | None
    start: int


@dataclass(frozen=True, slots=True)
class Sorted:
    """Lines by index: those left out with the reason's name, and those of the preamble."""

    skipped: Mapping[int, str] = field(default_factory=dict)
    preamble: tuple[int, ...] = ()


def find_contents(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of the lines of a table of contents."""
    found = {index for index, line in enumerate(lines) if _LEADER.search(line.text)}
    leaders = found if len(found) > 1 else set()
    for index, line in enumerate(lines):
        if re.sub(r"\s", "", heading_text(line)[1]) not in word_list("contents_headings"):
            continue
        leaders.add(index)
        entries = [i for i in range(index + 1, len(lines)) if not lines[i].blank]
        if not entries:
            break
        first = _PAGE_NUMBER.sub("", lines[entries[0]].text).strip()
        again = [i for i in entries[1:] if lines[i].text.startswith(first)]
        if first and again:
            leaders |= {i for i in entries if i < again[0]}
        break
    return frozenset(leaders)


def find_front(lines: Sequence[Line], labels: Sequence[Label]) -> Front:
    """Find the title and a covering notice before the plan, whose label candidates are given.

    A notice may have numbered points of its own: the plan's headings begin after its title.
    """
    numbered = [label for label in labels if label.kind is not LabelKind.MARKDOWN]
    if not numbered:
        return Front(None, None, None, 0)
    first = numbered[0].line
    notice = next((i for i in range(first) if _is_notice(lines[i].text)), None)
    labelled = {label.line for label in numbered}
    if notice is not None:
        span = [i for i in range(notice + 1, numbered[-1].line) if i not in labelled]
        strong = [i for i in span if _title_score(lines[i])]
        if strong:
            return Front(_title_span(lines[strong[0]]), strong[0], notice, strong[0] + 1)
        book = _BOOK.search(lines[notice].text)
        if book:
            start = lines[notice].start
            return Front(Span(start + book.start(1), start + book.end(1)), None, notice, 0)
        return Front(_title_span(lines[notice]), notice, notice, 0)
    scores = [(score, i) for i in range(first) if (score := _title_score(lines[i]))]
    if scores:
        best = max(scores)[1]
        return Front(_title_span(lines[best]), best, None, best + 1)
    weak = [i for i in range(first) if _may_be_title(lines[i])]
    if weak:
        best = next((i for i in weak if lines[i].text.startswith("#")), weak[0])
        return Front(_title_span(lines[best]), best, None, best + 1)
    return Front(None, None, None, 0)


def sort_front(lines: Sequence[Line], front: Front, first: int) -> Sorted:
    """Sort the lines before the plan's first heading, the line with index `first`."""
    skipped: dict[int, str] = {}
    preamble: list[int] = []
    addressed = _addressed(lines, front, first)
    for index in range(first):
        line = lines[index]
        if line.blank:
            continue
        if index == front.title_line:
            skipped[index] = "title"
        elif index < addressed:
            skipped[index] = _before(line.text, front, index)
        else:
            name = _after(line.text)
            if name:
                skipped[index] = name
            else:
                preamble.append(index)
    return Sorted(skipped, tuple(preamble))


def _addressed(lines: Sequence[Line], front: Front, first: int) -> int:
    """Return the index of the line at which the plan's own words may begin."""
    if front.start:
        return front.start
    if front.notice is None:
        return 0
    for index in range(front.notice + 1, first):
        if lines[index].text.endswith(("：", ":")):
            return index + 1
    return front.notice + 1


def _before(text: str, front: Front, index: int) -> str:
    """Return the reason to leave out a line before the title."""
    if is_navigation(text):
        return "navigation"
    if is_document_number(text):
        return "number"
    if is_page_number(text):
        return "page"
    if front.notice is not None and index >= front.notice:
        return "notice"
    if is_date(text):
        return "date"
    if is_footer(text) or is_furniture(text) or not is_prose(text):
        return "furniture"
    return "notice"


def _after(text: str) -> str | None:
    """Return the reason to leave out a line between title and first heading, None to keep it."""
    if is_date(text):
        return "date"
    if is_page_number(text):
        return "page"
    if is_document_number(text):
        return "number"
    if is_navigation(text) and not is_prose(text):
        return "navigation"
    if organisation(text) and is_furniture(text):
        return "signature"
    if _BRACKETED.fullmatch(text) or (is_footer(text) and "。" not in text):
        return "subtitle"
    return None


def _is_notice(text: str) -> bool:
    words = text.strip("#* ")
    if not words or len(words) > _NOTICE_LENGTH or is_navigation(text):
        return False
    if words.endswith(("。", "：", ":")):
        return False
    return words.endswith(word_list("notice_endings")) or (
        any(lead in words for lead in word_list("notice_leads")) and "《" in words
    )


def _may_be_title(line: Line) -> bool:
    _, words = heading_text(line)
    return (
        0 < len(words) <= _TITLE_LENGTH
        and _TITLE_STOPS.search(words) is None
        and not is_navigation(words)
        and not is_date(words)
        and not is_page_number(words)
        and not is_document_number(words)
        and not is_footer(words)
        and organisation(words) is None
    )


def _title_score(line: Line) -> int:
    """Return how well the line reads as a plan's title, 0 for not at all."""
    _, words = heading_text(line)
    bare = _BRACKETED.sub("", words).strip().strip("《》")
    if not _may_be_title(line) or not bare.endswith(word_list("plan_words")):
        return 0
    if _is_notice(words) or words.startswith(word_list("attachment_headings")):
        return 0
    year = find_year(bare) is not None
    return 1 + 4 * year + 2 * line.text.startswith("#")


def _title_span(line: Line) -> Span:
    start, words = heading_text(line)
    if words.startswith("《") and words.endswith("》"):
        return Span(start + 1, start + len(words) - 1)
    return Span(start, start + len(words))
