"""The labelled lines of a task: who answers for it, when it is due, and what is counted."""

from __future__ import annotations

import pytest

from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.plan.model import Plan
from tests.importer.helpers import outline_of, reasons
from tests.importer.sentences import texts

PLAIN = "任务1 办证\n目标:新办读者证300张。\n措施:增设自助机2台;送证上门。\n"
MATTER = ["目标:新办读者证300张。", "措施:增设自助机2台;", "送证上门。"]


def plan_of(*lines: str, following: str = "任务2 讲座\n目标:举办讲座6场。\n") -> Plan:
    source = "河湾区图书馆2025年任务书\n" + "\n".join((*lines, following))
    outline_of(source)
    return import_source(SourceText(source), id="test")


def owners_of(plan: Plan, task: int = 1) -> list[str]:
    return [f"{item.role} {item.name}" for item in plan.owners if item.task.number == task]


def governed(plan: Plan, quote: str) -> list[str]:
    (spans,) = {item.governs for item in plan.deadlines if item.quote == quote}
    return texts(plan.source, spans)


def test_a_figure_is_of_what_stands_behind_the_label() -> None:
    plan = plan_of(
        "任务1 办证", "目标 修复图书260册。", "【措施】增设自助机2台。", "指标:力争不少于9场"
    )
    found = [(item.subject, item.quote) for item in plan.figures if item.task.number == 1]
    assert found[0] == ("图书", "图书260册") or found[0][0].endswith("图书")
    assert ("自助机", "自助机2台") in found
    assert found[2][1] == "力争不少于9场"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("责任部门:外借部牵头,技术部配合。", ["牵头 外借部", "配合 技术部"]),
        (
            "责任部门:外借部牵头,技术部、办公室配合。",
            ["牵头 外借部", "配合 技术部", "配合 办公室"],
        ),
        ("责任单位:外借部(牵头)、技术部(配合)", ["牵头 外借部", "配合 技术部"]),
        ("责任单位:由外借部牵头负责,技术部协助", ["牵头负责 外借部", "协助 技术部"]),
        ("责任部门:办公室(人事科)。", ["责任部门 办公室(人事科)"]),
        ("责任单位 外借部", ["责任单位 外借部"]),
        ("责任单位\t外借部、技术部", ["责任单位 外借部", "责任单位 技术部"]),
        ("【责任单位】外借部", ["责任单位 外借部"]),
        ("责任处(室):外借部", ["责任处(室) 外借部"]),
        ("牵头:外借部;配合:技术部", ["牵头 外借部", "配合 技术部"]),
        ("牵头单位:外借部  配合单位:技术部", ["牵头单位 外借部", "配合单位 技术部"]),
        ("责任单位:外借部;完成时限:6月底", ["责任单位 外借部"]),
        ("责任单位:\n外借部\n技术部", ["责任单位 外借部", "责任单位 技术部"]),
        ("责任人\n王馆长", ["责任人 王馆长"]),
    ],
)
def test_a_labelled_line_names_who_answers_and_in_which_role(
    line: str, expected: list[str]
) -> None:
    assert owners_of(plan_of(PLAIN + line)) == expected


@pytest.mark.parametrize("label", ["责任部门:", "牵头单位:", "【责任单位】", "责任单位\n"])
def test_who_is_named_on_a_line_answers_for_the_whole_task(label: str) -> None:
    plan = plan_of(f"{PLAIN}{label}外借部")
    assert texts(plan.source, plan.owners[0].governs) == MATTER


def test_two_lines_of_roles_answer_for_the_same_task() -> None:
    plan = plan_of(f"{PLAIN}牵头单位:外借部\n配合单位:技术部")
    assert [texts(plan.source, owner.governs) for owner in plan.owners] == [MATTER, MATTER]


