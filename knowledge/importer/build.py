"""From a document to a plan: reading, outline, sentences, and what they say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.importer.clauses import split_clauses
from knowledge.importer.deadlines import find_deadlines
from knowledge.importer.figures import find_figures
from knowledge.importer.outline import find_outline
from knowledge.importer.owners import find_owners
from knowledge.importer.programs import find_programs
from knowledge.importer.sources import SourceText, read_source
from knowledge.importer.words import warning
from knowledge.plan.model import Figure, Plan, Span, Task

_ID_LENGTH = 64


def import_document(
    path: Path,
    *,
    id: str | None = None,  # noqa: A002
    year: int | None = None,
    issuer: str | None = None,
) -> Plan:
    """Import the document at `path` (txt, md, html, docx or pdf) as a plan.

    `id` defaults to the file's name, `year` and `issuer` to what the document says. Raises
    DocumentError where the document cannot be read or holds no numbered task.
    """
    return import_source(read_source(path), id=id or plan_id(path), year=year, issuer=issuer)


def import_source(
    source: SourceText,
    *,
    id: str,  # noqa: A002
    year: int | None = None,
    issuer: str | None = None,
) -> Plan:
    """Import a source text as the plan with this id; see `import_document`."""
    text = source.text
    outline = find_outline(text)
    year = outline.year if year is None else year
    issuer = issuer or outline.issuer
    clauses = split_clauses(text, outline.paragraphs)
    programs = find_programs(text, outline.tasks, clauses)
    lacking = {"title": outline.title, "year": year, "issuer": issuer}
    warnings = [warning(name) for name, value in lacking.items() if not value]
    return Plan(
        id=id,
        title=outline.title,
        year=year,
        issuer=issuer,
        source=text,
        sections=outline.sections,
        tasks=outline.tasks,
        clauses=clauses,
        figures=_about_their_tasks(find_figures(text, clauses, programs, year), outline.tasks),
        deadlines=find_deadlines(text, clauses, programs, year),
        programs=programs,
        owners=find_owners(text, clauses),
        preamble=outline.preamble,
        skipped=outline.skipped,
        warnings=(*source.warnings, *outline.warnings, *warnings),
        title_span=outline.title_span,
    )


def _about_their_tasks(figures: tuple[Figure, ...], tasks: tuple[Task, ...]) -> tuple[Figure, ...]:
    """Give figures whose clause names no subject (全年举办24期) their task's title for one."""
    titles = {task.key: task.title for task in tasks}
    return tuple(
        figure if figure.subject else replace(figure, subject=titles[figure.task])
        for figure in figures
    )


def plan_id(path: Path) -> str:
    """Return an id made of the file's name: its ASCII letters and digits, joined by hyphens."""
    words = re.findall(r"[A-Za-z0-9_]+(?:[.\-][A-Za-z0-9_]+)*", path.stem)
    return "-".join(words)[:_ID_LENGTH].rstrip(".-") or "plan"


def import_json(plan: Plan) -> dict[str, Any]:
    """Return the import object of the public contract, ready for `json.dumps`."""
    return {
        "id": plan.id,
        "title": plan.title,
        "year": plan.year,
        "issuer": plan.issuer,
        "source": plan.source,
        "preamble": [_span(span) for span in plan.preamble],
        "sections": [
            {
                "number": section.number,
                "label": section.label,
                "title": section.title,
                "start": section.start,
                "end": section.end,
            }
            for section in plan.sections
        ],
        "tasks": [
            {
                "number": task.number,
                "label": task.label,
                "section": task.section,
                "title": task.title,
                "text": task.text,
                "start": task.start,
                "end": task.end,
            }
            for task in plan.tasks
        ],
        "figures": [_figure(figure) for figure in plan.figures],
        "deadlines": [
            {
                "task": deadline.task.number,
                "section": deadline.task.section,
                "quote": deadline.quote,
                "kind": deadline.kind.value,
                "date": deadline.date.isoformat() if deadline.date else None,
                "rrule": deadline.rrule,
                "start": deadline.start,
                "end": deadline.end,
            }
            for deadline in plan.deadlines
        ],
        "programs": [
            {
                "task": program.task.number,
                "section": program.task.section,
                "name": program.name,
                "kind": program.kind.value,
                "start": program.start,
                "end": program.end,
            }
            for program in plan.programs
        ],
        "owners": [
            {
                "task": owner.task.number,
                "section": owner.task.section,
                "name": owner.name,
                "role": owner.role,
                "start": owner.start,
                "end": owner.end,
            }
            for owner in plan.owners
        ],
        "skipped": [
            {"line": item.line, "text": item.text, "reason": item.reason} for item in plan.skipped
        ],
        "warnings": list(plan.warnings),
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _figure(figure: Figure) -> dict[str, Any]:
    row: dict[str, Any] = {
        "task": figure.task.number,
        "section": figure.task.section,
        "subject": figure.subject,
        "comparator": figure.comparator.value,
        "value": int(figure.value) if figure.value == int(figure.value) else figure.value,
        "unit": figure.unit,
        "quote": figure.quote,
        "start": figure.start,
        "end": figure.end,
    }
    extras = {
        "upper": figure.upper,
        "baseline": figure.baseline,
        "per": figure.per,
        "due": figure.due,
    }
    return row | {name: extra for name, extra in extras.items() if extra is not None}
