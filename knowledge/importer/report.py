"""What an import found and what it left out, told to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from knowledge.plan.model import Plan, Task, TaskKey

_SHORT = 24
_LONG = 40


@cache
def _wording() -> dict[str, str]:
    text = Path(__file__).with_name("report.yaml").read_text(encoding="utf-8")
    data: dict[str, str] = yaml.safe_load(text)
    return data


def _say(name: str, **values: object) -> str:
    return _wording()[name].format(**values)


def report_lines(plan: Plan) -> list[str]:
    """Return the lines of the report on an imported plan, in Chinese."""
    return [
        *_head(plan),
        "",
        *_contents(plan),
        "",
        *_left_out(plan),
        "",
        *_to_check(plan),
    ]


def _head(plan: Plan) -> Iterator[str]:
    yield _say("title", title=plan.title) if plan.title else _say("no_title")
    facts = [_say("id", id=plan.id)]
    if plan.year is not None:
        facts.append(_say("year", year=plan.year))
    if plan.issuer:
        facts.append(_say("issuer", issuer=plan.issuer))
    yield "　".join(facts)
    yield _say(
        "counts",
        sections=len(plan.sections),
        tasks=len(plan.tasks),
        figures=len(plan.figures),
        deadlines=len(plan.deadlines),
        programs=len({program.name for program in plan.programs}),
        owners=len(plan.owners),
    )


def _contents(plan: Plan) -> Iterator[str]:
    if plan.preamble:
        text = _cut(plan.quote(plan.preamble[0]), _SHORT)
        yield _say("preamble", count=len(plan.preamble), text=text)
    for task in plan.tasks:
        if task.section == 0:
            yield _task(plan, task)
    for section in plan.sections:
        yield _say("section", label=section.label, title=section.title)
        for task in plan.tasks:
            if task.section == section.number:
                yield _task(plan, task)


def _task(plan: Plan, task: Task) -> str:
    counts = {
        "found_figures": _count(task, (figure.task for figure in plan.figures)),
        "found_deadlines": _count(task, (deadline.task for deadline in plan.deadlines)),
        "found_programs": _count(task, (program.task for program in plan.programs)),
    }
    found = "".join(_say(name, count=count) for name, count in counts.items() if count)
    body = plan.source[task.body_start : task.end]
    return _say(
        "task",
        label=task.label,
        title=task.title or _say("untitled", text=_cut(body, _SHORT)),
        clauses=_count(task, (clause.task for clause in plan.clauses)),
        found=found,
    )


def _count(task: Task, keys: Iterable[TaskKey]) -> int:
    return sum(key == task.key for key in keys)


def _left_out(plan: Plan) -> Iterator[str]:
    if not plan.skipped:
        yield _say("nothing_skipped")
        return
    yield _say("skipped", count=len(plan.skipped))
    for item in plan.skipped:
        text = item.text if len(item.text) <= _LONG else _cut(item.text, _LONG) + "…"
        yield _say("skipped_line", line=item.line, reason=item.reason, text=text)


def _to_check(plan: Plan) -> Iterator[str]:
    if not plan.warnings:
        yield _say("no_warnings")
        return
    yield _say("warnings", count=len(plan.warnings))
    for text in plan.warnings:
        yield _say("warning", text=text)


def _cut(text: str, length: int) -> str:
    return " ".join(text.split())[:length]
