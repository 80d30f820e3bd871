"""Questions about a whole plan, a part of it or all it says of a kind, in everyday words."""

from __future__ import annotations

import pytest

from knowledge.ask.reply import Outcome
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.plan.model import Plan
from tests.ask.plans import ask, numbers, told

_OBSERVATORY = """星台发〔2034〕7号

关于印发《银杏县天文台2034年工作要点》的通知

各科室:

现将《银杏县天文台2034年工作要点》印发给你们,请认真落实。

银杏县天文台

2034年1月18日

银杏县天文台2034年工作要点

2034年,银杏县天文台按以下安排开展工作。

一、扩大科普开放

1.延长开放时间。每周五晚上开放观测平台,全年接待游客3万人次。(责任单位:接待科)
2.走进乡村学校。“流星课堂”走进20所乡村学校,6月底前完成首轮授课。为乡村教师赠送教具80套。(责任单位:科普科、接待科)

二、维护观测设备

3.检修望远镜。投入45万元检修主镜,4月启动,9月底收官。设备完好率达到100%。(责任单位:设备科)
4.更新数据中心。3月底前完成机房搬迁,常态化备份观测数据。(责任单位:设备科)

三、夯实安全根基

5.完善应急办法。出台《观测场地安全管理办法》,修订《游客疏散预案》。每季度组织一次疏散演练。(责任单位:办公室)
6.排查消防隐患。隐患整改率达到100%,落实《消防条例》要求。(责任单位:办公室)

抄送:县科技局,县教育局。
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return import_source(SourceText(_OBSERVATORY), id="observatory-2034")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("科普开放那部分有啥", {1, 2}),
        ("“安全根基”这一节的条目", {5, 6}),
        ("觀測設備那一部分講什麼", {3, 4}),
        ("观测设备怎么个维护法，那一节的都给我", {3, 4}),
        ("安全根基那块一共几条", {5, 6}),
        ("安全根基分几个方面", {5, 6}),
        ("安全根基那部分的第二条", {6}),
        ("科普开放有哪些内容", {1, 2}),
        ("科普开放板块", {1, 2}),
    ],
)
def test_a_part_is_shown_by_words_of_its_title(question: str, found: set[int], plan: Plan) -> None:
    assert numbers(told(question, plan)) == found


def test_figures_and_times_of_a_part_are_listed_by_its_title(plan: Plan) -> None:
    assert numbers(told("科普开放部分的数字", plan)) == {1, 2}
    reply = told("科普开放部分的时间要求", plan)
    assert "6月底前" in reply.text
    assert "9月底" not in reply.text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("头一条讲什么", {1}),
        ("倒数第二条", {5}),
        ("最尾嗰条", {6}),
        ("前两条说的啥", {1, 2}),
        ("最后两条", {5, 6}),
        ("3、4两条一起看", {3, 4}),
        ("从二条到四条分别管啥", {2, 3, 4}),
        ("2到4条给我看看", {2, 3, 4}),
        ("第3、5条", {3, 5}),
        ("第4条完整的贴出来", {4}),
        ("第二部分打头的那条", {3}),
        ("第2 section", {3, 4}),
        ("第一、三部分讲什么", {1, 2, 5, 6}),
        ("倒数第二部分", {3, 4}),
    ],
)
def test_places_are_read_by_order_in_rows_and_in_ranges(
    question: str, found: set[int], plan: Plan
) -> None:
    assert numbers(told(question, plan)) == found


def test_one_of_several_numbers_that_is_not_there_is_refused(plan: Plan) -> None:
    assert ask("第5、9条", plan).outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("上半年必须弄完的", {2, 3, 4}),
        ("九月底到期的工作", {3}),
        ("六月份截止的任务", {2}),
        ("六月底前要落实的有几件", {2}),
        ("三季度要交差的", {3}),
        ("几月之前要交的都列给我", {1, 2, 3, 4}),
        ("每季度都得搞一次的", {5}),
        ("每周要做的", {1}),
        ("要长期坚持、常态化的工作", {4}),
    ],
)
def test_what_is_due_is_listed_in_whatever_words(
    question: str, found: set[int], plan: Plan
) -> None:
    assert numbers(told(question, plan)) == found


def test_a_bare_deadline_is_quoted_with_what_it_is_of(plan: Plan) -> None:
    assert "检修主镜" in told("九月底", plan).text


@pytest.mark.parametrize("question", ["接待科要干的有哪些", "归接待科管的活儿", "接待科的"])
def test_what_a_body_has_to_do_is_listed_from_all_tasks(question: str, plan: Plan) -> None:
    reply = told(question, plan)
    assert numbers(reply) == {1, 2}
    assert "流星课堂" in reply.text
    assert "赠送教具" in reply.text


def test_what_several_bodies_have_to_do_is_listed_together(plan: Plan) -> None:
    assert numbers(told("设备科和科普科分别负责什么", plan)) == {2, 3, 4}


def test_what_a_body_has_to_do_is_listed_within_a_part(plan: Plan) -> None:
    assert numbers(told("第三部分里办公室要管哪几项", plan)) == {5, 6}


@pytest.mark.parametrize("question", ["接待科的电话", "接待科科长是谁"])
def test_what_is_asked_of_the_body_itself_is_no_list_of_its_work(
    question: str, plan: Plan
) -> None:
    assert ask(question, plan).outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    "question", ["流星课堂6月底前走进几所学校", "消防演练6月底前要完成吗", "检修主镜花多少钱"]
)
def test_a_question_of_one_thing_is_no_list(question: str, plan: Plan) -> None:
    reply = ask(question, plan)
    assert reply.understood.intent not in {"filter", "all_figures", "all_deadlines"}


@pytest.mark.parametrize("question", ["哪几条要求做到100%", "写了100%的有哪两处"])
def test_a_number_is_found_wherever_it_is_written(question: str, plan: Plan) -> None:
    assert numbers(told(question, plan)) == {3, 6}


@pytest.mark.parametrize("question", ["百分比的都列出来", "全文出现了几个百分数"])
def test_the_figures_of_one_unit_are_listed_and_counted(question: str, plan: Plan) -> None:
    reply = told(question, plan)
    assert numbers(reply) == {3, 6}
    assert "2" in reply.text


@pytest.mark.parametrize(
    "question", ["花钱的地方列列", "跟钱有关的有哪些", "多少万块钱的数都在哪"]
)
def test_money_is_listed_wherever_it_is_written(question: str, plan: Plan) -> None:
    assert numbers(told(question, plan)) == {3}


def test_the_money_of_a_part_without_any_is_not_made_up(plan: Plan) -> None:
    assert "45万元" not in ask("花钱的地方列列,第一部分的", plan).text


def test_documents_are_listed_by_what_is_done_with_them(plan: Plan) -> None:
    made = told("今年要新出台哪些文件", plan).text
    assert "观测场地安全管理办法" in made
    assert "游客疏散预案" not in made
    both = told("要出台或者修订的文件有哪些", plan).text
    assert "观测场地安全管理办法" in both
    assert "游客疏散预案" in both
    assert "消防条例" not in both
    assert "《消防条例》" in told("书名号文件一共提到哪些", plan).text


@pytest.mark.parametrize(
    "question",
    [
        "天文台今年一年到头都干啥",
        "银杏天文台今年三大板块分别是",
        "天文台2034怎么安排的,大概说说",
        "我没空细看,大概说说今年天文台要干啥",
        "6条的标题挨个给我列一下",
        "这文件长不长",
        "几个部分、几条",
        "任务数",
    ],
)
def test_the_plan_at_a_glance_is_every_heading(question: str, plan: Plan) -> None:
    assert numbers(told(question, plan)) == {1, 2, 3, 4, 5, 6}


def test_parts_and_tasks_are_counted_together(plan: Plan) -> None:
    first = told("几个部分、几条", plan).text.splitlines()[0]
    assert "3" in first
    assert "6" in first


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("文号多少", "星台发〔2034〕7号"),
        ("几号印发的", "2034年1月18日"),
        ("抄送哪些单位", "县科技局"),
    ],
)
def test_what_stands_round_the_plan_is_quoted(question: str, quote: str, plan: Plan) -> None:
    assert quote in told(question, plan).text


def test_what_does_not_stand_round_the_plan_is_refused_by_its_name() -> None:
    reply = ask("文号多少")
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert "文号" in reply.text


def test_what_was_done_the_year_before_is_refused(plan: Plan) -> None:
    assert ask("去年计划完成得咋样", plan).outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("跟游客有关的任务都找出来", {1, 5}),
        ("涉及乡村的", {2}),
        ("乡村学校相关的有哪些", {2}),
        ("哪几条是讲观测的", {1, 4, 5}),
        ("跟消防沾边的", {6}),
    ],
)
def test_a_matter_is_answered_with_all_that_holds_it(
    question: str, found: set[int], plan: Plan
) -> None:
    assert numbers(told(question, plan)) == found
