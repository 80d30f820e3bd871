"""The keeper's part of a plan: aliases, corrections, synonyms, phrasings and milestones.

It is written by hand in `ID.keeper.yaml`, survives every import, and is merged into the plan
whenever that is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import process
from yaml.nodes import Node, SequenceNode

from knowledge.plan.corrections import correct_deadlines, correct_figures, named_task
from knowledge.plan.model import Milestone, Phrasing, Plan, Program, Span, Task
from knowledge.plan.nodes import NodeReader
from knowledge.plan.wording import name_of, problem_text

_KEYS = ("aliases", "figures", "deadlines", "synonyms", "asked", "untold", "milestones")
_CLOSE = 60


def apply_keeper(plan: Plan, reader: NodeReader, root: Node) -> Plan:
    """Return `plan` with the keeper's file merged in, whose root node is given.

    What is wrong is noted in `reader` with its line, and left out.
    """
    found = reader.mapping(root, name_of("file"), (), _KEYS)
    return replace(
        plan,
        programs=_aliases(reader, plan.programs, found.get("aliases")),
        figures=correct_figures(reader, plan, found.get("figures")),
        deadlines=correct_deadlines(reader, plan, found.get("deadlines")),
        synonyms=_synonyms(reader, found.get("synonyms")),
        phrasings=_phrasings(reader, plan, found.get("asked")),
        untold=tuple(
            text
            for item in reader.items(found.get("untold"), "untold")
            if (text := reader.text(item, "untold"))
        ),
        milestones=_milestones(reader, plan, found.get("milestones")),
    )


def _aliases(
    reader: NodeReader, programs: tuple[Program, ...], node: Node | None
) -> tuple[Program, ...]:
    if node is None:
        return programs
    names = list(dict.fromkeys(program.name for program in programs))
    aliases: dict[str, tuple[str, ...]] = {}
    for key, value in reader.pairs(node, "aliases"):
        if key.value not in names:
            close = process.extractOne(key.value, names, score_cutoff=_CLOSE)
            near = problem_text("near", name=close[0]) if close else ""
            reader.report(key, "program", found=key.value, near=near)
            continue
        if key.value in aliases:
            reader.report(key, "duplicate", found=key.value)
        aliases[key.value] = tuple(_texts(reader, value, key.value))
    return tuple(
        replace(
            program,
            aliases=tuple(dict.fromkeys((*program.aliases, *aliases.get(program.name, ())))),
        )
        for program in programs
    )


def _synonyms(reader: NodeReader, node: Node | None) -> tuple[tuple[str, str], ...]:
    if node is None:
        return ()
    return tuple(
        (str(key.value), text)
        for key, value in reader.pairs(node, "synonyms")
        for text in _texts(reader, value, str(key.value))
    )


def _phrasings(reader: NodeReader, plan: Plan, node: Node | None) -> tuple[Phrasing, ...]:
    """Return how people ask for each place that is named by its quote."""
    found: list[Phrasing] = []
    for item in reader.items(node, "asked"):
        entry = reader.mapping(item, "asked", ("quote", "as"), ("task", "section"))
        quote = reader.text(entry.get("quote"), "quote")
        task = named_task(reader, plan, item, entry)
        if not quote or "as" not in entry or ("task" in entry and task is None):
            continue
        tasks = [task] if task else plan.tasks
        starts = list({place for held in tasks for place in _places(plan, held, quote)})
        if len(starts) != 1:
            problem = "asked_ambiguous" if starts else "asked_absent"
            reader.report(item, problem, found=quote, count=len(starts))
            continue
        span = Span(starts[0], starts[0] + len(quote))
        found += [Phrasing(span, text) for text in _texts(reader, entry["as"], "as")]
    return tuple(found)


def _places(plan: Plan, task: Task, quote: str) -> Iterator[int]:
    """Yield the offsets in the source at which `quote` stands in a task."""
    at = plan.source.find(quote, task.start, task.end)
    while at >= 0:
        yield at
        at = plan.source.find(quote, at + 1, task.end)


def _milestones(reader: NodeReader, plan: Plan, node: Node | None) -> tuple[Milestone, ...]:
    milestones = []
    for item in reader.items(node, "milestones"):
        found = reader.mapping(item, "milestones", ("task", "date", "text"), ("section",))
        task = named_task(reader, plan, item, found)
        date = reader.date(found.get("date"), "date")
        text = reader.text(found.get("text"), "text")
        if task is not None and date is not None and text:
            milestones.append(Milestone(task.key, date, text))
    return tuple(sorted(milestones, key=lambda item: item.date))


def _texts(reader: NodeReader, node: Node, name: str) -> list[str]:
    """Return one text or a list of them."""
    items = reader.items(node, name) if isinstance(node, SequenceNode) else [node]
    return [text for item in items if (text := reader.text(item, name))]
