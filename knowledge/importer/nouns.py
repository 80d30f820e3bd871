"""Noun phrases round a quantity: what it measures, and where that begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from knowledge.importer.masking import NAME
from knowledge.importer.vocabulary import strip_leading, strip_trailing, table, words
from knowledge.language.words import Words as Segmenter

Piece = tuple[int, int]
"""A (start, end) of a clause's text."""

_LONGEST_NOUN = 24
_SHORTEST_NOUN = 3
_BREAKS = frozenset(",;。!?:()[]【】<>〔〕")


@dataclass(frozen=True, slots=True)
class Words:
    """A clause's text, its mask of names, and the words it is made of, names kept whole."""

    text: str
    masked: str
    starts: tuple[int, ...]

    def between(self, start: int, end: int) -> list[Piece]:
        """Return the words that begin within `text[start:end]`, the first and last one cut."""
        edges = [start, *(at for at in self.starts if start < at < end), end]
        return [(a, b) for a, b in pairwise(edges) if a < b]


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


def cut_words(text: str, masked: str) -> Words:
    """Cut a clause into words; a masked name is one word."""
    starts: list[int] = []
    for match in re.finditer(f"{NAME}+|[^{NAME}]+", masked):
        if match.group()[0] == NAME:
            starts.append(match.start())
            continue
        at = match.start()
        for token in _segmenter().cut(text[match.start() : match.end()]):
            starts.append(at)
            at += len(token)
    return Words(text, masked, tuple(starts))


def right_noun(clause: Words, start: int, end: int) -> Piece | None:
    """Return the noun phrase that begins at `start`, after an optional 的; None if none does."""
    text = clause.text
    if text.startswith(("、", "和", "及"), start):
        return None
    if text.startswith("的", start):
        start += 1
    stop = start
    for a, b in clause.between(start, min(end, start + _LONGEST_NOUN)):
        word = text[a:b]
        if clause.masked[a] != NAME and (word in _noun_ends() or set(word) & _BREAKS):
            break
        stop = b
    stop = strip_trailing(text, start, stop, ("等", "、", "的", "和", "及", "全"))
    return (start, stop) if stop > start else None


def described_noun(clause: Words, start: int, end: int) -> Piece | None:
    """Return a noun with the verb that describes it (能容纳百人的场地); None without a 的."""
    match = re.compile(r"[^,;。!?:()、]+的").match(clause.text, start, end)
    noun = right_noun(clause, match.end(), end) if match else None
    return (start, noun[1]) if noun else None


@cache
def _noun_ends() -> frozenset[str]:
    return frozenset(words("figures.noun_ends"))


def verb_phrase(clause: Words, start: int, end: int) -> Piece | None:
    """Return what `text[start:end]` says from its first verb on (设立书屋), None without one."""
    for a, b in clause.between(start, end):
        if a > start and clause.masked[a] != NAME and clause.text[a:b] in _noun_ends():
            return a, end
    return None


def left_noun(clause: Words, start: int, end: int) -> Piece | None:
    """Return the noun phrase that ends at `end`: without openers, verbs of doing, and lists."""
    text = clause.text
    if label := re.compile(r"\d{1,2}[.、．](?!\d)|\(").match(text, start, end):
        start = label.end()
    end = strip_trailing(text, start, end, (":", "、", "的", "("))
    if match := _modifier().search(text, start, end):
        end = match.start()
    start = max([start, *(text.rfind(mark, start, end) + 1 for mark in ":;。①②③④⑤⑥⑦⑧⑨⑩")])
    start = _strip(clause, start, end)
    if not text.endswith(words("figures.measure_ends"), start, end):
        start = _after_verb(clause, start, end)
    return (start, end) if end > start else None


@cache
def _modifier() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(words('figures.modifiers'))})$")


def _strip(clause: Words, start: int, end: int) -> int:
    """Cut opening words (其中, 力争, 完成) off, but never a part of a longer word."""
    begin = start = strip_leading(clause.text, start, end, words("figures.openers"))
    edges = {*clause.starts, end}
    while begin < end:
        lead = next(
            (
                word
                for word in words("figures.leading")
                if clause.masked.startswith(word, begin, end)
                and begin + len(word) in edges
                and _may_go(clause.text[begin + len(word) : end], word, first=begin == start)
            ),
            None,
        )
        if lead is None:
            break
        begin += len(lead)
    return begin


def _may_go(rest: str, word: str, first: bool) -> bool:
    """Tell whether an opening word may be cut off: the later ones only if a noun is left."""
    if not rest:
        return word not in words("figures.trends")
    return first or len(rest) >= _SHORTEST_NOUN


def _after_verb(clause: Words, start: int, end: int) -> int:
    """Cut to what follows the last verb of doing, if enough is left to be a noun."""
    for a, b in reversed(clause.between(start, end)):
        if clause.masked[a] == NAME:
            continue
        if clause.text[a:b] in words("figures.doing") and end - b >= _SHORTEST_NOUN:
            return _strip(clause, b, end)
    return start


def head_of(clause: Words, piece: Piece) -> int:
    """Return where the shortest wording of a noun phrase begins: its last words, of three
    characters or more and not from the middle of a word (全县乡村医生签约率 → 签约率).
    """
    start, end = piece
    if clause.text[end - 1] == ")":
        end = max(start, clause.text.rfind("(", start, end))
    begin = end
    for a, b in reversed(clause.between(start, end)):
        if clause.text[a:b] == "的" and end - b >= 2:
            break
        begin = a
        partial = b - a == 1 or clause.text[a:b] in table("figures.suffixes")
        if end - begin >= _SHORTEST_NOUN and not partial:
            break
    return begin


def split_list(text: str, piece: Piece, count: int) -> list[tuple[Piece, ...]] | None:
    """Split “A、B和C率” into `count` subjects, each with the ending they share.

    The ending is what follows, in the last item, the part that stands opposite the first item:
    up to the character both end in, else as many characters as the first has. None if the list
    has another number of items.
    """
    start, end = piece
    items = [
        (start + match.start(), start + match.end())
        for match in re.finditer(r"[^、和及与]+", text[start:end])
    ]
    if len(items) != count:
        return None
    last = items[-1]
    closing = text[last[1] - 1]
    subjects: list[tuple[Piece, ...]] = []
    for a, b in items[:-1]:
        if text[b - 1] == closing:
            subjects.append(((a, b),))
            continue
        twin = text.find(text[b - 1], last[0], last[1])
        tail = twin + 1 if twin >= 0 else last[0] + (b - a)
        subjects.append(((a, b), (tail, last[1])) if tail < last[1] else ((a, b),))
    return [*subjects, (last,)]
