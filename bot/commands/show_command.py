"""`planbot show`: the outline of the plans, or a whole task."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from bot.commands.listing import open_listing
from bot.commands.programs_command import program_json
from bot.commands.running import say, say_json
from bot.commands.selection import chosen_plans, chosen_tasks
from bot.settings import Settings
from knowledge.ask.reply import deadline_json, figure_json
from knowledge.plan.model import Plan, Task


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the outline, or the tasks of the number given; exit code 1 where there is none."""
    plans = chosen_plans(args.plan, settings)
    if args.task is None:
        if args.json:
            say_json([_plan_json(plan) for plan in plans])
        else:
            for line in open_listing(plans, settings).outline():
                say(line)
        return 0
    tasks = chosen_tasks(args.task, plans)
    if args.json:
        say_json([_task_json(plan, task) for plan, task in tasks])
    else:
        for line in open_listing(plans, settings).tasks(tasks):
            say(line)
    if not tasks:
        sys.stderr.write(f"planbot: show: there is no task {args.task}\n")
    return 0 if tasks else 1


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "title": plan.title,
        "year": plan.year,
        "issuer": plan.issuer,
        "sections": [
            {"number": item.number, "label": item.label, "title": item.title}
            for item in plan.sections
        ],
        "tasks": [
            {
                "number": task.number,
                "label": task.label,
                "section": task.section,
                "title": task.title,
            }
            for task in plan.tasks
        ],
    }


def _task_json(plan: Plan, task: Task) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "number": task.number,
        "label": task.label,
        "section": task.section,
        "title": task.title,
        "text": task.text,
        "start": task.start,
        "end": task.end,
        "figures": [figure_json(plan.id, x) for x in plan.figures if x.task == task.key],
        "deadlines": [deadline_json(plan.id, x) for x in plan.deadlines if x.task == task.key],
        "programs": [program_json(plan.id, x) for x in plan.programs if x.task == task.key],
    }
