"""Which bodies answer for what the plan sets."""

from __future__ import annotations

import pytest

from knowledge.importer.owners import find_owners
from knowledge.plan.model import Owner
from tests.importer.sentences import sentences, texts

NAMED: list[tuple[str, list[str]]] = [
    (
        "改建公路90公里。(公路科牵头,养护中心、各镇配合;完成时限:11月底前)",
        ["牵头 公路科", "配合 养护中心", "配合 各镇"],
    ),
    ("签订责任书，签订率100％。——安监办、派出所", [" 安监办", " 派出所"]),
    ("创建示范户100户。（城管办、妇联）", [" 城管办", " 妇联"]),
    (
        "更换水表（牵头单位：营销部，配合单位：工程部、各营业所）。",
        ["牵头单位 营销部", "配合单位 工程部", "配合单位 各营业所"],
    ),
    (
        "开展水质检测。责任单位：水质中心、化验室；完成时限：6月底前。",
        ["责任单位 水质中心", "责任单位 化验室"],
    ),
    ("新增座椅200个。（责任部门：后勤处，总务科）", ["责任部门 后勤处", "责任部门 总务科"]),
    ("举办读书节(责任单位:活动部 配合单位:办公室)。", ["责任单位 活动部", "配合单位 办公室"]),
    ("修缮校舍（总务处、教导处）。", [" 总务处", " 教导处"]),
    ("完善档案管理（办公室）。", [" 办公室"]),
    ("由安全科牵头开展排查，由后勤处负责整改。", ["牵头 安全科", "负责 后勤处"]),
    ("开展义诊。牵头领导：分管副院长。", ["牵头领导 分管副院长"]),
    ("加强宣传（牵头：宣传科；配合：各科室）。", ["牵头 宣传科", "配合 各科室"]),
    (
        "推进普查（责任单位：区文化和旅游局、区教育局等，完成时间：9月底前）。",
        ["责任单位 区文化和旅游局", "责任单位 区教育局"],
    ),
    (
        "落实经费（责任科室：财务科、医务科，11月底前完成）。",
        ["责任科室 财务科", "责任科室 医务科"],
    ),
    ("栽植行道树(10月底前,责任单位:园林所/街道办)。", ["责任单位 园林所", "责任单位 街道办"]),
    ("清淤河道【主办单位：水务站】。", ["主办单位 水务站"]),
    ("评选先进（牵头责任单位：工会）。", ["牵头责任单位 工会"]),
]

NO_OWNERS = [
    "弘扬时代精神——向先进学习。",
    "完善机制（社区负责收集，物业限时办结）。",
    "编印手册（试行）。",
    "设置公园（位于城东片区）。",
    "印发《家委会章程（教务处）》。",
    "压实主体责任，明确责任人。",
    "联合各单位开展检查（每季度1次）。",
    "配合做好迎检工作：整理台账、完善档案。",
]

GOVERNED: list[tuple[str, str, list[str]]] = [
    ("签订责任书。签订率100％——安监办", "安监办", ["签订责任书。", "签订率100％"]),
    (
        "修缮校舍(牵头单位:总务处)，更新教具，添置图书(牵头单位:教务处)。",
        "教务处",
        ["更新教具", "添置图书"],
    ),
    ("修缮校舍(牵头单位:总务处)。更新教具。", "总务处", ["修缮校舍"]),
    ("修缮校舍。更新教具(牵头单位:总务处)。", "总务处", ["修缮校舍。", "更新教具"]),
    (
        "修缮校舍(牵头单位:总务处)。更新教具。添置图书(牵头单位:教务处)。",
        "教务处",
        ["更新教具。", "添置图书"],
    ),
    ("修缮校舍。更新教具。责任单位：总务处。", "总务处", ["修缮校舍。", "更新教具。"]),
    ("由安全科牵头开展排查，由后勤处负责整改。", "后勤处", ["由后勤处负责整改"]),
    ("印发章程（试行）(牵头单位:办公室)。", "办公室", ["印发章程（试行）"]),
    ("改造泵房。完成时限为2024年8月，责任科室：项目科。", "项目科", ["改造泵房。"]),
]


def owners_of(text: str) -> tuple[Owner, ...]:
    plan = sentences(text)
    owners = find_owners(plan.source, plan.clauses)
    for owner in owners:
        assert plan.source[owner.start : owner.end] == owner.name
    return owners


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_each_body_has_its_printed_role(text: str, expected: list[str]) -> None:
    assert [f"{owner.role} {owner.name}" for owner in owners_of(text)] == expected


@pytest.mark.parametrize("text", NO_OWNERS)
def test_other_brackets_and_words_name_no_one(text: str) -> None:
    assert owners_of(text) == ()


@pytest.mark.parametrize(("text", "name", "expected"), GOVERNED)
def test_a_body_answers_for_what_stands_before_it(
    text: str, name: str, expected: list[str]
) -> None:
    plan = sentences(text)
    (owner,) = [owner for owner in find_owners(plan.source, plan.clauses) if owner.name == name]
    assert texts(plan.source, owner.governs) == expected


def test_a_role_never_answers_for_another_task() -> None:
    plan = sentences("修缮校舍。", "责任单位：总务处。")
    (owner,) = find_owners(plan.source, plan.clauses)
    assert owner.governs == ()
