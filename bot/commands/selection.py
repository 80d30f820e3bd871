"""Which plans and tasks a command is about."""

from __future__ import annotations

import re

from bot.commands.running import UsageError
from bot.knowledge_base import load_plans
from bot.settings import Settings
from knowledge.plan.model import Plan, Task

_TASK = re.compile(r"(?:(\d{1,4})[.-])?(\d{1,4})", re.ASCII)


def chosen_plans(plan_id: str | None, settings: Settings) -> tuple[Plan, ...]:
    """Return the plan with this id, or every plan; raises UsageError and PlanFileError."""
    plans = load_plans(settings)
    if plan_id is None:
        return plans
    chosen = tuple(plan for plan in plans if plan.id == plan_id)
    if not chosen:
        known = ", ".join(plan.id for plan in plans)
        raise UsageError(f"--plan: there is no plan {plan_id!r}; the plans are {known}")
    return chosen


def chosen_tasks(text: str, plans: tuple[Plan, ...]) -> list[tuple[Plan, Task]]:
    """Return the tasks that `text` names, such as 13, or 2.3 for the third of section two."""
    shape = _TASK.fullmatch(text.strip())
    if shape is None:
        raise UsageError(f"show: expected a task's number such as 13 or 2.3, not {text!r}")
    section = int(shape[1]) if shape[1] else None
    return [
        (plan, task)
        for plan in plans
        for task in plan.tasks
        if task.number == int(shape[2]) and section in (None, task.section)
    ]