def test_a_role_that_opens_its_task_answers_for_what_follows() -> None:
    plan = plan_of("任务1 办证\n责任单位:外借部\n目标:新办读者证300张。")
    assert texts(plan.source, plan.owners[0].governs) == ["目标:新办读者证300张。"]


def test_roles_below_each_part_of_a_task_answer_for_that_part() -> None:
    plan = plan_of("任务1 办证\n新办读者证。\n责任单位:外借部\n增设自助机。\n责任单位:技术部")
    assert [texts(plan.source, owner.governs) for owner in plan.owners] == [
        ["新办读者证。"],
        ["增设自助机。"],
    ]


@pytest.mark.parametrize(
    "line",
    [
        "完成时限:6月底前",
        "完成时间 6月底前",
        "【完成时限】6月底前完成。",
        "时间节点:\n6月底前完成",
        "期限:6月底前",
    ],
)
def test_a_labelled_time_is_for_the_whole_task(line: str) -> None:
    assert governed(plan_of(PLAIN + line), "6月底前")[:3] == MATTER


def test_a_labelled_time_may_stand_before_what_it_is_for() -> None:
    plan = plan_of("任务1 办证\n完成时限:6月底前。\n目标:新办读者证300张。")
    assert governed(plan, "6月底前")[0] == "目标:新办读者证300张。"


def test_a_time_behind_a_thing_of_its_own_is_for_that_thing() -> None:
    plan = plan_of(f"{PLAIN}完成时限:自助机3月底前到位,其余6月底前完成。")
    assert governed(plan, "3月底前") == ["自助机3月底前到位"]
    assert governed(plan, "6月底前") == [*MATTER, "其余6月底前完成"]


def test_steps_without_a_thing_of_their_own_are_those_of_the_task() -> None:
    plan = plan_of(f"{PLAIN}完成时限:3月启动,10月底结束。")
    assert governed(plan, "3月")[:3] == MATTER
    assert governed(plan, "10月底")[:3] == MATTER


def test_a_second_step_is_that_of_the_thing_named_before_it() -> None:
    plan = plan_of(f"{PLAIN}完成时限:自助机5月到货、9月启用,读者证年底前办完。")
    assert governed(plan, "9月") == ["自助机5月到货", "9月启用"]


def test_words_that_go_on_below_a_label_alone_are_one_sentence_with_it() -> None:
    plan = plan_of(
        "任务1 办证\n工作目标\n新办读者证300张。\n主要措施\n增设自助机2台。\n送证上门。"
    )
    assert [clause.text for clause in plan.clauses if clause.task.number == 1] == [
        "工作目标\n新办读者证300张。",
        "主要措施\n增设自助机2台。",
        "送证上门。",
    ]


def test_the_last_lines_of_a_plan_are_its_last_tasks_if_other_tasks_have_them_too() -> None:
    source = (
        "河湾区2025年任务书\n一、办证\n工作目标\n新办300张。\n责任单位\n外借部\n完成时限\n6月底前\n"
        "二、讲座\n工作目标\n举办6场。\n责任单位\n活动部\n完成时限\n11月底前\n\n河湾区图书馆\n2025年1月5日\n"
    )
    outline = outline_of(source)
    assert outline.tasks[-1].text.endswith("活动部\n完成时限\n11月底前")
    assert reasons(outline)["河湾区图书馆"] == "落款"
    plan = import_source(SourceText(source), id="test")
    assert owners_of(plan, 2) == ["责任单位 活动部"]


def test_the_header_of_a_table_labels_nothing() -> None:
    plan = plan_of("任务1 办证\n新办读者证300张。\n任务\t责任单位\t完成时限\n办证\t外借部\t6月底")
    assert owners_of(plan) == []


def test_a_word_at_the_beginning_of_a_sentence_is_no_label() -> None:
    plan = plan_of("任务1 办证\n目标明确,责任到人。\n期限较紧,6月底前办完。")
    assert governed(plan, "6月底前") == ["6月底前办完"]
