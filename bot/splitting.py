"""Cutting a message into the questions it holds, and never one question into two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import resources

from knowledge.language.lexicon import read_yaml
from knowledge.language.script import fold, key

MOST_QUESTIONS = 5

# Longer messages are not looked into: each question is far shorter than this.
_LONGEST = 2_500
_ENDS = "？?。；;"
_OPENING = "“‘「『《〈（(【["
_CLOSING = "”’」』》〉）)】]"
_MARKS = re.compile(r"[\W_]+")
_ITEM = re.compile(r"\s*(?:[(（]?(\d{1,2})[.、)）．]\s*|[-*•·]\s+)(?!\d)")

# What the plans answer a text with when it stands alone: (plan id, start, end) of each quote.
Places = frozenset[tuple[str, int, int]]
Probe = Callable[[str], Places]


class Splitter:
    """Tells several questions in one message by the words and marks that make a question."""

    def __init__(self) -> None:
        data = read_yaml(resources.files("bot") / "data" / "splitting.yaml")
        self._asking = re.compile("|".join(data["asking"]))
        self._courtesy = re.compile("|".join(f"(?:{pattern})" for pattern in data["courtesy"]))
        self._continues: tuple[str, ...] = tuple(data["continues"])
        self._numbered: str = data["numbered"]
        self.too_many: str = data["too_many"].format(most=MOST_QUESTIONS)

    def split(self, message: str, probe: Probe) -> list[str]:
        """Return the questions of `message` in order; `[message]` where it holds only one.

        A piece asks by a question word, or by a question mark behind something `probe` finds. A
        piece that does not ask goes with the question after it, at the end with the one before.
        Lines without any question are questions of their own if each finds other places.
        """
        if len(message) > _LONGEST:
            return [message]
        lines = _without_numbers([line.strip() for line in message.splitlines() if line.strip()])
        pieces = [piece for line in lines for piece in _sentences(line)]
        if len(pieces) < 2:
            return [message]
        asking = [self._asks(piece, probe) for piece in pieces]
        if not any(asking):
            return lines if _are_names(lines, probe) else [message]
        questions = self._gathered(pieces, asking)
        return questions if len(questions) > 1 else [message]

    def number(self, number: int, text: str) -> str:
        """Return the text of one reply of several, with its number."""
        return self._numbered.format(number=number, text=text)

    def _asks(self, piece: str, probe: Probe) -> bool:
        bare = key(fold(piece))
        if len(bare) < 2 or self._courtesy.fullmatch(bare):
            return False
        if self._asking.search(bare):
            return True
        return piece.rstrip()[-1:] in ("?", "？") and bool(probe(piece))

    def _gathered(self, pieces: Sequence[str], asking: Sequence[bool]) -> list[str]:
        questions: list[str] = []
        waiting = ""
        for piece, asks in zip(pieces, asking, strict=True):
            if questions and fold(piece).startswith(self._continues):
                questions[-1] += piece
            elif asks:
                questions.append(f"{waiting}{piece}")
                waiting = ""
            else:
                waiting += f"{piece} "
        if waiting:
            questions[-1] = f"{questions[-1]} {waiting.rstrip()}"
        return questions


def _sentences(line: str) -> list[str]:
    """Cut a line behind the marks that end a question, outside of quotes and brackets."""
    pieces: list[str] = []
    start = depth = 0
    for at, char in enumerate(line):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char in _ENDS and depth == 0 and line[at + 1 : at + 2] not in (*_ENDS, "!", "！"):
            pieces.append(line[start : at + 1].strip())
            start = at + 1
    pieces.append(line[start:].strip())
    return [piece for piece in pieces if _MARKS.sub("", piece)]


def _without_numbers(lines: list[str]) -> list[str]:
    """Take the marks of a list off its lines: dashes, or numbers that count from 1."""
    marks = [_ITEM.match(line) for line in lines]
    numbers = [int(mark[1] or 0) for mark in marks if mark]
    if len(lines) < 2 or len(numbers) < len(lines):
        return lines
    if numbers not in (list(range(1, len(lines) + 1)), [0] * len(lines)):
        return lines
    return [line[mark.end() :] for line, mark in zip(lines, marks, strict=True) if mark]


def _are_names(lines: Sequence[str], probe: Probe) -> bool:
    seen: set[tuple[str, int, int]] = set()
    for line in lines:
        places = probe(line)
        if not places or places & seen:
            return False
        seen |= places
    return len(lines) > 1
