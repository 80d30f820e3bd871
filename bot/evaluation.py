"""Scoring the answers to questions whose right answers are known."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.conversation import Conversation, MemoryContexts
from knowledge.ask.answer import Answers
from knowledge.ask.reply import Outcome, Reply

_SAYING = (Outcome.ANSWERED, Outcome.AMBIGUOUS)


class QuestionFileError(Exception):
    """A question file cannot be used; the message says where and why."""


class Verdict(StrEnum):
    """How a reply compares with what was expected of it."""

    RIGHT = "right"
    WRONG_ANSWER = "wrong answer"
    WRONGLY_REFUSED = "wrongly refused"
    WRONGLY_ANSWERED = "wrongly answered"
    OTHER = "other outcome"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what its reply must be.

    Every group of `must` needs one of its texts in the reply's text, white space left aside. An
    answer's evidence must come from all of `tasks`, and where `section` is given, from there;
    `quote` is looked for among the evidence, and only its rank is counted.
    """

    question: str
    expect: Outcome
    tasks: frozenset[int] = frozenset()
    section: int | None = None
    must: tuple[tuple[str, ...], ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a question file: one question, or the turns of a dialogue.

    `plan` is the id of the only plan to be asked, None for all that are loaded.
    """

    file: str
    id: str
    kind: str
    style: str
    plan: str | None
    turns: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A question of a row with its reply and the verdict; `rank` is that of the quote, 0 for none.

    `why` says in words what was missed, "" for a right reply.
    """

    row: Row
    turn: int
    asked: Asked
    reply: Reply
    verdict: Verdict
    why: str
    rank: int


@dataclass(slots=True)
class Tally:
    """How many rows there were, and what became of their questions."""

    rows: int = 0
    right_rows: int = 0
    verdicts: dict[Verdict, int] = field(default_factory=dict)
    ranks: list[float] = field(default_factory=list)

    def add(self, scored: Sequence[Scored]) -> None:
        """Count the questions of one row, which is right if all of them are."""
        self.rows += 1
        self.right_rows += all(item.verdict is Verdict.RIGHT for item in scored)
        for item in scored:
            self.verdicts[item.verdict] = self.verdicts.get(item.verdict, 0) + 1
            if item.asked.quote and item.asked.expect is Outcome.ANSWERED:
                self.ranks.append(1 / item.rank if item.rank else 0.0)

    @property
    def share(self) -> float:
        """Return the share of rows that are right."""
        return self.right_rows / self.rows if self.rows else 0.0

    @property
    def mrr(self) -> float | None:
        """Return the mean reciprocal rank of the quotes, None without any."""
        return sum(self.ranks) / len(self.ranks) if self.ranks else None

    def to_json(self) -> dict[str, Any]:
        """Return the counts, ready for `json.dumps`."""
        return {
            "rows": self.rows,
            "right_rows": self.right_rows,
            "share": round(self.share, 4),
            "mrr": None if self.mrr is None else round(self.mrr, 4),
            **{verdict.name.lower(): self.verdicts.get(verdict, 0) for verdict in Verdict},
        }


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """Read question files: a JSON object a line; raises QuestionFileError."""
    rows: list[Row] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeError) as error:
            raise QuestionFileError(f"{path}: cannot be read: {error}") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                rows.append(_row(path, number, line))
    return rows


