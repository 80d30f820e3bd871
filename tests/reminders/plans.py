"""A small plan to test with; its sentences are made up."""

from __future__ import annotations

import datetime as dt

from knowledge.plan.model import (
    Clause,
    Deadline,
    DeadlineKind,
    Milestone,
    Plan,
    Program,
    ProgramKind,
    Section,
    Span,
    Task,
    TaskKey,
)

HARBOUR = TaskKey(1, 1)
LIBRARY = TaskKey(2, 1)


def make_plan(
    *,
    year: int = 2024,
    harbour_time: str = "今年6月前",
    harbour_date: dt.date | None = dt.date(2024, 5, 31),
    library_rule: str | None = "FREQ=YEARLY;INTERVAL=2",
    milestones: tuple[Milestone, ...] = (),
    plan_id: str = "port",
) -> Plan:
    """Two sections of one task: the first has a day and an open time, the second recurs."""
    heads = ("一、港口", "二、图书")
    bodies = (
        f"1.建好码头。“渡船计划”{harbour_time}开通三条航线。三年行动计划内补齐泊位。",
        "1.办好书屋。每2年更新一次“晨读书单”。",
    )
    source = "\n".join((heads[0], bodies[0], heads[1], bodies[1]))
    sections, tasks, clauses = [], [], []
    for number, (head, body, key) in enumerate(
        zip(heads, bodies, (HARBOUR, LIBRARY), strict=True), start=1
    ):
        at, start = source.index(head), source.index(body)
        label, title = head[:2], head[2:]
        sections.append(Section(number, label, title, at, at + len(head)))
        first = body.index("。") + 1
        tasks.append(
            Task(
                key, "1.", body[2 : first - 1], body, start, start + len(body),
                start + 2, start + first,
            )
        )  # fmt: skip
        for sentence in [part + "。" for part in body[first:].split("。") if part]:
            begin = source.index(sentence)
            clauses.append(Clause(key, sentence, begin, begin + len(sentence)))

    def span(words: str) -> Span:
        begin = source.index(words)
        return Span(begin, begin + len(words))

    def deadline(
        key: TaskKey, words: str, governs: str, date: dt.date | None, rrule: str | None
    ) -> Deadline:
        kind = (
            DeadlineKind.DATE if date else DeadlineKind.RECURRING if rrule else DeadlineKind.OPEN
        )
        at = span(words)
        return Deadline(key, words, kind, date, rrule, at.start, at.end, (span(governs),))

    def program(key: TaskKey, name: str, aliases: tuple[str, ...] = ()) -> Program:
        at = span(name)
        return Program(key, name, ProgramKind.PROGRAM, at.start, at.end, aliases=aliases)

    return Plan(
        id=plan_id,
        title="港城工作计划",
        year=year,
        issuer="港城",
        source=source,
        sections=tuple(sections),
        tasks=tuple(tasks),
        clauses=tuple(clauses),
        deadlines=(
            deadline(
                HARBOUR, harbour_time, f"“渡船计划”{harbour_time}开通三条航线", harbour_date, None
            ),
            deadline(HARBOUR, "三年行动计划", "三年行动计划内补齐泊位", None, None),
            deadline(LIBRARY, "每2年", "每2年更新一次“晨读书单”", None, library_rule),
        ),
        programs=(program(HARBOUR, "渡船计划", ("渡船",)), program(LIBRARY, "晨读书单")),
        milestones=milestones,
    )


FERRY_KEY = "port/1.1/今年6月前"
BERTHS_KEY = "port/1.1/三年行动计划"
BOOKS_KEY = "port/2.1/每2年"
