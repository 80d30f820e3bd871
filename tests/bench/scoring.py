"""The project's own questions, asked of the whole program and counted by group."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.calibration import RememberingMeaning
from bot.evaluation import Examiner, Row, Scored, Verdict, read_rows
from bot.meaning import BackgroundMeaning
from knowledge.ask.answer import Answerer, Answers
from knowledge.ask.limits import Limits, load_limits
from knowledge.ask.meaning.embedding import is_installed
from knowledge.ask.meaning.ranking import Meaning
from knowledge.ask.reply import Outcome
from knowledge.language.lexicon import Lexicon, load_lexicon
from knowledge.plan.check import read_plans
from knowledge.plan.library import bundled_plans, load_library
from knowledge.plan.model import Plan
from tests.clock import ManualClock

QUESTIONS = Path(__file__).parents[1] / "questions"
HALVES = ("tune", "test")
_ZONE = ZoneInfo("Asia/Shanghai")
_NOW = dt.datetime(2017, 7, 1, 9, tzinfo=_ZONE)
# Kinds of questions about the whole plan, a section or a task by its number.
_WHOLE = frozenset(
    (
        *("all_deadlines", "all_figures", "all_programs", "count", "filter", "from_to", "meta"),
        *("list_documents", "list_programs", "outline", "overview"),
        *("section_by_name", "section_by_number", "section_list", "section_of"),
        *("task_by_number", "task_range"),
    )
)
GROUPS: Mapping[str, Callable[[Row], bool]] = {
    "bundled plan, answerable": lambda row: row.plan is None and _single(row) and _told(row),
    "bundled plan, to be refused": lambda row: (
        row.plan is None and _single(row) and not _told(row)
    ),
    "bundled plan, dialogues": lambda row: row.plan is None and len(row.turns) > 1,
    "bundled plan, the whole plan": lambda row: row.plan is None and _whole(row),
    "other plans, answerable": lambda row: row.plan is not None and _single(row) and _told(row),
    "other plans, to be refused": lambda row: (
        row.plan is not None and _single(row) and not _told(row)
    ),
    "other plans, dialogues": lambda row: row.plan is not None and len(row.turns) > 1,
    "other plans, the whole plan": lambda row: row.plan is not None and _whole(row),
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many rows there are, and how many of them are right."""

    rows: int
    right: int

    def __str__(self) -> str:
        """Return the share in percent, with the number of rows."""
        return f"{self.right / self.rows:.1%}" if self.rows else "–"


@cache
def rows(half: str) -> tuple[Row, ...]:
    """Return the rows of all question files of a half."""
    return tuple(read_rows(sorted((QUESTIONS / half).glob("*.jsonl"))))


@cache
def plans() -> Mapping[str | None, Sequence[Plan]]:
    """Return the other organisations' plans by id, and under None the bundled ones."""
    others, problems = read_plans([QUESTIONS / "plans"])
    assert not problems
    return {None: load_library(bundled_plans()).plans, **{plan.id: (plan,) for plan in others}}


def open_meaning(cache_folder: Path) -> Meaning | None:
    """Return the ranking by meaning, which remembers what it was asked; None without the model."""
    return RememberingMeaning(BackgroundMeaning(cache_folder)) if is_installed() else None


def score(
    asked: Sequence[Row],
    meaning: Meaning | None,
    lexicon: Lexicon | None = None,
    limits: Limits | None = None,
) -> list[list[Scored]]:
    """Return the scored turns of every row; by default with the program's own data files."""
    return list(score_each(asked, meaning, lexicon or load_lexicon(), limits or load_limits()))


def score_each(
    asked: Sequence[Row], meaning: Meaning | None, lexicon: Lexicon, limits: Limits
) -> Iterator[list[Scored]]:
    """Yield the scored turns of every row as soon as it was asked."""
    named = {row.plan for row in asked}
    answers: dict[str | None, Answers] = {
        name: Answerer(found, lexicon, limits, meaning)
        for name, found in plans().items()
        if name in named
    }
    examiner = Examiner(answers, ManualClock(_NOW), _ZONE)
    for row in asked:
        yield asyncio.run(examiner.score(row))


def share(results: Iterable[Sequence[Scored]], chosen: Callable[[Row], bool]) -> Share:
    """Return how many of the chosen rows have nothing but right turns."""
    found = [
        all(item.verdict is Verdict.RIGHT for item in scored)
        for scored in results
        if chosen(scored[0].row)
    ]
    return Share(len(found), sum(found))


def verdicts(results: Iterable[Sequence[Scored]], *wanted: Verdict) -> int:
    """Return how many turns have one of the wanted verdicts."""
    return sum(item.verdict in wanted for scored in results for item in scored)


def _whole(row: Row) -> bool:
    return row.kind in _WHOLE


def _single(row: Row) -> bool:
    return len(row.turns) == 1 and not _whole(row)


def _told(row: Row) -> bool:
    return row.turns[0].expect in (Outcome.ANSWERED, Outcome.AMBIGUOUS)
