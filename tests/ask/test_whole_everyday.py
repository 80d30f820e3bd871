"""Questions for everything of a kind as busy people type them, with all that stands beside."""

from __future__ import annotations

import pytest

from knowledge.ask.reply import Outcome
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.plan.model import Plan
from tests.ask.plans import ask, numbers, told

_LIGHTHOUSE = """松礁县灯塔管理站2035年工作计划

2035年,松礁县灯塔管理站按以下安排开展工作。

一、守好航标

1.巡检灯塔。实施“长明行动”,每周巡检灯塔1次,完好率达到98%以上。(责任单位:航标科)
2.更换灯器。投入65万元更换灯器40套,5月底前完成。(责任单位:航标科、后勤科)
3.清理礁区。“净礁工程”清理礁区12处,国庆节前验收。(责任单位:海务科)

二、服务渔民

4.教会渔民用海图。举办海图培训班6期,培训渔民300人次。(责任单位:海务科)
5.关照老年渔民。为60岁以上老年渔民发放救生衣500件,不少于20个渔村设立求助点。(责任单位:后勤科)

三、办好展馆

6.开放灯塔博物馆。“小水手计划”接待小学生2万人次,暑期开设夜场。(责任单位:宣教科)
7.出台参观办法。制定《灯塔参观管理办法》,完善渔民讲解员制度。(责任单位:宣教科)
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return import_source(SourceText(_LIGHTHOUSE), id="lighthouse-2035")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("领导开会要,麻烦把几大块各叫什么给我一下", {1, 2, 3, 4, 5, 6, 7}),
        ("站长等着看,发个提纲过来", {1, 2, 3, 4, 5, 6, 7}),
        ("急!!写材料用,百分比全部摘一份", {1}),
        ("财政那边催,资金一笔一笔拉出来", {2}),
        ("我是新来的,第三部分原原本本发来", {6, 7}),
    ],
)
def test_what_is_told_beside_a_question_names_nothing(
    question: str, found: set[int], plan: Plan
) -> None:
    assert numbers(told(question, plan)) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("2、4", {2, 4}),
        ("第3跟5,别漏字", {3, 5}),
        ("三到五", {3, 4, 5}),
        ("尾巴上那两条念一下", {6, 7}),
        ("4是啥", {4}),
        ("第叁大点", {6, 7}),
        ("“二、”下面挂了哪些工作", {4, 5}),
        ("(二)里的4", {4}),
    ],
)
def test_places_may_be_bare_numbers_and_labels(question: str, found: set[int], plan: Plan) -> None:
    assert numbers(told(question, plan)) == found


@pytest.mark.parametrize(
    "question", ["拢共要干多少件活", "小条加起来一共多少", "统共多少小条啊", "小项合计"]
)
def test_tasks_are_counted_in_any_words(question: str, plan: Plan) -> None:
    assert "7" in told(question, plan).text.split("\n", 1)[0]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("渔民写在哪几条", {4, 5, 7}),
        ("“不少于”这种说法有几处", {5}),
        ("老年渔民那头的工作", {5}),
        ("共有几项工作涉及渔民", {4, 5, 7}),
        ("跟博物馆有关的内容整理一份", {6}),
    ],
)
def test_all_places_of_a_matter_are_listed(question: str, found: set[int], plan: Plan) -> None:
    assert found <= numbers(told(question, plan))


def test_a_matter_the_plan_holds_only_in_part_is_not_listed(plan: Plan) -> None:
    assert ask("渔民子女奖学金写在哪几条", plan).outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("叫“XX计划”的列一列", "小水手计划"),
        ("名字叫“某某行动”的有几个", "长明行动"),
        ("名字里有“工程”俩字的", "净礁工程"),
    ],
)
def test_names_are_found_by_a_word_they_hold(question: str, found: str, plan: Plan) -> None:
    assert found in told(question, plan).text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("一礼拜一回的固定动作", {1}),
        ("六月之前要交差的活", {2}),
        ("九月到国庆这一截到期的", {3}),
        ("什么时候要完成的东西有哪些", {1, 2, 3}),
    ],
)
def test_what_is_due_is_found_by_any_form_of_time(
    question: str, found: set[int], plan: Plan
) -> None:
    assert found <= numbers(told(question, plan))


def test_who_does_what_is_listed_for_the_whole_plan(plan: Plan) -> None:
    assert numbers(told("各科室分工表", plan)) == {1, 2, 3, 4, 5, 6, 7}
    assert numbers(told("海务科要干的,赶紧,站长在问", plan)) == {3, 4}


def test_rules_to_be_mended_are_listed_with_papers_to_be_made(plan: Plan) -> None:
    assert "讲解员制度" in told("要制定或完善的制度有哪些", plan).text


def test_what_has_been_done_so_far_is_refused(plan: Plan) -> None:
    reply = ask("已经销号的有几项,还剩几项没完成", plan)
    assert reply.outcome is Outcome.NOT_IN_PLAN


def test_kinds_of_names_asked_for_together_are_listed_together() -> None:
    listed = ask("里面提到了哪些活动和平台")
    assert listed.understood.intent == "all_programs"
    assert {item.quote for item in ask("有哪些平台").evidence} < {i.quote for i in listed.evidence}
