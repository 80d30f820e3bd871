"""Setting the limits of answers on questions whose right answers are known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.clock import Clock
from bot.evaluation import Examiner, Row, Verdict
from knowledge.ask.answer import Answers
from knowledge.ask.limits import Limits
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.ranking import Meaning
from knowledge.ask.passages import Passages

# A wrong answer is believed and acted on; after a refusal one asks again, or somebody else. But it
# stands beside the plan's own words and their place, so that a reader can see what it speaks of.
WRONG_COSTS = 1.5
FLOORS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
MEANING_FLOORS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)

_COMMENT = """\
# Written by `planbot eval --calibrate` from the tuning half of the questions; what each limit is
# for stands in knowledge/ask/limits.py. `curve` tells, for every pair of limits that was tried,
# how many questions were answered or refused rightly (right), answered with the wrong thing
# (wrong), refused though the plan tells (wrongly_refused), and answered though the plan does not
# tell (wrongly_answered).
"""

Verdicts = tuple[Verdict, ...]
Making = Callable[[Limits], Mapping[str | None, Answers]]


_Known = dict[tuple[str, str], Sequence[float] | None]
_Ask = Callable[[Passages, str], Sequence[float] | None]


class RememberingMeaning:
    """A ranking by meaning that is asked the same thing once.

    Args:
        meaning: the ranking that is asked.
    """

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._likeness: _Known = {}
        self._kinship: _Known = {}
        self._resemblance: dict[tuple[tuple[str, ...], str], Sequence[float] | None] = {}

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        """Return a likeness for each passage, None while no model is loaded."""
        return _once(self._likeness, self._meaning.likeness, passages, question)

    def kinship(self, passages: Passages, word: str) -> Sequence[float] | None:
        """Return a kinship for each passage, None while no model is loaded."""
        return _once(self._kinship, self._meaning.kinship, passages, word)

    def resemblance(self, examples: Examples, question: str) -> Sequence[float] | None:
        """Return a likeness for each example, None while no model is loaded."""
        asked = (examples.texts, question)
        if asked not in self._resemblance:
            self._resemblance[asked] = self._meaning.resemblance(examples, question)
        return self._resemblance[asked]


def _once(known: _Known, ask: _Ask, passages: Passages, said: str) -> Sequence[float] | None:
    asked = (passages.digest, said)
    if asked not in known:
        known[asked] = ask(passages, said)
    return known[asked]


@dataclass(frozen=True, slots=True)
class Point:
    """What became of the questions, by number, under one pair of limits."""

    floor: float
    meaning_floor: float
    right: int
    wrong: int
    wrongly_refused: int
    wrongly_answered: int

    @property
    def gain(self) -> float:
        """Return the right answers less one and a half for each that should not have been given.

        A wrong answer is worse than a refusal: it is believed, while after a refusal one asks
        again or asks somebody else. So a limit may be lowered only where that brings more than
        that many right answers for each wrong one.
        """
        return self.right - WRONG_COSTS * (self.wrong + self.wrongly_answered)

    def to_json(self) -> dict[str, Any]:
        """Return the point, ready for `json.dumps`."""
        return {
            "floor": self.floor,
            "meaning_floor": self.meaning_floor,
            "right": self.right,
            "wrong": self.wrong,
            "wrongly_refused": self.wrongly_refused,
            "wrongly_answered": self.wrongly_answered,
        }


class Calibration:
    """Asks questions under every pair of limits of a grid.

    Args:
        rows: the questions.
        make: makes what answers under given limits, as `bot.evaluation.Examiner` wants it.
        limits: those that are not tried keep their values.
        clock: the time of the questions.
        zone: where they are asked.
    """

    def __init__(
        self, rows: Sequence[Row], make: Making, limits: Limits, clock: Clock, zone: dt.tzinfo
    ) -> None:
        self._rows = rows
        self._make = make
        self._limits = limits
        self._clock = clock
        self._zone = zone

    async def curve(
        self, floors: Sequence[float], meaning_floors: Sequence[float]
    ) -> AsyncIterator[Point]:
        """Yield a point for every pair of the limits, which ascend.

        A limit only ever turns answers into refusals, so that a row with the same verdicts at
        the four corners of the grid is taken to have them all over it, and is not asked again.
        """
        known: dict[tuple[float, float], list[Verdicts]] = {}
        for floor in dict.fromkeys((floors[0], floors[-1])):
            for meaning_floor in dict.fromkeys((meaning_floors[0], meaning_floors[-1])):
                verdicts = await self._verdicts(floor, meaning_floor, self._rows)
                known[floor, meaning_floor] = verdicts
        corners = list(zip(*known.values(), strict=True))
        moving = [row for row, seen in zip(self._rows, corners, strict=True) if len({*seen}) > 1]
        still = [seen[0] for seen in corners if len({*seen}) == 1]
        for floor in floors:
            for meaning_floor in meaning_floors:
                found = known.get((floor, meaning_floor))
                if found is None:
                    found = still + await self._verdicts(floor, meaning_floor, moving)
                yield _point(floor, meaning_floor, found)

    async def _verdicts(
        self, floor: float, meaning_floor: float, rows: Sequence[Row]
    ) -> list[Verdicts]:
        limits = replace(self._limits, floor=floor, meaning_floor=meaning_floor)
        examiner = Examiner(self._make(limits), self._clock, self._zone)
        return [tuple(item.verdict for item in await examiner.score(row)) for row in rows]


def _point(floor: float, meaning_floor: float, verdicts: Sequence[Verdicts]) -> Point:
    counts = Counter(verdict for row in verdicts for verdict in row)
    return Point(
        floor,
        meaning_floor,
        right=counts[Verdict.RIGHT],
        wrong=counts[Verdict.WRONG_ANSWER],
        wrongly_refused=counts[Verdict.WRONGLY_REFUSED],
        wrongly_answered=counts[Verdict.WRONGLY_ANSWERED],
    )


def best(curve: Sequence[Point]) -> Point:
    """Return the point with the greatest gain; of equal ones, the most cautious."""
    return max(curve, key=lambda point: (point.gain, point.floor, point.meaning_floor))


def limits_file(limits: Limits, curve: Sequence[Point]) -> str:
    """Return the data file of `limits`, with the curve they were chosen from."""
    rows = (
        ", ".join(f"{name}: {value}" for name, value in point.to_json().items()) for point in curve
    )
    return "\n".join(
        (
            f"{_COMMENT}floor: {limits.floor}",
            f"slack: {limits.slack}",
            f"meaning_floor: {limits.meaning_floor}",
            "curve:",
            *(f"  - {{{row}}}" for row in rows),
            "",
        )
    )
