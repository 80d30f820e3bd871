"""Sample questions that the loaded plans do answer, to show what can be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import resources

from knowledge.ask.answer import Answers
from knowledge.ask.reply import Context, Outcome
from knowledge.language.lexicon import read_yaml
from knowledge.plan.library import newest_first
from knowledge.plan.model import Plan, ProgramKind

_MOST = 3
_MOST_TRIED = 20


def sample_questions(
    plans: Sequence[Plan],
    answers: Answers,
    today: dt.date,
    suits: Callable[[str], bool] = bool,
) -> list[str]:
    """Return up to three questions about the newest plan, each of another kind and answered.

    Args:
        plans: all that are loaded.
        answers: what answers from them.
        today: the day the questions are asked.
        suits: tells whether a question can be shown.
    """
    if not plans:
        return []
    newest = newest_first(plans)[0]
    wording: Mapping[str, str] = read_yaml(resources.files("bot") / "data" / "samples.yaml")
    found: list[str] = []
    for kind in (_programs, _tasks, _figures, _deadlines):
        for at, question in enumerate(filter(suits, kind(newest, wording))):
            if at >= _MOST_TRIED:
                break
            if answers.answer(question, Context(), today).reply.outcome is Outcome.ANSWERED:
                found.append(question)
                break
    return found[:_MOST]


def _programs(plan: Plan, wording: Mapping[str, str]) -> Iterator[str]:
    """Yield questions about programs, first for the figures of those that have one."""
    programs = [item for item in plan.programs if item.kind is ProgramKind.PROGRAM]
    for program in programs:
        if any(program.name in figure.subject for figure in plan.figures):
            yield wording["figure"].format(name=program.name)
    for program in programs:
        yield wording["program"].format(name=program.name)


def _figures(plan: Plan, wording: Mapping[str, str]) -> Iterator[str]:
    if plan.figures:
        yield wording["figures"]


def _tasks(plan: Plan, wording: Mapping[str, str]) -> Iterator[str]:
    numbers = [task.number for task in plan.tasks]
    for task in plan.tasks:
        if task.title and numbers.count(task.number) == 1:
            yield wording["task"].format(task=task.number)


def _deadlines(plan: Plan, wording: Mapping[str, str]) -> Iterator[str]:
    if plan.deadlines:
        yield wording["deadlines"]
