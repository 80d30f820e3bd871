"""From a source text to its outline: title, sections, tasks, and what was left out and why.

Headings are located once, by offset. Every character that is not white space ends up in a section
heading, a task, the preamble, or among the skipped lines with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.importer.back import find_appendix, find_tail, foot, tail_reason
from knowledge.importer.errors import DocumentError
from knowledge.importer.fields import field_lines
from knowledge.importer.front import find_contents, find_front, sort_front
from knowledge.importer.issuer import find_issuer, find_plan_year
from knowledge.importer.kinds import is_page_mark
from knowledge.importer.labels import find_label, without_rows
from knowledge.importer.levels import Levels, find_levels
from knowledge.importer.lines import Line, inside_bracket, paragraph_ends, split_lines
from knowledge.importer.parts import body_paragraphs, build_tasks, divide
from knowledge.importer.standing import Order
from knowledge.importer.words import error, reason, warning
from knowledge.plan.model import Section, Skipped, Span, Task, TaskKey


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a source text, in source order.

    `paragraphs` are the spans of the tasks' bodies' paragraphs, without the labels of items.
    """

    title: str
    title_span: Span | None
    year: int | None
    issuer: str
    preamble: tuple[Span, ...]
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    paragraphs: tuple[tuple[TaskKey, Span], ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]


def find_outline(source: str) -> Outline:
    """Find the outline of `source`; raises DocumentError where it holds no numbered task."""
    lines = split_lines(source)
    contents = find_contents(lines)
    found = [find_label(line, index) for index, line in enumerate(lines)]
    labels = [
        label
        for label in found
        if label and label.line not in contents and not inside_bracket(lines, label.line)
    ]
    labels = without_rows(labels)
    front = find_front(lines, labels)
    labels = [label for label in labels if label.line >= front.start]
    appendix = find_appendix(lines, labels)
    stop, appendix_reason = appendix or (len(lines), "other")
    levels = find_levels(
        lines[:stop], [label for label in labels if label.line < stop], front.start
    )
    if not any(heading.label.number for heading in levels.headings):
        raise DocumentError(error("tasks"))
    first = levels.headings[0].label.line
    tail = find_tail(lines, levels.headings[-1].label.line, stop)
    limit = _last_end(lines, levels.headings[-1].label.line, tail)

    reasons = {index: "contents" for index in contents if index < first}
    front_lines = sort_front(lines, front, first)
    reasons = dict(front_lines.skipped) | reasons
    reasons |= {index: tail_reason(lines, index) for index in range(tail, stop)}
    reasons |= dict.fromkeys(range(stop, len(lines)), appendix_reason)
    reasons |= {index: tail_reason(lines, index) for index in foot(lines, stop + 1)}
    reasons |= {index: "page" for index in range(first, tail) if is_page_mark(lines[index].text)}

    starts = frozenset(heading.label.line for heading in levels.headings)
    opened, alone = field_lines(lines)
    ends = paragraph_ends(lines, starts, opened - starts, alone - starts)
    sections, regions = divide(source, lines, levels, limit)
    tasks = build_tasks(source, lines, ends, regions)
    preamble = _paragraphs(lines, ends, [i for i in front_lines.preamble if i not in reasons])
    skipped = _skipped(lines, reasons)
    skipped = _account(source, lines, sections, tasks, preamble, skipped)
    title = source[front.title.start : front.title.end] if front.title else ""
    year = find_plan_year(lines, title)
    issuer = find_issuer(lines, title, front, first, range(tail, len(lines)))
    return Outline(
        title=title,
        title_span=front.title,
        year=year,
        issuer=issuer,
        preamble=preamble,
        sections=sections,
        tasks=tasks,
        paragraphs=body_paragraphs(lines, ends, levels, tasks, reasons),
        skipped=skipped,
        warnings=_warnings(lines, levels),
    )


def _paragraphs(
    lines: Sequence[Line], ends: frozenset[int], indices: Sequence[int]
) -> tuple[Span, ...]:
    """Return the spans of the lines at `indices`, joined where a hard wrap divides them."""
    spans: list[Span] = []
    last: int | None = None
    for index in indices:
        if last is not None and last == index - 1 and last not in ends:
            spans[-1] = Span(spans[-1].start, lines[index].end)
        else:
            spans.append(Span(lines[index].start, lines[index].end))
        last = index
    return tuple(spans)


def _last_end(lines: Sequence[Line], last: int, tail: int) -> int:
    ends = [line.end for line in lines[last:tail] if not line.blank]
    return ends[-1]


def _skipped(lines: Sequence[Line], reasons: dict[int, str]) -> tuple[Skipped, ...]:
    return tuple(
        Skipped(line.number, line.text, reason(reasons[index]), line.start, line.end)
        for index, line in enumerate(lines)
        if index in reasons and not line.blank
    )


def _account(
    source: str,
    lines: Sequence[Line],
    sections: Sequence[Section],
    tasks: Sequence[Task],
    preamble: Sequence[Span],
    skipped: Sequence[Skipped],
) -> tuple[Skipped, ...]:
    """Add to `skipped` whatever stands in no part of the outline, so that nothing is lost."""
    covered = bytearray(len(source))
    parts: list[Section | Task | Span | Skipped] = [*sections, *tasks, *preamble, *skipped]
    for part in parts:
        covered[part.start : part.end] = b"\x01" * (part.end - part.start)
    lost = []
    for line in lines:
        position = line.start
        while position < line.end:
            if covered[position] or source[position].isspace():
                position += 1
                continue
            start = position
            while position < line.end and not covered[position]:
                position += 1
            text = source[start:position].rstrip()
            lost.append(Skipped(line.number, text, reason("other"), start, start + len(text)))
    return tuple(sorted((*skipped, *lost), key=lambda item: item.start))


def _warnings(lines: Sequence[Line], levels: Levels) -> tuple[str, ...]:
    names = {Order.JUMP: "jump", Order.REPEAT: "repeat", Order.FIRST: "first"}
    return tuple(
        warning(
            names[heading.order],
            line=lines[heading.label.line].number,
            before=heading.before,
            after=heading.label.text,
        )
        for heading in levels.headings
        if heading.order in names and heading.level <= levels.task_level
    )
