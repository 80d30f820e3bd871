"""Sample questions that the loaded plans do answer, to show what can be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from knowledge.ask.answer import Answers
from knowledge.ask.reply import Context, Outcome
from knowledge.plan.model import Plan, ProgramKind

_MOST_TRIED = 20


def sample_questions(
    plans: Sequence[Plan],
    answers: Answers,
    today: dt.date,
    wording: Mapping[str, str],
    count: int = 3,
) -> list[str]:
    """Return up to `count` questions about the newest plan, each of another kind and answered.

    `wording` holds `sample_figure` and `sample_program` with {name}, `sample_task` with {task},
    `sample_figures` and `sample_deadlines`.
    """
    if not plans:
        return []
    newest = min(plans, key=lambda plan: (-(plan.year or 0), plan.id))
    found: list[str] = []
    for kind in (_programs, _tasks, _figures, _deadlines):
        for at, question in enumerate(kind(newest, wording)):
            if at >= _MOST_TRIED:
                break
            if answers.answer(question, Context(), today).reply.outcome is Outcome.ANSWERED:
                found.append(question)
                break
    return found[:count]


def _programs(plan: Plan, wording: Mapping[str, str]) -> Iterator[str]:
    """Yield questions about programs, first for the figures of those that have one."""
    programs = [item for item in plan.programs if item.kind is ProgramKind.PROGRAM]
    for program in programs:
        if any(program.name in figure.subject for figure in plan.figures):
            yield wording["sample_figure"].format(name=program.name)
    for program in programs:
        yield wording["sample_program"].format(name=program.name)


def _figures(plan: Plan, wording: Mapping[str, str]) -> Iterator[str]:
    if plan.figures:
        yield wording["sample_figures"]


def _tasks(plan: Plan, wording: Mapping[str, str]) -> Iterator[str]:
    numbers = [task.number for task in plan.tasks]
    for task in plan.tasks:
        if task.title and numbers.count(task.number) == 1:
            yield wording["sample_task"].format(task=task.number)


def _deadlines(plan: Plan, wording: Mapping[str, str]) -> Iterator[str]:
    if plan.deadlines:
        yield wording["sample_deadlines"]
