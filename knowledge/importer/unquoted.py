"""Names told, without quotation marks, by the word they end in (…计划, …工程)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from knowledge.importer.quotes import Quoted
from knowledge.importer.vocabulary import any_of, strip_leading, table, words

_LONGEST = 24
_SHORTEST_CORE = 2
_LINK = 4
"""Most characters between two suffixes of one name."""


def unquoted_in(text: str, quoted: list[Quoted]) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each name outside the quotations, its left edge trimmed."""
    blank = list(text)
    for quote in quoted:
        blank[quote.start : quote.end] = "\n" * (quote.end - quote.start)
    masked = "".join(blank)
    closed = {quote.end for quote in quoted}
    for run in _runs().finditer(masked):
        for start, end in _names_of(masked, run.start(), run.end()):
            # What follows a closing quote at once is the quoted name's own tail.
            if start not in closed:
                yield start, end


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff{words('names.joins')[0]}]+")


@cache
def _suffixes() -> re.Pattern[str]:
    return re.compile(any_of((*words("names.strong_suffixes"), *words("names.weak_suffixes"))))


def _names_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    matches = list(_suffixes().finditer(text, start, end))
    for index, match in enumerate(matches):
        if goes_on(text, match) or _ends_later(text, matches, index):
            continue
        left = _left_edge(text, max(begin, match.start() - _LONGEST), match.start())
        if left is not None and _is_name(text, left, match):
            yield left, match.end()
            begin = match.end()


def goes_on(text: str, match: re.Match[str]) -> bool:
    """Tell whether the suffix is only the beginning of another word (工程师)."""
    for suffix, followers in _followers():
        if match.group().endswith(suffix):
            return text.startswith(followers, match.end())
    return False


@cache
def _followers() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (suffix, tuple(re.findall(r"[\u4e00-\u9fff]+", listed)))
        for suffix, listed in table("names.after_suffix").items()
    )


def _ends_later(text: str, matches: list[re.Match[str]], index: int) -> bool:
    """Tell whether the name goes on to the next suffix (安全行动提升计划).

    Of two suffixes side by side (课后托管计划项目) the first one ends the name.
    """
    if index + 1 == len(matches):
        return False
    between = text[matches[index].end() : matches[index + 1].start()]
    following = matches[index + 1]
    if not 0 < len(between) <= _LINK or following.group() not in words("names.strong_suffixes"):
        return False
    breaks = (*words("names.stops")[0], *words("names.cutting"))
    return not goes_on(text, following) and not any(word in between for word in breaks)


def _left_edge(text: str, begin: int, end: int) -> int | None:
    """Return where the name ending in the suffix at `end` begins, None if it is no name."""
    left = begin
    for stop in words("names.stops")[0]:
        left = max(left, text.rfind(stop, begin, end) + 1)
    for verb in words("names.cutting"):
        at = text.rfind(verb, left, end)
        core = text[at + len(verb) : end]
        if at >= 0 and core:
            if is_generic(core):
                return None
            left = at + len(verb)
    return strip_leading(text, left, end, words("names.leading"))


def is_generic(core: str) -> bool:
    """Tell whether a name is made of general words alone (重点服务项目), and so names nothing."""
    while core:
        word = next((word for word in words("names.generic") if core.startswith(word)), None)
        if word is None:
            return len(core) < _SHORTEST_CORE
        core = core[len(word) :]
    return True


def _is_name(text: str, left: int, match: re.Match[str]) -> bool:
    core = text[left : match.start()]
    if len(core) < _SHORTEST_CORE or is_generic(core) or core.endswith(words("names.acting")):
        return False
    if match.group() in words("names.strong_suffixes"):
        return True
    before = text[max(0, left - 4) : left]
    return before.endswith((*words("names.launching"), "、"))