def _row(path: Path, number: int, line: str) -> Row:
    try:
        data = json.loads(line)
        turns = data.get("turns", [data])
        return Row(
            file="/".join(path.parts[-2:]),
            id=str(data.get("id", number)),
            kind=str(data.get("kind", "dialogue" if "turns" in data else "")),
            style=str(data.get("style", "")),
            plan=data.get("plan"),
            turns=tuple(map(_asked, turns)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise QuestionFileError(
            f"{path}:{number}: expected an object with q and expect, or with turns: {error}"
        ) from error


def _asked(data: Mapping[str, Any]) -> Asked:
    return Asked(
        question=str(data["q"]),
        expect=Outcome(data["expect"]),
        tasks=frozenset(int(number) for number in data.get("tasks", ())),
        section=data.get("section"),
        must=tuple(tuple(map(str, group)) for group in data.get("must", ())),
        quote=str(data.get("quote", "")),
    )


class Examiner:
    """Asks questions as a person would and compares the replies with what is expected.

    Args:
        answers: what answers from all plans, under None, and from each alone, under its id.
        clock: the time of the questions.
        zone: where they are asked.
    """

    def __init__(
        self, answers: Mapping[str | None, Answers], clock: Clock, zone: dt.tzinfo
    ) -> None:
        self._answers = answers
        self._clock = clock
        self._zone = zone

    async def score(self, row: Row) -> list[Scored]:
        """Ask the questions of a row, in one conversation, and score each reply."""
        answers = self._answers.get(row.plan)
        if answers is None:
            raise QuestionFileError(f"{row.file}: {row.id}: there is no plan {row.plan!r}")
        talk = Conversation(answers, MemoryContexts[str](), self._clock, self._zone)
        scored: list[Scored] = []
        for turn, asked in enumerate(row.turns, 1):
            reply = talk.joined(await talk.hear("", asked.question))
            verdict, why = judge(asked, reply)
            scored.append(Scored(row, turn, asked, reply, verdict, why, quote_rank(asked, reply)))
        return scored


def judge(asked: Asked, reply: Reply) -> tuple[Verdict, str]:
    """Return the verdict on a reply, and in words what it lacks."""
    if reply.outcome is not asked.expect:
        why = f"{reply.outcome.value} instead of {asked.expect.value}"
        if asked.expect not in _SAYING and reply.outcome in _SAYING:
            return Verdict.WRONGLY_ANSWERED, why
        if asked.expect in _SAYING and reply.outcome is Outcome.NOT_IN_PLAN:
            return Verdict.WRONGLY_REFUSED, why
        if asked.expect in _SAYING and reply.outcome in _SAYING:
            return Verdict.WRONG_ANSWER, why
        return Verdict.OTHER, why
    said = _squeezed(reply.text)
    lacking = [group for group in asked.must if not any(_squeezed(text) in said for text in group)]
    why = "; ".join(f"without {' or '.join(group)}" for group in lacking)
    if asked.expect is Outcome.ANSWERED:
        places = {item.task for item in reply.evidence}
        missed = sorted(asked.tasks - places)
        if missed:
            why = "; ".join(filter(None, (why, f"no evidence from task {missed}")))
        elif asked.section is not None and not _from_section(asked, reply):
            why = "; ".join(filter(None, (why, f"no evidence from section {asked.section}")))
    return (Verdict.WRONG_ANSWER, why) if why else (Verdict.RIGHT, "")


def quote_rank(asked: Asked, reply: Reply) -> int:
    """Return the place of the expected quote among the evidence, counted from 1; 0 if absent."""
    wanted = _squeezed(asked.quote)
    for rank, item in enumerate(reply.evidence, 1):
        quote = _squeezed(item.quote)
        if wanted and (wanted in quote or quote in wanted):
            return rank
    return 0


def _from_section(asked: Asked, reply: Reply) -> bool:
    found = {item.task for item in reply.evidence if item.section == asked.section}
    return asked.tasks <= found


def _squeezed(text: str) -> str:
    return "".join(text.split())


def tallies(results: Iterable[Sequence[Scored]]) -> Iterator[tuple[str, str, Tally]]:
    """Yield the counts in total, by file, by kind and by style, as (what, name, tally)."""
    groups: dict[tuple[str, str], Tally] = {("total", ""): Tally()}
    for scored in results:
        row = scored[0].row
        for group in (("total", ""), ("file", row.file), ("kind", row.kind), ("style", row.style)):
            if group == ("total", "") or group[1]:
                groups.setdefault(group, Tally()).add(scored)
    order = ("total", "file", "kind", "style")
    for (what, name), tally in sorted(
        groups.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
    ):
        yield what, name, tally
