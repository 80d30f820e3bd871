"""Plans of a few sentences, for the tests of what is read out of sentences."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.importer.clauses import split_clauses
from knowledge.importer.programs import find_programs
from knowledge.plan.model import Clause, Program, Span, Task, TaskKey


@dataclass(frozen=True, slots=True)
class Sentences:
    """A source with its tasks, clauses and names."""

    source: str
    tasks: tuple[Task, ...]
    clauses: tuple[Clause, ...]
    programs: tuple[Program, ...]


def sentences(*bodies: str, title: str = "") -> Sentences:
    """Make each body a task of its own, numbered from 1, all with the same heading."""
    source = ""
    tasks: list[Task] = []
    paragraphs: list[tuple[TaskKey, Span]] = []
    for number, body in enumerate(bodies, 1):
        key, label, start = TaskKey(1, number), f"{number}.", len(source)
        heading = f"{label}{title}。" if title else label
        text = f"{heading}{body}"
        body_start = start + len(heading)
        source += f"{text}\n"
        end = start + len(text)
        title_start = start + len(label)
        tasks.append(Task(key, label, title, text, start, end, title_start, body_start))
        paragraphs.append((key, Span(body_start, end)))
    clauses = split_clauses(source, paragraphs)
    return Sentences(source, tuple(tasks), clauses, find_programs(source, tuple(tasks), clauses))


def texts(source: str, spans: tuple[Span, ...]) -> list[str]:
    """Return the source's words at each span."""
    return [source[span.start : span.end] for span in spans]
