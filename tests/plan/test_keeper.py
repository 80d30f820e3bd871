"""What the keeper's file changes in a plan, and how its faults are named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from knowledge.plan.check import check_paths
from knowledge.plan.file import load_plan
from knowledge.plan.model import Comparator, DeadlineKind, Milestone, Plan, TaskKey
from tests.plan.helpers import invented_plan, write_invented


def _kept(folder: Path, keeper: str) -> Plan:
    return load_plan(write_invented(folder, keeper))


def test_aliases_belong_to_every_record_of_the_program(tmp_path: Path) -> None:
    plan = _kept(tmp_path, "aliases:\n  畅通计划: 通\n  绿荫行动: [绿荫, 12355]\n")
    aliases = {program.name: program.aliases for program in plan.programs}
    generated = {program.name: program.aliases for program in invented_plan().programs}
    assert aliases["畅通计划"] == (*generated["畅通计划"], "通")
    assert aliases["绿荫行动"] == (*generated["绿荫行动"], "绿荫", "12355")


def test_a_figure_may_be_dropped_changed_or_added(tmp_path: Path) -> None:
    before = invented_plan().figures
    road, planted = before[0], next(f for f in before if f.value == 500)
    plan = _kept(
        tmp_path,
        f"figures:\n- {{quote: {road.quote}, drop: true}}\n"
        f"- {{task: 1, section: 2, quote: {planted.quote}, subject: 荒山, "
        "comparator: '<=', value: 600}\n"
        "- {task: 1, section: 1, quote: 修路, add: true, comparator: '=', value: 1, unit: 条}\n",
    )
    assert road not in plan.figures
    changed = next(figure for figure in plan.figures if figure.value == 600)
    assert (changed.subject, changed.comparator) == ("荒山", Comparator.AT_MOST)
    assert (changed.quote, changed.unit) == (planted.quote, planted.unit)
    added = next(figure for figure in plan.figures if figure.unit == "条")
    assert plan.source[added.start : added.end] == "修路"
    assert added.task == TaskKey(1, 1)


def test_a_deadline_may_be_dropped_changed_or_added(tmp_path: Path) -> None:
    plan = _kept(
        tmp_path,
        "deadlines:\n- {quote: 年底前, date: 2024-12-20}\n- {quote: 每季度, drop: true}\n"
        "- {task: 2, section: 2, quote: 植树20棵, add: true, kind: open}\n",
    )
    found = {deadline.quote: deadline for deadline in plan.deadlines}
    assert found["年底前"].date == dt.date(2024, 12, 20)
    assert "每季度" not in found
    assert found["植树20棵"].kind is DeadlineKind.OPEN
    assert found["6月底前"].date == dt.date(2024, 6, 30)


def test_synonyms_and_milestones_are_the_plans_own(tmp_path: Path) -> None:
    plan = _kept(
        tmp_path,
        "synonyms:\n  种树: 植树\n  建桥: [修桥, 桥梁]\n"
        "milestones:\n- {task: 2, section: 1, date: 2024-05-01, text: 开工}\n",
    )
    assert plan.synonyms == (("种树", "植树"), ("建桥", "修桥"), ("建桥", "桥梁"))
    assert plan.milestones == (Milestone(TaskKey(1, 2), dt.date(2024, 5, 1), "开工"),)


def test_how_people_ask_belongs_to_the_words_it_quotes(tmp_path: Path) -> None:
    plan = _kept(
        tmp_path,
        "asked:\n- {quote: 修桥2座, as: [过河的桥要几座, 桥有几座]}\n"
        "- {quote: 植树, task: 2, section: 2, as: 公园里种什么}\n"
        "untold: [修桥花多少钱, 谁种树]\n",
    )
    found = [(plan.quote(item.span), item.text) for item in plan.phrasings]
    assert found == [
        ("修桥2座", "过河的桥要几座"),
        ("修桥2座", "桥有几座"),
        ("植树", "公园里种什么"),
    ]
    assert plan.task(TaskKey(2, 2)).start < plan.phrasings[2].span.start
    assert plan.untold == ("修桥花多少钱", "谁种树")


@pytest.mark.parametrize(
    ("keeper", "line", "message"),
    [
        ("aliases:\n  畅通计画: [通]\n", 2, "没有名为“畅通计画”的项目，是不是“畅通计划”？"),
        ("aliases:\n  无名: [通]\n", 2, "没有名为“无名”的项目"),
        ("aliases: [畅通计划]\n", 1, "aliases应当是“键: 值”的形式，这里是列表"),
        ("aliases:\n  畅通计划:\n    a: b\n", 3, "畅通计划应当是一段文字，这里是键值"),
        ("\nalias:\n  a: b\n", 2, "不认识的键“alias”，可用的是 aliases、figures"),
        ("synonyms:\n  a: b\nsynonyms:\n  c: d\n", 3, "键“synonyms”重复"),
        (
            "milestones:\n- {task: 2, section: 1, date: 2024-02-30, text: a}\n",
            2,
            "date应当是存在的日期（如 2024-06-30），这里是“2024-02-30”",
        ),
        (
            "milestones:\n- {task: 1, date: 2024-02-01, text: a}\n",
            2,
            "编号1在第1、2部分都有，请加上 section",
        ),
        ("milestones:\n- {task: 7, date: 2024-02-01, text: a}\n", 2, "没有编号为7的任务"),
        (
            "milestones:\n- {task: 7, section: 2, date: 2024-02-01, text: a}\n",
            2,
            "没有第2部分任务7",
        ),
        (
            "milestones:\n- {task: 一, date: 2024-02-01, text: a}\n",
            2,
            "task应当是整数，这里是“一”",
        ),
        ("milestones:\n- {task: 2, section: 1, text: a}\n", 2, "缺少键“date”"),
        ("milestones: 5\n", 1, "milestones应当是列表，这里是“5”"),
        ("figures:\n- {quote: 不在原文, drop: true}\n", 2, "识别出的数字里没有引用“不在原文”的"),
        ("figures:\n- quote: 修桥2座\n  value: 很多\n", 3, "value应当是数字，这里是“很多”"),
        ("figures:\n- {quote: 修桥2座, comparator: 约}\n", 2, "comparator应当是 >=、<="),
        ("figures:\n- {quote: 修桥2座, drop: 也许}\n", 2, "drop应当是 true 或 false"),
        ("figures:\n- {quote: 修桥2座}\n", 2, "没有写要改成什么"),
        ("figures:\n- {quote: 修桥2座, drop: true, value: 3}\n", 2, "drop 之外不能再有“value”"),
        (
            "figures:\n- {task: 2, section: 1, quote: 植树, add: true, value: 1, comparator: ~}\n",
            2,
            "任务2的原文里没有“植树”",
        ),
        (
            "figures:\n- {quote: 修路, add: true, value: 1, task: 1, section: 1}\n",
            2,
            "缺少键“comparator”",
        ),
        ("asked:\n- {quote: 种花, as: 花}\n", 2, "各项任务的原文里没有“种花”"),
        ("asked:\n- {quote: 植树, as: 树}\n", 2, "各项任务的原文里有2处“植树”，请写长一些"),
        ("asked:\n- {quote: 修桥2座}\n", 2, "缺少键“as”"),
        ("asked:\n- {quote: 修桥2座, as: {a: b}}\n", 2, "as应当是一段文字，这里是键值"),
        ("untold: 修桥\n", 1, "untold应当是列表，这里是“修桥”"),
        ("deadlines:\n- {quote: 年底前, date: 2024-13-01}\n", 2, "date应当是存在的日期"),
        (
            "deadlines:\n- {quote: 年底前, kind: recurring}\n",
            2,
            "时限的 kind 是 recurring，要有 rrule",
        ),
        ("deadlines:\n- {quote: 年底前, rrule: 每月}\n", 2, "rrule“每月”不是 RFC 5545 的重复规则"),
        ("a: [1\nb: 2\n", 2, "YAML 格式有误"),
        ("a: 1\n\tb: 2\n", 2, "YAML 格式有误"),
    ],
)
def test_a_fault_in_the_keepers_file_is_named_with_its_line(
    tmp_path: Path, keeper: str, line: int, message: str
) -> None:
    path = write_invented(tmp_path, keeper)
    found = check_paths([path])
    assert any(message in problem.message and problem.line == line for problem in found), found
    assert {problem.path.name for problem in found} == {"qingshan.keeper.yaml"}


def test_one_quote_with_two_figures_is_told_apart_by_its_former_value(tmp_path: Path) -> None:
    path = write_invented(tmp_path)
    text = path.read_text(encoding="utf-8")
    start = text.index("- task: [1, 2]", text.index("figures:"))
    end = text.index("- task:", start + 1)
    double = text[start:end].replace("value: 2", "value: 3")
    path.write_text(text[:end] + double + text[end:], encoding="utf-8")
    keeper = tmp_path / "qingshan.keeper.yaml"
    keeper.write_text("figures:\n- {quote: 修桥2座, drop: true}\n", encoding="utf-8")
    assert "有2处数字引用“修桥2座”" in check_paths([path])[0].message
    keeper.write_text("figures:\n- {quote: 修桥2座, was: 3, drop: true}\n", encoding="utf-8")
    assert load_plan(path) == invented_plan()
