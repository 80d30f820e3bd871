"""The curve of a calibration as a picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.calibration import Point

_WIDE, _HIGH, _GAP = 320, 120, 40
_LEFT, _TOP = 56, 56
_TITLE = "Share of the questions of the tuning half, under each limit"
_SIZE = (2 * _WIDE + 150, 2 * _HIGH + 190)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the picture: a share of the questions, in percent, along a limit."""

    name: str
    colour: str
    share: Callable[[Point], float]


@dataclass(frozen=True, slots=True)
class _Plot:
    """One plot: its place, the values along it, and the least and greatest share shown."""

    left: float
    top: float
    values: Sequence[float]
    least: float
    most: float

    def x(self, value: float) -> float:
        first, last = self.values[0], self.values[-1]
        return self.left + _WIDE * ((value - first) / (last - first) if last > first else 0.5)

    def y(self, share: float) -> float:
        return self.top + _HIGH * (self.most - share) / (self.most - self.least)


def _of_all(count: Callable[[Point], int]) -> Callable[[Point], float]:
    def share(point: Point) -> float:
        asked = point.right + point.wrong + point.wrongly_refused + point.wrongly_answered
        return 100 * count(point) / asked if asked else 0.0

    return share


_RIGHT = _Line("right", "#1a7f37", _of_all(lambda point: point.right))
_FAULTS = (
    _Line("wrongly refused", "#57606a", _of_all(lambda point: point.wrongly_refused)),
    _Line("wrong answer", "#cf222e", _of_all(lambda point: point.wrong)),
    _Line("wrongly answered", "#bc6c00", _of_all(lambda point: point.wrongly_answered)),
)


def draw(curve: Sequence[Point], chosen: Point) -> str:
    """Return an SVG picture: the shares along each limit, the other one as it was chosen."""
    floors = [point for point in curve if point.meaning_floor == chosen.meaning_floor]
    meanings = [point for point in curve if point.floor == chosen.floor]
    lines = list(_heading())
    shown = [*floors, *meanings]
    rights = [_RIGHT.share(point) for point in shown]
    lowest = min(math.floor(min(rights) / 5) * 5, 95)
    highest = max(math.ceil(max(rights) / 5) * 5, lowest + 5)
    faults = max(line.share(point) for line in _FAULTS for point in shown)
    greatest = max(math.ceil(faults / 5) * 5, 5)
    limits: tuple[tuple[str, Sequence[Point], Callable[[Point], float]], ...] = (
        ("floor: coverage by keywords", floors, lambda point: point.floor),
        ("meaning_floor: likeness", meanings, lambda point: point.meaning_floor),
    )
    for at, (name, points, limit) in enumerate(limits):
        left = _LEFT + at * (_WIDE + 64)
        values = [limit(point) for point in points]
        upper = _Plot(left, _TOP, values, lowest, highest)
        lower = _Plot(left, _TOP + _HIGH + _GAP, values, 0, greatest)
        plots: tuple[tuple[_Plot, Sequence[_Line]], ...] = ((upper, (_RIGHT,)), (lower, _FAULTS))
        for plot, drawn in plots:
            lines += _frame(plot, limit(chosen))
            for line in drawn:
                lines += _curve(plot, line, points, values)
        lines += _below(lower, name, limit(chosen))
    return "\n".join((*lines, "</svg>", ""))


def _heading() -> Iterator[str]:
    wide, high = _SIZE
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12" fill="#24292f">'
    )
    yield f'<rect width="{wide}" height="{high}" fill="#ffffff"/>'
    yield f'<text x="{_LEFT}" y="24" font-size="14">{_TITLE}</text>'
    at = _LEFT
    for line in (_RIGHT, *_FAULTS):
        yield f'<rect x="{at}" y="36" width="12" height="4" fill="{line.colour}"/>'
        yield f'<text x="{at + 18}" y="43">{line.name}</text>'
        at += 50 + 7 * len(line.name)


def _frame(plot: _Plot, chosen: float) -> Iterator[str]:
    step = 5 if plot.most - plot.least <= 30 else 10
    share = plot.least
    while share <= plot.most:
        y = plot.y(share)
        yield (
            f'<line x1="{plot.left}" x2="{plot.left + _WIDE}" y1="{y:.1f}" y2="{y:.1f}" '
            f'stroke="#d0d7de"/>'
        )
        yield f'<text x="{plot.left - 6}" y="{y + 4:.1f}" text-anchor="end">{share:.0f}%</text>'
        share += step
    x = plot.x(chosen)
    yield (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{plot.top}" y2="{plot.top + _HIGH}" '
        f'stroke="#0969da" stroke-dasharray="4 3"/>'
    )


def _curve(
    plot: _Plot, line: _Line, points: Sequence[Point], values: Sequence[float]
) -> Iterator[str]:
    places = [
        (plot.x(value), plot.y(line.share(point)))
        for value, point in zip(values, points, strict=True)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{line.colour}"/>'


def _below(plot: _Plot, name: str, chosen: float) -> Iterator[str]:
    bottom = plot.top + _HIGH
    every = max(1, math.ceil(len(plot.values) / 7))
    for value in plot.values[::every]:
        x = f"{plot.x(value):.1f}"
        yield f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{value:g}</text>'
    middle = plot.left + _WIDE / 2
    yield f'<text x="{middle}" y="{bottom + 40}" text-anchor="middle">{name}</text>'
    yield (
        f'<text x="{middle}" y="{bottom + 58}" text-anchor="middle" fill="#0969da">'
        f"chosen: {chosen:g}</text>"
    )
