"""The words of a heading: where a task's or a section's title ends and its body begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.importer.brackets import enclosed
from knowledge.importer.reading import read
from knowledge.importer.times import times_in
from knowledge.importer.words import word_list

_LINE_LENGTH = 50
_STOPPED_LINE_LENGTH = 30
_CLEAN_LENGTH = 30
_LOOSE_LENGTH = 40
_SECTION_LENGTH = 80
_EMPHASIS = "*_ \t\u3000\xa0"
_CLOSERS = "】〕〗］]"
_STOP = re.compile(rf"[。：:；;！？!?{re.escape(_CLOSERS)}]|\u3000+|[ \t\xa0]{{2,}}")
_SET_OFF = re.compile(r"[【〖〔]([^【】〖〗〔〕]+)[】〗〕]")
_TRAILING = "。：:；;"
_COMMAS = re.compile(r"[，,]")
_ANNOTATION = re.compile(r"[（(]([^（）()]*)[)）]$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title's span, and where the body after it begins; an empty span for no title."""

    start: int
    end: int
    body: int
    clean: bool = True


def task_titles(source: str, regions: Sequence[tuple[int, int, int]]) -> list[Title]:
    """Return the title of each task.

    A region is where the words after a task's label begin, where their paragraph ends, and where
    the task ends. Titles before a full stop or colon count only in a plan where at least half of
    the tasks have one of a title's shape: otherwise they are first sentences.
    """
    alone = [_alone(source, *region) for region in regions]
    inline = [_inline(source, *region) for region in regions]
    voters = [
        title
        for own, title, (start, _, end) in zip(alone, inline, regions, strict=True)
        if own is None and _more(source, title.body if title else start, end)
    ]
    clean = sum(title is not None and title.clean for title in voters)
    titled = 2 * clean >= len(voters)
    return [
        own or (title if titled and title else Title(start, start, start))
        for own, title, (start, _, _) in zip(alone, inline, regions, strict=True)
    ]


def section_title(source: str, start: int, end: int) -> Title:
    """Return the title of a section whose heading's words are the line from `start` to `end`.

    Running text on the same line is left to the body.
    """
    text = source[start:end]
    stop = _first_stop(text)
    if stop is None or not text[stop.end() :].strip(_EMPHASIS):
        short = len(text) <= _SECTION_LENGTH
        return _title(source, start, end, end) if short else Title(start, start, start)
    rest = text[stop.end() :]
    if stop[0] in _CLOSERS or stop[0] == "。" or "。" in rest or len(rest) > _CLEAN_LENGTH:
        if stop.start() <= _LOOSE_LENGTH:
            return _title(source, start, start + stop.start(), start + stop.end())
        return Title(start, start, start)
    return _title(source, start, end, end)


def _alone(source: str, start: int, paragraph: int, end: int) -> Title | None:
    """Return the title that fills its paragraph, with a body after it."""
    text = source[start:paragraph].strip(_EMPHASIS)
    if not text or not _more(source, paragraph, end) or "\n" in text or "\r" in text:
        return None
    stopped = text[-1] in _TRAILING
    words = text.rstrip(_TRAILING + _EMPHASIS)
    if "。" in words or "；" in words or not words:
        return None
    limit = _STOPPED_LINE_LENGTH if text[-1] == "。" else _LINE_LENGTH
    if len(words) > limit or (text[-1] == "。" and len(_COMMAS.findall(words)) > 1):
        return None
    if not stopped and len(_COMMAS.findall(words)) > 2:
        return None
    return _title(source, start, paragraph, paragraph)


def _inline(source: str, start: int, paragraph: int, end: int) -> Title | None:
    """Return the title that ends at a full stop, a colon or wide space within its paragraph.

    So does one in brackets of its own (1.【借阅】…) or with its label (【任务1 借阅】…).
    """
    text = source[start:paragraph]
    own = _SET_OFF.match(text)
    if own and len(own[1]) <= _CLEAN_LENGTH and _more(source, start + own.end(), end):
        body = start + own.end()
        return _title(source, start, body, body + (source[body] in "：:"))
    stop = _first_stop(text)
    if stop is None or stop[0] in "；;！？!?":
        return None
    words = text[: stop.start()]
    commas = len(_COMMAS.findall(words))
    if not words.strip(_EMPHASIS) or "\n" in words or "\r" in words:
        return None
    clean = not commas and len(words) <= _CLEAN_LENGTH
    loose = stop[0] == "。" and commas <= 1 and len(words) <= _LOOSE_LENGTH
    if not (clean or loose) or words.rstrip().endswith(word_list("announcements")):
        return None
    if not _more(source, start + stop.end(), end):
        return None
    return _title(source, start, start + stop.start(), start + stop.end(), clean=clean)


def _first_stop(text: str) -> re.Match[str] | None:
    inside = enclosed(text)
    lead = len(text) - len(text.lstrip(_EMPHASIS))
    for stop in _STOP.finditer(text, lead):
        position = stop.start()
        if inside[position]:
            continue
        timed = stop[0] in "：:" and text[max(position - 1, 0)].isdigit()
        if timed and text[position + 1 : position + 2].isdigit():
            continue
        return stop
    return None


def _title(source: str, start: int, end: int, body: int, *, clean: bool = True) -> Title:
    while start < end and source[start] in _EMPHASIS:
        start += 1
    while start < end and (
        source[end - 1] in _EMPHASIS + _TRAILING + "#" or _opened_before(source[start:end])
    ):
        end -= 1
    if (own := _SET_OFF.fullmatch(source, start, end)) is not None:
        start, end = own.span(1)
    note = _ANNOTATION.search(source[start:end])
    if note and note.start() and _annotates(note[1]):
        end = start + note.start()
        body = end
    while body < len(source) and source[body] in _EMPHASIS and body > end:
        body += 1
    return Title(start, end, body, clean)


def _opened_before(text: str) -> bool:
    """Tell whether `text` ends in a bracket that opens before it, in front of the label."""
    return text[-1] in _CLOSERS and not enclosed(text)[-1]


def _annotates(words: str) -> bool:
    """Tell whether words in brackets behind a title say who or when (牵头单位：…, 3月底前)."""
    if "：" in words or ":" in words:
        return True
    reading = read(words, 0, len(words))
    times = times_in(reading.text, None)
    return bool(times) and times[0].start == 0 and times[-1].end == len(reading.text)


def _more(source: str, start: int, end: int) -> bool:
    return any(char.isalnum() for char in source[start:end])
