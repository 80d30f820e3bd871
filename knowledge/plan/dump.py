"""The text of a plan file: readable, and the same bytes for the same plan everywhere."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml

from knowledge.plan.model import Deadline, Figure, Owner, Plan, Program, Section, TaskKey
from knowledge.plan.wording import header

FORMAT = 1


class _Flow(list[Any]):
    """A list written on one line."""


class _Dumper(yaml.SafeDumper):
    """The pure Python dumper: its output is the same on every machine."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    _Flow,
    lambda dumper, data: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", list(data), flow_style=True
    ),
)


def source_path(path: Path) -> Path:
    """Return where the source text of the plan file at `path` stands."""
    return path.with_suffix(".txt")


def keeper_path(path: Path) -> Path:
    """Return where the keeper's part of the plan file at `path` stands."""
    return path.with_suffix(".keeper.yaml")


def digest(source: str) -> str:
    """Return the SHA-256 of a source text in UTF-8."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()


def plan_text(plan: Plan, path: Path) -> str:
    """Return the text of the generated plan file, to stand at `path`."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "id": plan.id,
        "title": plan.title,
        "title_span": _span(plan.title_span) if plan.title_span else None,
        "year": plan.year,
        "issuer": plan.issuer,
        "source": {
            "file": source_path(path).name,
            "characters": len(plan.source),
            "sha256": digest(plan.source),
        },
        "warnings": list(plan.warnings),
        "preamble": [_span(span) for span in plan.preamble],
        "sections": [_section(plan, section) for section in plan.sections],
        "tasks": _tasks(plan, 0),
        "figures": [_figure(figure) for figure in plan.figures],
        "deadlines": [_deadline(deadline) for deadline in plan.deadlines],
        "programs": [_program(program) for program in plan.programs],
        "owners": [_owner(owner) for owner in plan.owners],
        "skipped": [
            {"line": item.line, "text": item.text, "reason": item.reason, "span": _span(item)}
            for item in plan.skipped
        ],
    }
    body = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return header(keeper_path(path).name, source_path(path).name) + "\n" + str(body)


def _span(span: Any) -> _Flow:
    return _Flow([span.start, span.end])


def _key(key: TaskKey) -> _Flow:
    return _Flow([key.section, key.number])


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _set(row: dict[str, Any]) -> dict[str, Any]:
    """Drop what is not set."""
    return {name: value for name, value in row.items() if value is not None and value != []}


def _section(plan: Plan, section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "label": section.label,
        "title": section.title,
        "span": _span(section),
        "tasks": _tasks(plan, section.number),
    }


def _tasks(plan: Plan, section: int) -> list[dict[str, Any]]:
    return [
        {
            "number": task.number,
            "label": task.label,
            "title": task.title,
            "span": _span(task),
            "title_start": task.title_start,
            "body_start": task.body_start,
            "clauses": _Flow(
                _span(clause)
                for clause in plan.clauses
                if clause.task == task.key and task.start <= clause.start < task.end
            ),
        }
        for task in plan.tasks
        if task.section == section
    ]


def _figure(figure: Figure) -> dict[str, Any]:
    return _set(
        {
            "task": _key(figure.task),
            "subject": figure.subject,
            "comparator": figure.comparator.value,
            "value": _number(figure.value),
            "unit": figure.unit,
            "quote": figure.quote,
            "span": _span(figure),
            "upper": _number(figure.upper),
            "baseline": _number(figure.baseline),
            "per": figure.per,
            "due": figure.due,
        }
    )


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return _set(
        {
            "task": _key(deadline.task),
            "quote": deadline.quote,
            "kind": deadline.kind.value,
            "date": deadline.date,
            "rrule": deadline.rrule,
            "span": _span(deadline),
            "governs": _Flow(_span(span) for span in deadline.governs),
        }
    )


def _program(program: Program) -> dict[str, Any]:
    return _set(
        {
            "task": _key(program.task),
            "name": program.name,
            "kind": program.kind.value,
            "span": _span(program),
            "parts": _Flow(program.parts),
            "aliases": _Flow(program.aliases),
        }
    )


def _owner(owner: Owner) -> dict[str, Any]:
    return _set(
        {
            "task": _key(owner.task),
            "name": owner.name,
            "role": owner.role,
            "span": _span(owner),
            "governs": _Flow(_span(span) for span in owner.governs),
        }
    )
