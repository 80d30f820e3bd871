"""Exact quotes of a plan: what to cut out of it, and the evidence for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.ask.reply import Evidence
from knowledge.plan.model import Deadline, Figure, Plan, Span, TaskKey

_EDGE = " \t\r\n\u3000,,;;::、"
_MARKDOWN = "# "
_WRAP = re.compile(r"\s*\n\s*")


def trim(source: str, span: Span) -> Span:
    """Return `span` without white space and joining marks at its ends."""
    start, end = span.start, span.end
    while start < end and source[start] in _EDGE:
        start += 1
    while end > start and source[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def spoken(quote: str) -> str:
    """Return a quote as one line, hard wraps closed up."""
    return _WRAP.sub("", quote)


def evidence(plan: Plan, span: Span, key: TaskKey | None) -> Evidence:
    """Return the evidence for the words at `span`, which stand in the task `key` if given."""
    span = trim(plan.source, span)
    task = plan.task(key) if key else None
    return Evidence(
        plan=plan.id,
        section=(key.section or None) if key else None,
        task=task.number if task else None,
        title=task.title if task else "",
        quote=plan.source[span.start : span.end],
        start=span.start,
        end=span.end,
    )


def section_evidence(plan: Plan, number: int) -> Evidence | None:
    """Return the heading of a section as evidence, None where the plan has no such section."""
    section = plan.section(number)
    if section is None:
        return None
    start = section.start
    while plan.source[start] in _MARKDOWN and start < section.end:
        start += 1
    span = trim(plan.source, Span(start, section.end))
    quote = plan.source[span.start : span.end]
    return Evidence(plan.id, number, None, section.title, quote, span.start, span.end)


def heading_evidence(plan: Plan, key: TaskKey) -> Evidence:
    """Return a task's label and title as evidence; its first words where it has no title."""
    task = plan.task(key)
    end = task.title_start + len(task.title) if task.title else min(task.end, task.start + 30)
    return evidence(plan, Span(task.start, end), key)


def figures_in(plan: Plan, spans: Iterable[Span]) -> tuple[tuple[str, Figure], ...]:
    """Return the plan's figures that stand within one of `spans`."""
    wanted = list(spans)
    return tuple(
        (plan.id, figure)
        for figure in plan.figures
        if any(span.start <= figure.start and figure.end <= span.end for span in wanted)
    )


def deadlines_in(plan: Plan, spans: Iterable[Span]) -> tuple[tuple[str, Deadline], ...]:
    """Return the plan's deadlines that stand within one of `spans`."""
    wanted = list(spans)
    return tuple(
        (plan.id, deadline)
        for deadline in plan.deadlines
        if any(span.start <= deadline.start and deadline.end <= span.end for span in wanted)
    )
