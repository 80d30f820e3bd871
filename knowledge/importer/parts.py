"""From located headings to sections, tasks and the paragraphs of the tasks' bodies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from knowledge.importer.headings import Title, section_title, task_titles
from knowledge.importer.levels import Heading, Levels, has_body, leaves_above
from knowledge.importer.lines import Line
from knowledge.plan.model import Section, Span, Task, TaskKey


@dataclass(frozen=True, slots=True)
class Region:
    """The text a task is made of: from `start` to `end`, the words after its label at `words`."""

    key: TaskKey
    label: str
    start: int
    words: int
    end: int
    titled: bool


def divide(
    source: str, lines: Sequence[Line], levels: Levels, limit: int
) -> tuple[tuple[Section, ...], list[Region]]:
    """Divide the text from the first heading to `limit` into sections and regions of tasks."""
    sections: list[Section] = []
    regions: list[Region] = []
    marks = _structure(lines, levels)
    for position, (heading, is_section) in enumerate(marks):
        label = heading.label
        end = marks[position + 1][0].label.start if position + 1 < len(marks) else limit
        if not is_section:
            key = TaskKey(len(sections), label.number)
            end = _stripped_end(source, label.start, end)
            regions.append(Region(key, label.text, label.start, label.end, end, titled=True))
            continue
        title = section_title(source, label.end, lines[label.line].end)
        heading_end = _punctuated(source, title) if title.end > title.start else label.end
        words = source[title.start : title.end]
        start, stop = label.start, _stripped_end(source, label.start, heading_end)
        sections.append(Section(len(sections) + 1, label.text, words, start, stop))
        body = stop
        while body < end and source[body].isspace():
            body += 1
        if body < end:
            end = _stripped_end(source, body, end)
            regions.append(Region(TaskKey(len(sections), 0), "", body, body, end, titled=False))
    return tuple(sections), regions


def _structure(lines: Sequence[Line], levels: Levels) -> list[tuple[Heading, bool]]:
    """Return the headings that divide the plan, each with whether it opens a section.

    In a section without a heading of the tasks' level, those of the next level are its tasks; so
    are the headings of a section none of which has tasks below it.
    """
    headings = levels.headings
    marks: list[tuple[Heading, bool]] = []
    leaves = leaves_above(headings, levels.task_level)
    position = 0
    while position < len(headings):
        if headings[position].level < levels.task_level and position not in leaves:
            marks.append((headings[position], True))
            position += 1
        run = position
        while run < len(headings) and (headings[run].level >= levels.task_level or run in leaves):
            run += 1
        below = headings[position:run]
        bare = position > 0 and not has_body(lines, headings, position - 1)
        level = _level_of_tasks(below, levels.task_level, bare=bare)
        marks += [(item, False) for item in below if item.level == level]
        position = run
    return marks


def _level_of_tasks(below: Sequence[Heading], task_level: int, *, bare: bool) -> int | None:
    """Return the level of the tasks among the headings below one section.

    Items are tasks only where nothing else can be: right below a `bare` section heading.
    """
    levels = {item.level for item in below if not item.label.kind.item}
    if levels and min(levels) < task_level:
        return min(levels)
    if any(item.level == task_level for item in below):
        return task_level
    if levels or not bare:
        return min(levels, default=None)
    return min((item.level for item in below), default=None)


def build_tasks(
    source: str, lines: Sequence[Line], ends: frozenset[int], regions: Sequence[Region]
) -> tuple[Task, ...]:
    """Build the tasks of `regions`; `ends` are the indices of the lines that end paragraphs."""
    finishes = sorted(lines[index].end for index in ends if not lines[index].blank)
    titled = [region for region in regions if region.titled]
    spans = []
    position = 0
    for region in titled:
        while position < len(finishes) and finishes[position] <= region.words:
            position += 1
        finish = finishes[position] if position < len(finishes) else region.end
        spans.append((region.words, min(finish, region.end), region.end))
    titles = dict(
        zip((region.start for region in titled), task_titles(source, spans), strict=True)
    )
    tasks = []
    for region in regions:
        title = titles.get(region.start, Title(region.words, region.words, region.words))
        body = title.body
        while body < region.end and source[body].isspace():
            body += 1
        tasks.append(
            Task(
                key=region.key,
                label=region.label,
                title=source[title.start : title.end],
                text=source[region.start : region.end],
                start=region.start,
                end=region.end,
                title_start=title.start,
                body_start=min(body, region.end),
            )
        )
    return tuple(tasks)


def body_paragraphs(
    lines: Sequence[Line],
    ends: frozenset[int],
    levels: Levels,
    tasks: Sequence[Task],
    left_out: Collection[int],
) -> tuple[tuple[TaskKey, Span], ...]:
    """Return the paragraphs of the bodies: lines joined where a hard wrap divides them."""
    labels = {heading.label.line: heading.label for heading in levels.headings}
    found = []
    index = 0
    for task in tasks:
        start: int | None = None
        while index < len(lines) and lines[index].end <= task.body_start:
            index += 1
        while index < len(lines) and lines[index].start < task.end:
            line = lines[index]
            if line.blank or index in left_out:
                start = None
                index += 1
                continue
            begin = max(line.start, task.body_start)
            label = labels.get(index)
            if label is not None and label.end > begin and label.start >= task.body_start:
                begin = label.end
            start = begin if start is None else start
            finish = min(line.end, task.end)
            broken = index + 1 in left_out or index in ends or finish == task.end
            if broken and finish > start:
                found.append((task.key, Span(start, finish)))
            if broken:
                start = None
            if line.end > task.end:
                break
            index += 1
    return tuple(found)


def _punctuated(source: str, title: Title) -> int:
    """Return the end of the title with the mark that closes it."""
    end = title.end
    while end < title.body and not source[end].isspace():
        end += 1
    return end


def _stripped_end(source: str, start: int, end: int) -> int:
    while end > start and source[end - 1].isspace():
        end -= 1
    return end
