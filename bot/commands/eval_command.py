"""`planbot eval`: question files scored, or the limits of answers set on them."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from typing import Any

from bot.commands.calibrating import calibrate
from bot.commands.running import UsageError, say, say_json, start_clock
from bot.evaluation import (
    Examiner,
    QuestionFileError,
    Row,
    Scored,
    Tally,
    Verdict,
    read_rows,
    tallies,
)
from bot.knowledge_base import load_plans, open_answerer
from bot.settings import Settings
from knowledge.plan.check import read_plans
from knowledge.plan.model import Plan
from knowledge.plan.problems import PlanFileError

_VERDICTS = "  wrong  refused  answered  other"


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Score the files and print the table, with each miss; or calibrate on them."""
    if not args.calibrate and (args.output or args.picture):
        raise UsageError("eval: --output and --picture belong to --calibrate")
    try:
        rows = read_rows(args.files)
        plans = _plans(rows, args, settings)
        if args.calibrate:
            calibrate(rows, plans, args, settings)
            return 0
        clock = start_clock(None, settings)
        answers = {name: open_answerer(settings, asked) for name, asked in plans.items()}
        examiner = Examiner(answers, clock, settings.timezone)
        results = asyncio.run(_score(examiner, rows))
    except QuestionFileError as error:
        raise UsageError(f"eval: {error}") from error
    if args.json:
        say_json(_as_json(results))
    else:
        _print(results)
    return 0


async def _score(examiner: Examiner, rows: Sequence[Row]) -> list[list[Scored]]:
    return [await examiner.score(row) for row in rows]


def _plans(
    rows: Sequence[Row], args: argparse.Namespace, settings: Settings
) -> dict[str | None, Sequence[Plan]]:
    """Return the plans that the rows name, each alone; under None stand the settings' plans."""
    own = load_plans(settings)
    more, problems = read_plans(args.plans)
    if problems:
        raise PlanFileError(problems)
    named = {row.plan for row in rows}
    plans: dict[str | None, Sequence[Plan]] = {None: own}
    return plans | {plan.id: (plan,) for plan in (*own, *more) if plan.id in named}


def _print(results: Sequence[Sequence[Scored]]) -> None:
    say(f"{'':40} {'rows':>5} {'right':>6} {'share':>7} {'MRR':>6}{_VERDICTS}")
    section = ""
    for what, name, tally in tallies(results):
        if what != section and what != "total":
            say(f"by {what}")
        section = what
        say(_line(f"  {name}" if name else "all", tally))
    misses = [item for scored in results for item in scored if item.verdict is not Verdict.RIGHT]
    if misses:
        say("\nmisses")
    for item in misses:
        say(_miss(item))


def _line(name: str, tally: Tally) -> str:
    counts = [tally.verdicts.get(verdict, 0) for verdict in Verdict if verdict != Verdict.RIGHT]
    mrr = "" if tally.mrr is None else f"{tally.mrr:.3f}"
    return (
        f"{name:40} {tally.rows:5} {tally.right_rows:6} {tally.share:7.1%} {mrr:>6}"
        f"  {counts[0]:5}  {counts[1]:7}  {counts[2]:8}  {counts[3]:5}"
    )


def _miss(item: Scored) -> str:
    turn = f".{item.turn}" if len(item.row.turns) > 1 else ""
    text = " / ".join(item.reply.text.splitlines())
    tasks = sorted({evidence.task for evidence in item.reply.evidence if evidence.task})
    return (
        f"  {item.row.id}{turn} [{item.verdict.value}] {item.asked.question}\n"
        f"      {item.why}\n      got from {tasks}: {text[:200]}"
    )


def _as_json(results: Sequence[Sequence[Scored]]) -> dict[str, Any]:
    groups: dict[str, Any] = {"total": {}, "file": {}, "kind": {}, "style": {}}
    for what, name, tally in tallies(results):
        if name:
            groups[what][name] = tally.to_json()
        else:
            groups[what] = tally.to_json()
    groups["misses"] = [
        {
            "file": item.row.file,
            "id": item.row.id,
            "turn": item.turn,
            "q": item.asked.question,
            "verdict": item.verdict.name.lower(),
            "why": item.why,
            "reply": item.reply.to_json(),
        }
        for scored in results
        for item in scored
        if item.verdict is not Verdict.RIGHT
    ]
    return groups
