"""Building a plan's records from the nodes of its file, each checked against the source text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from yaml.nodes import Node

from knowledge.plan.model import (
    Clause,
    Comparator,
    Deadline,
    DeadlineKind,
    Figure,
    Owner,
    Plan,
    Program,
    ProgramKind,
    Section,
    Skipped,
    Span,
    Task,
    TaskKey,
)
from knowledge.plan.nodes import NodeReader
from knowledge.plan.rules import check_deadline
from knowledge.plan.wording import name_of

ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,63}")

_Record = TypeVar("_Record")


def build_plan(reader: NodeReader, found: dict[str, Node], source: str) -> Plan:
    """Build the plan whose nodes `found` holds by key; what is wrong is noted in `reader`."""
    return _Builder(reader, source).plan(found)


class _Builder:
    """Builds the records of one plan, each checked against the source."""

    def __init__(self, reader: NodeReader, source: str) -> None:
        self.reader = reader
        self.source = source
        self.tasks: list[Task] = []
        self.clauses: list[Clause] = []

    def plan(self, found: dict[str, Node]) -> Plan:
        reader = self.reader
        plan_id = reader.text(found["id"], "id")
        if plan_id and ID.fullmatch(plan_id) is None:
            reader.report(found["id"], "id", found=plan_id)
        title_span = self.span(found["title_span"], "title_span")
        title = str(reader.optional_text(found["title"], "title") or "")
        if title_span is not None:
            self.quoted(found["title"], "title", title, title_span)
        sections = [
            self.section(node, number)
            for number, node in enumerate(reader.items(found["sections"], "sections"), 1)
        ]
        for node in reader.items(found["tasks"], "tasks"):
            self.task(node, 0)
        self.tasks.sort(key=lambda task: task.start)
        self.clauses.sort(key=lambda clause: clause.start)
        return Plan(
            id=plan_id,
            title=title,
            year=reader.integer(found["year"], "year"),
            issuer=str(reader.optional_text(found["issuer"], "issuer") or ""),
            source=self.source,
            sections=tuple(section for section in sections if section is not None),
            tasks=tuple(self.tasks),
            clauses=tuple(self.clauses),
            figures=self.records(found["figures"], "figures", self.figure),
            deadlines=self.records(found["deadlines"], "deadlines", self.deadline),
            programs=self.records(found["programs"], "programs", self.program),
            owners=self.records(found["owners"], "owners", self.owner),
            preamble=self.spans(found["preamble"], "preamble"),
            skipped=self.records(found["skipped"], "skipped", self.left_out),
            warnings=tuple(self.texts(found["warnings"], "warnings")),
            title_span=title_span,
        )

    def records(
        self, node: Node, name: str, build: Callable[[Node], _Record | None]
    ) -> tuple[_Record, ...]:
        built = [build(item) for item in self.reader.items(node, name)]
        return tuple(record for record in built if record is not None)

    def texts(self, node: Node | None, name: str) -> list[str]:
        return [self.reader.text(item, name) for item in self.reader.items(node, name)]

    def span(self, node: Node | None, name: str) -> Span | None:
        return self.reader.span(node, name, len(self.source))

    def spans(self, node: Node | None, name: str) -> tuple[Span, ...]:
        found = [self.span(item, name) for item in self.reader.items(node, name)]
        return tuple(span for span in found if span is not None)

    def quoted(self, node: Node, kind: str, quote: str, span: Span) -> bool:
        """Note where the source does not say `quote` at `span`."""
        found = self.source[span.start : span.end]
        if found == quote:
            return True
        self.reader.report(
            node,
            "quote",
            name=name_of(kind),
            quote=quote,
            start=span.start,
            end=span.end,
            found=found,
        )
        return False

    def stands(self, node: Node, kind: str, quote: str, key: TaskKey, span: Span) -> None:
        """Note where the source does not say `quote` at `span`, or not in the task."""
        if self.quoted(node, kind, quote, span):
            self.within(node, kind, quote, key, span)

    def within(self, node: Node, kind: str, quote: str, key: TaskKey, span: Span) -> None:
        """Note where `span` lies in no task with this key."""
        for task in self.tasks:
            if task.key == key and Span(task.start, task.end).holds(span):
                return
        self.reader.report(
            node,
            "outside",
            name=name_of(kind),
            quote=quote,
            section=key.section,
            task=key.number,
        )

    def section(self, node: Node, ordinal: int) -> Section | None:
        reader = self.reader
        found = reader.mapping(node, "sections", ("number", "label", "title", "span", "tasks"))
        number = reader.integer(found.get("number"), "number")
        span = self.span(found.get("span"), "span")
        label = str(reader.optional_text(found.get("label"), "label") or "")
        title = str(reader.optional_text(found.get("title"), "title") or "")
        if number != ordinal:
            name = name_of("section")
            reader.report(node, "section", name=name, found=number, expected=ordinal)
        for item in reader.items(found.get("tasks"), "tasks"):
            self.task(item, ordinal)
        if span is None:
            return None
        text = self.source[span.start : span.end]
        if label not in text or title not in text:
            self.quoted(node, "section", label + title, span)
        return Section(ordinal, label, title, span.start, span.end)

    def task(self, node: Node, section: int) -> None:
        reader = self.reader
        keys = ("number", "label", "title", "span", "title_start", "body_start", "clauses")
        found = reader.mapping(node, "tasks", keys)
        number = reader.integer(found.get("number"), "number")
        span = self.span(found.get("span"), "span")
        title_start = reader.integer(found.get("title_start"), "title_start")
        body_start = reader.integer(found.get("body_start"), "body_start")
        if number is None or span is None or title_start is None or body_start is None:
            return
        label = str(reader.optional_text(found["label"], "label") or "")
        title = str(reader.optional_text(found["title"], "title") or "")
        self.quoted(node, "task", title, Span(title_start, title_start + len(title)))
        if not span.start <= title_start <= body_start <= span.end:
            bounds = [title_start, body_start]
            reader.report(node, "span", name="body_start", length=span.end, found=bounds)
        key = TaskKey(section, number)
        text = self.source[span.start : span.end]
        task = Task(key, label, title, text, span.start, span.end, title_start, body_start)
        self.tasks.append(task)
        for clause in self.spans(found.get("clauses"), "clauses"):
            words = self.source[clause.start : clause.end]
            if span.holds(clause):
                self.clauses.append(Clause(key, words, clause.start, clause.end))
            else:
                self.within(node, "task", words, key, clause)

    def key(self, node: Node | None) -> TaskKey | None:
        """Return a task's key written as [section, number], None where there is no such task."""
        if node is None:
            return None
        values = [self.reader.integer(item, "task") for item in self.reader.items(node, "task")]
        key = TaskKey(*(value or 0 for value in (*values, 0, 0)[:2]))
        if any(task.key == key for task in self.tasks):
            return key
        self.reader.report(node, "task", section=key.section, task=key.number)
        return None

    def figure(self, node: Node) -> Figure | None:
        reader = self.reader
        required = ("task", "subject", "comparator", "value", "unit", "quote", "span")
        found = reader.mapping(node, "figures", required, ("upper", "baseline", "per", "due"))
        key = self.key(found.get("task"))
        span = self.span(found.get("span"), "span")
        value = reader.number(found.get("value"), "value")
        comparator = reader.choice(found.get("comparator"), "comparator", list(Comparator))
        quote = reader.text(found.get("quote"), "quote")
        if key is None or span is None or value is None or comparator is None:
            return None
        self.stands(node, "figure", quote, key, span)
        return Figure(
            task=key,
            subject=str(reader.optional_text(found.get("subject"), "subject") or ""),
            comparator=Comparator(comparator),
            value=value,
            unit=str(reader.optional_text(found.get("unit"), "unit") or ""),
            quote=quote,
            start=span.start,
            end=span.end,
            upper=reader.number(found.get("upper"), "upper"),
            baseline=reader.number(found.get("baseline"), "baseline"),
            per=reader.optional_text(found.get("per"), "per"),
            due=reader.integer(found.get("due"), "due"),
        )

    def deadline(self, node: Node) -> Deadline | None:
        reader = self.reader
        required = ("task", "quote", "kind", "span")
        found = reader.mapping(node, "deadlines", required, ("date", "rrule", "governs"))
        key = self.key(found.get("task"))
        span = self.span(found.get("span"), "span")
        kind = reader.choice(found.get("kind"), "kind", list(DeadlineKind))
        quote = reader.text(found.get("quote"), "quote")
        if key is None or span is None or kind is None:
            return None
        self.stands(node, "deadline", quote, key, span)
        deadline = Deadline(
            task=key,
            quote=quote,
            kind=DeadlineKind(kind),
            date=reader.date(found.get("date"), "date"),
            rrule=reader.optional_text(found.get("rrule"), "rrule"),
            start=span.start,
            end=span.end,
            governs=self.spans(found.get("governs"), "governs"),
        )
        check_deadline(reader, node, deadline)
        return deadline

    def program(self, node: Node) -> Program | None:
        reader = self.reader
        required = ("task", "name", "kind", "span")
        found = reader.mapping(node, "programs", required, ("parts", "aliases"))
        key = self.key(found.get("task"))
        span = self.span(found.get("span"), "span")
        kind = reader.choice(found.get("kind"), "kind", list(ProgramKind))
        name = reader.text(found.get("name"), "name")
        if key is None or span is None or kind is None:
            return None
        self.stands(node, "program", name, key, span)
        parts = tuple(self.texts(found.get("parts"), "parts"))
        aliases = tuple(self.texts(found.get("aliases"), "aliases"))
        return Program(key, name, ProgramKind(kind), span.start, span.end, parts, aliases)

    def owner(self, node: Node) -> Owner | None:
        reader = self.reader
        found = reader.mapping(node, "owners", ("task", "name", "role", "span"), ("governs",))
        key = self.key(found.get("task"))
        span = self.span(found.get("span"), "span")
        name = reader.text(found.get("name"), "name")
        role = str(reader.optional_text(found.get("role"), "role") or "")
        if key is None or span is None:
            return None
        self.stands(node, "owner", name, key, span)
        governs = self.spans(found.get("governs"), "governs")
        return Owner(key, name, role, span.start, span.end, governs)

    def left_out(self, node: Node) -> Skipped | None:
        reader = self.reader
        found = reader.mapping(node, "skipped", ("line", "text", "reason", "span"))
        line = reader.integer(found.get("line"), "line")
        span = self.span(found.get("span"), "span")
        text = reader.text(found.get("text"), "text")
        reason = reader.text(found.get("reason"), "reason")
        if line is None or span is None:
            return None
        self.quoted(node, "skipped", text, span)
        return Skipped(line, text, reason, span.start, span.end)
