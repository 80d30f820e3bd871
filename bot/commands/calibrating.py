"""The calibration of `planbot eval --calibrate`: its curve printed, its limits written."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

from bot.calibration import (
    FLOORS,
    MEANING_FLOORS,
    Calibration,
    Point,
    RememberingMeaning,
    best,
    limits_file,
)
from bot.calibration_picture import draw
from bot.commands.running import say, say_json, start_clock
from bot.evaluation import Row
from bot.meaning import BackgroundMeaning
from bot.settings import Settings
from knowledge.ask.answer import Answerer, Answers
from knowledge.ask.limits import Limits, load_limits
from knowledge.ask.meaning.embedding import is_installed
from knowledge.language.lexicon import load_lexicon
from knowledge.plan.model import Plan

_TITLES = "floor  meaning_floor  right  wrong  refused  answered     gain"


def calibrate(
    rows: Sequence[Row],
    plans: Mapping[str | None, Sequence[Plan]],
    args: argparse.Namespace,
    settings: Settings,
) -> None:
    """Print the curve of the limits, and write those chosen from it; without the model, the floor.

    Args:
        rows: the questions, those of the tuning half.
        plans: the plans asked by the rows that name one, and under None by the others.
        args: the command line's: `output`, `picture` and `json`.
        settings: the time zone, and where embeddings are remembered.
    """
    now = load_limits()
    lexicon = load_lexicon()
    meaning = None
    if is_installed():
        meaning = RememberingMeaning(BackgroundMeaning(settings.data / "cache"))

    def make(limits: Limits) -> dict[str | None, Answers]:
        return {name: Answerer(asked, lexicon, limits, meaning) for name, asked in plans.items()}

    calibration = Calibration(rows, make, now, start_clock(None, settings), settings.timezone)
    meaning_floors = MEANING_FLOORS if meaning else (now.meaning_floor,)
    show = _nothing if args.json else say
    curve = asyncio.run(_curve(calibration, meaning_floors, show))
    chosen = best(curve)
    limits = replace(now, floor=chosen.floor, meaning_floor=chosen.meaning_floor)
    file: Path = args.output or limits_path()
    file.write_text(limits_file(limits, curve), encoding="utf-8")
    if args.picture:
        args.picture.write_text(draw(curve, chosen), encoding="utf-8")
    if args.json:
        points = [point.to_json() for point in curve]
        say_json({"chosen": chosen.to_json(), "curve": points, "file": str(file)})
    else:
        say(f"\nchosen\n{_line(chosen)}\nwritten to {file}")


def limits_path() -> Path:
    """Return the program's own file of limits."""
    return Path(str(resources.files("knowledge.ask") / "data" / "limits.yaml"))


async def _curve(
    calibration: Calibration, meaning_floors: Sequence[float], show: Callable[[str], None]
) -> list[Point]:
    """Return the curve, and show each point as soon as it is known."""
    show(_TITLES)
    curve: list[Point] = []
    async for point in calibration.curve(FLOORS, meaning_floors):
        curve.append(point)
        show(_line(point))
    return curve


def _nothing(text: str) -> None:
    """Show nothing."""


def _line(point: Point) -> str:
    return (
        f"{point.floor:5.2f}  {point.meaning_floor:13.3f}  {point.right:5}  {point.wrong:5}"
        f"  {point.wrongly_refused:7}  {point.wrongly_answered:8}  {point.gain:7.1f}"
    )
