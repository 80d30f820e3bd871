"""The lines of the benchmarks' table."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
_FORM = "| {:<50} | {:>22} | {:>22} | {:>6} | {:<34} |"


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured, of us and of a peer, their ratio, and what was aimed at."""

    what: str
    ours: str
    peer: str = ""
    ratio: float | None = None
    aim: str = ""

    def __str__(self) -> str:
        """Return the line of the table."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return _FORM.format(self.what, self.ours, self.peer, ratio, self.aim)


def titles() -> str:
    """Return the first line of the table."""
    return _FORM.format("measured", "planbot", "peer", "ratio", "aim / peer")


def rule() -> str:
    """Return the line under the titles."""
    return "|" + "|".join("-" * width for width in (52, 24, 24, 8, 36)) + "|"


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def milliseconds(values: Sequence[float]) -> str:
    """Return median and 99th percentile of seconds, in milliseconds."""
    return f"{quantile(values, 0.5) * 1e3:.2f} / {quantile(values, 0.99) * 1e3:.2f} ms"


def timed(run: Callable[[Item], object], items: Iterable[Item]) -> list[float]:
    """Return how many seconds `run` takes for each of `items`."""
    times: list[float] = []
    for item in items:
        started = time.perf_counter()
        run(item)
        times.append(time.perf_counter() - started)
    return times
