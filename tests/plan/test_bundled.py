"""The plan that comes with the program."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from knowledge.importer.build import import_document
from knowledge.plan.dump import plan_text
from knowledge.plan.library import bundled_plans, load_library


def _plan_files() -> list[Path]:
    return sorted(
        path for path in bundled_plans().glob("*.yaml") if not path.name.endswith(".keeper.yaml")
    )


def test_each_bundled_plan_is_a_fresh_import_of_its_text() -> None:
    plans = {plan.id: plan for plan in load_library(bundled_plans()).plans}
    assert [path.stem for path in _plan_files()] == list(plans)
    for path in _plan_files():
        fresh = import_document(path.with_suffix(".txt"), id=path.stem)
        again = (
            f"planbot import {path.with_suffix('.txt').name} -o {path.name} brings it up to date"
        )
        assert path.read_text(encoding="utf-8") == plan_text(fresh, path), again


def test_the_bundled_plan_has_all_its_sections_and_tasks() -> None:
    (plan,) = load_library(bundled_plans()).plans
    assert (plan.id, plan.title, plan.year) == ("gdcyl-2017", "2017年工作要点", 2017)
    assert plan.issuer == "共青团广东省委员会"
    assert [section.label for section in plan.sections] == ["一、", "二、", "三、", "四、", "五、"]
    assert [task.number for task in plan.tasks] == list(range(1, 17))
    assert [task.section for task in plan.tasks] == [1] * 4 + [2] * 2 + [3] * 3 + [4] * 5 + [5] * 2
    assert plan.tasks[0].title == "强化思想建团"
    assert plan.warnings == ()


def test_only_the_page_around_the_bundled_plan_is_left_out() -> None:
    (plan,) = load_library(bundled_plans()).plans
    first, last = plan.sections[0].start, plan.tasks[-1].end
    assert all(item.end <= first or item.start >= last for item in plan.skipped)
    outside = "".join(plan.source[:first].split()) + "".join(plan.source[last:].split())
    assert outside == "".join("".join(item.text.split()) for item in plan.skipped)


def test_every_sentence_of_the_bundled_tasks_is_a_clause() -> None:
    (plan,) = load_library(bundled_plans()).plans
    for task in plan.tasks:
        words = "".join(clause.text for clause in plan.clauses if clause.task == task.key)
        assert words == plan.source[task.body_start : task.end]


def test_the_keepers_part_of_the_bundled_plan_changes_nothing_yet() -> None:
    (plan,) = load_library(bundled_plans()).plans
    (path,) = _plan_files()
    fresh = import_document(path.with_suffix(".txt"), id=plan.id)
    assert dataclasses.replace(plan, synonyms=(), phrasings=(), untold=(), milestones=()) == fresh
