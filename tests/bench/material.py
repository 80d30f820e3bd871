"""What the benchmarks work on: the bundled plan, and questions about it."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

from knowledge.plan.library import bundled_plans, load_library
from knowledge.plan.model import Plan

_QUESTIONS = Path(__file__).parents[1] / "questions"
_MOST = 300
_FORMS = ("{}是什么", "{}的目标是多少", "{}什么时候完成", "{}在第几条", "谁负责{}", "有没有{}")
_UNKNOWN = ("今天天气怎么样", "食堂几点开门", "工资什么时候发", "你好", "谢谢", "有哪些量化指标")


@cache
def plan() -> Plan:
    """Return the plan that comes with the program."""
    return load_library(bundled_plans()).plans[0]


@cache
def questions() -> tuple[str, ...]:
    """Return up to 300 varied questions: those of the project's question files, and of forms.

    The forms are filled with the plan's own names and subjects, some with a character left out.
    """
    mixed = random.Random(20)  # noqa: S311 - the same questions in every run
    asked = [
        str(json.loads(line)["q"])
        for path in sorted(_QUESTIONS.rglob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if '"q"' in line and '"turns"' not in line
        and json.loads(line).get("plan") in (None, plan().id)
    ]  # fmt: skip
    subjects = [program.name for program in plan().programs]
    subjects += [figure.subject for figure in plan().figures if figure.subject]
    formed = [mixed.choice(_FORMS).format(subject) for subject in subjects]
    formed += [subject[:1] + subject[2:] for subject in subjects if len(subject) > 3]
    found = list(dict.fromkeys((*asked, *formed, *_UNKNOWN)))
    mixed.shuffle(found)
    return tuple(found[:_MOST])
