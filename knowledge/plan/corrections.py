"""The keeper's corrections to generated figures and deadlines, each named by its quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from yaml.nodes import Node

from knowledge.plan.model import Comparator, Deadline, DeadlineKind, Figure, Plan, Task
from knowledge.plan.nodes import NodeReader
from knowledge.plan.rules import check_deadline
from knowledge.plan.wording import name_of

_WHERE = ("task", "section", "was", "drop", "add")
_FIGURE = ("subject", "comparator", "value", "unit", "upper", "baseline", "per", "due")
_DEADLINE = ("kind", "date", "rrule")
_Record = TypeVar("_Record", Figure, Deadline)


def correct_figures(reader: NodeReader, plan: Plan, node: Node | None) -> tuple[Figure, ...]:
    """Return the plan's figures with the keeper's list of corrections applied."""
    return _corrections(reader, plan, node, plan.figures, _figure, _FIGURE)


def correct_deadlines(reader: NodeReader, plan: Plan, node: Node | None) -> tuple[Deadline, ...]:
    """Return the plan's deadlines with the keeper's list of corrections applied."""
    return _corrections(reader, plan, node, plan.deadlines, _deadline, _DEADLINE)


def named_task(reader: NodeReader, plan: Plan, item: Node, found: dict[str, Node]) -> Task | None:
    """Return the task named by number, and by section where the number alone is not enough."""
    number = reader.integer(found.get("task"), "task")
    section = reader.integer(found.get("section"), "section")
    if number is None:
        return None
    tasks = [
        task for task in plan.tasks if task.number == number and section in {None, task.section}
    ]
    if len({task.key for task in tasks}) == 1:
        return tasks[0]
    if tasks:
        sections = "、".join(str(task.section) for task in tasks)
        reader.report(item, "task_ambiguous", task=number, sections=sections)
    elif section is not None:
        reader.report(item, "task", section=section, task=number)
    else:
        reader.report(item, "task_number", task=number)
    return None


def _corrections(
    reader: NodeReader,
    plan: Plan,
    node: Node | None,
    records: tuple[_Record, ...],
    read: Callable[[NodeReader, Node, dict[str, Node], _Record | None, Task, str], _Record | None],
    fields: Sequence[str],
) -> tuple[_Record, ...]:
    """Drop, change and add records as the keeper's list says; each is named by its quote."""
    kind = "figure" if "value" in fields else "deadline"
    kept = list(records)
    for item in reader.items(node, f"{kind}s"):
        found = reader.mapping(item, f"{kind}s", ("quote",), (*_WHERE, *fields))
        quote = reader.text(found.get("quote"), "quote")
        task = named_task(reader, plan, item, found) if "task" in found else None
        if not quote or ("task" in found and task is None):
            continue
        changes = {name: value for name, value in found.items() if name in fields}
        if reader.flag(found.get("add"), "add"):
            added = _added(reader, plan, item, quote, task)
            record = read(reader, item, changes, None, added, quote) if added else None
            if record is not None:
                kept.append(record)
            continue
        position = _matching(reader, item, kept, kind, quote, task, found.get("was"))
        if position is None:
            continue
        if reader.flag(found.get("drop"), "drop"):
            for name in changes:
                reader.report(item, "drop_extra", found=name)
            del kept[position]
        elif not changes:
            reader.report(item, "no_change")
        else:
            old = kept[position]
            owner = plan.task(old.task)
            kept[position] = read(reader, item, changes, old, owner, quote) or old
    return tuple(sorted(kept, key=lambda record: (record.start, record.end)))


def _matching(
    reader: NodeReader,
    item: Node,
    records: Sequence[Figure | Deadline],
    kind: str,
    quote: str,
    task: Task | None,
    was: Node | None,
) -> int | None:
    """Return the position of the one record with this quote, told apart by task or value."""
    former = reader.optional_text(was, "was")
    positions = [
        position
        for position, record in enumerate(records)
        if record.quote == quote
        and (task is None or record.task == task.key)
        and (former is None or _value(record) == former)
    ]
    if len(positions) == 1:
        return positions[0]
    name = name_of(kind)
    if positions:
        reader.report(item, "quote_ambiguous", count=len(positions), name=name, found=quote)
    else:
        reader.report(item, "quote_unknown", name=name, found=quote)
    return None


def _value(record: Figure | Deadline) -> str:
    if isinstance(record, Figure):
        return f"{record.value:.15g}"
    return record.date.isoformat() if record.date else record.rrule or ""


def _added(
    reader: NodeReader, plan: Plan, item: Node, quote: str, task: Task | None
) -> Task | None:
    """Return the task a new record's quote stands in, None where it stands in none or several."""
    tasks = [task] if task is not None else list(plan.tasks)
    holding = [candidate for candidate in tasks if quote in candidate.text]
    if len(holding) == 1:
        return holding[0]
    number = task.number if task is not None else ""
    reader.report(item, "quote_absent", task=number, found=quote)
    return None


def _figure(
    reader: NodeReader,
    item: Node,
    changes: dict[str, Node],
    old: Figure | None,
    task: Task,
    quote: str,
) -> Figure | None:
    noted = len(reader.problems)
    comparator = reader.choice(changes.get("comparator"), "comparator", list(Comparator))
    value = reader.number(changes.get("value"), "value")
    if old is None:
        if comparator is None or value is None:
            if len(reader.problems) == noted:
                reader.report(item, "absent", name="comparator" if comparator is None else "value")
            return None
        start = task.start + task.text.index(quote)
        end = start + len(quote)
        old = Figure(task.key, "", Comparator(comparator), value, "", quote, start, end)

    def text(name: str, before: str | None) -> str | None:
        return reader.optional_text(changes[name], name) if name in changes else before

    def number(name: str, before: float | None) -> float | None:
        return reader.number(changes[name], name) if name in changes else before

    return replace(
        old,
        subject=text("subject", old.subject) or "",
        comparator=Comparator(comparator) if comparator else old.comparator,
        value=old.value if value is None else value,
        unit=text("unit", old.unit) or "",
        upper=number("upper", old.upper),
        baseline=number("baseline", old.baseline),
        per=text("per", old.per),
        due=reader.integer(changes["due"], "due") if "due" in changes else old.due,
    )


def _deadline(
    reader: NodeReader,
    item: Node,
    changes: dict[str, Node],
    old: Deadline | None,
    task: Task,
    quote: str,
) -> Deadline | None:
    kind = reader.choice(changes.get("kind"), "kind", list(DeadlineKind))
    date = reader.date(changes.get("date"), "date")
    rrule = reader.optional_text(changes.get("rrule"), "rrule")
    if ("kind" in changes and kind is None) or ("date" in changes and date is None):
        return None
    if kind is None:
        kind = "date" if date else "recurring" if rrule else None
    if old is None:
        start = task.start + task.text.index(quote)
        open_kind = DeadlineKind.OPEN
        old = Deadline(task.key, quote, open_kind, None, None, start, start + len(quote))
    changed = replace(old, kind=DeadlineKind(kind) if kind else old.kind, date=date, rrule=rrule)
    check_deadline(reader, item, changed)
    return changed
