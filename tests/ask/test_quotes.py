"""What is cut out of a plan."""

from __future__ import annotations

import pytest

from knowledge.ask.quotes import (
    deadlines_in,
    evidence,
    figures_in,
    heading_evidence,
    section_evidence,
    spoken,
    trim,
)
from knowledge.plan.model import Span, TaskKey
from tests.ask.plans import palace


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (" ,课程;\n", "课程"),
        ("课程", "课程"),
        ("、课程,门数:", "课程,门数"),
        ("课程。", "课程。"),
        (" ,; ", ""),
    ],
)
def test_a_quote_has_no_space_or_joining_mark_at_its_ends(text: str, left: str) -> None:
    span = trim(text, Span(0, len(text)))
    assert text[span.start : span.end] == left


def test_hard_wraps_close_up_in_what_is_spoken() -> None:
    assert spoken("开设不少于\n  240门\n课程") == "开设不少于240门课程"


def test_evidence_tells_the_part_the_task_and_the_place() -> None:
    plan = palace()
    start = plan.source.index(",全年开设")
    item = evidence(plan, Span(start, start + 5), TaskKey(1, 1))
    assert (item.plan, item.section, item.task, item.title) == (plan.id, 1, 1, "开设兴趣课程")
    assert item.quote == "全年开设"
    assert plan.source[item.start : item.end] == item.quote


def test_evidence_outside_of_the_tasks_names_none() -> None:
    item = evidence(palace(), Span(0, 6), None)
    assert (item.section, item.task, item.title) == (None, None, "")
    assert item.quote == "青禾县少年宫"


def test_headings_are_quoted_as_they_are_printed() -> None:
    heading = section_evidence(palace(), 2)
    assert heading is not None
    assert heading.quote == "二、建设教师队伍"
    assert section_evidence(palace(), 9) is None
    assert heading_evidence(palace(), TaskKey(2, 4)).quote == "4.培训辅导教师"


def test_the_figures_and_deadlines_of_a_span_are_those_within_it() -> None:
    plan = palace()
    task = plan.tasks[0]
    whole = [Span(task.start, task.end)]
    assert [figure.value for _, figure in figures_in(plan, whole)] == [240, 15]
    assert [item.quote for _, item in deadlines_in(plan, whole)] == ["全年", "6月底前"]
    assert figures_in(plan, []) == ()
    cut = [Span(task.start, plan.figures[0].end - 1)]
    assert figures_in(plan, cut) == ()
