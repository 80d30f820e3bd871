"""What people ask of one plan, and what the plan says to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ask.answer import Answerer
from knowledge.ask.reply import Context, Outcome, Reply
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.plan.model import DeadlineKind
from tests.ask.plans import (
    PALACE,
    TODAY,
    answerer,
    ask,
    harbour,
    lexicon,
    limits,
    palace,
    quotes,
    tasks,
)

FIGURES = [
    ("蓝鲸计划开设多少门课程", 240, "门"),
    ("蓝鲸计划的目标是多少", 240, "门"),
    ("全年培训辅导教师多少人次", 120, "人次"),
    ("追风夏令营招多少人", 600, "名"),
    ("营员满意率要达到多少", 95, "%"),
    ("教师缺勤率控制在百分之几", 3, "%"),
    ("更新器材要投入多少钱", 800_000, "元"),
    ("注册用户目标是多少", 20_000, "人"),
    ("消防演练一年几次", 2, "次"),
    ("星光教室建几间", 15, "间"),
    ("评出几名五星教师", 20, "名"),
]

PROJECTS = {"蓝鲸计划", "星光教室", "追风夏令营", "萤火科学行动"}


def answered(question: str) -> Reply:
    reply = ask(question)
    assert reply.outcome is Outcome.ANSWERED, reply.text
    return reply


@pytest.mark.parametrize(("question", "value", "unit"), FIGURES)
def test_a_figure_is_answered_with_its_number_and_the_plans_words(
    question: str, value: float, unit: str
) -> None:
    reply = answered(question)
    figures = [figure for _, figure in reply.figures]
    assert (value, unit) in [(figure.value, figure.unit) for figure in figures]
    assert any(figure.quote in reply.text for figure in figures if figure.value == value)


@pytest.mark.parametrize(("question", "value", "unit"), FIGURES)
def test_one_fact_is_told_in_few_words(question: str, value: float, unit: str) -> None:
    assert len(answered(question).text) <= 160


@pytest.mark.parametrize(
    ("question", "words", "date"),
    [
        ("星光教室什么时候建成", "6月底前", dt.date(2032, 6, 30)),
        ("天文台改造什么时候完成", "今年9月前", dt.date(2032, 8, 31)),
        ("电路检修最晚什么时候完成", "3月底前", dt.date(2032, 3, 31)),
        ("什么时候评出五星教师", "12月底前", dt.date(2032, 12, 31)),
    ],
)
def test_a_deadline_is_answered_in_the_plans_words_with_the_day_they_mean(
    question: str, words: str, date: dt.date
) -> None:
    reply = answered(question)
    assert words in reply.text
    assert (words, date) in [(item.quote, item.date) for _, item in reply.deadlines]


@pytest.mark.parametrize(
    ("question", "words"), [("观星活动多久一次", "每月"), ("多久组织一次教学研讨", "每季度")]
)
def test_how_often_is_answered_with_what_recurs(question: str, words: str) -> None:
    reply = answered(question)
    assert words in reply.text
    assert any(
        item.quote == words and item.kind is DeadlineKind.RECURRING and item.rrule
        for _, item in reply.deadlines
    )


@pytest.mark.parametrize(
    ("question", "owner"),
    [
        ("追风夏令营谁负责", "活动部牵头"),
        ("追风夏令营由谁牵头", "活动部牵头"),
        ("追风夏令营由谁领导", "活动部牵头"),
        ("谁负责更新钢琴", "后勤部负责"),
        ("更新器材由哪个部门负责", "后勤部负责"),
    ],
)
def test_who_is_answered_with_the_body_the_plan_names(question: str, owner: str) -> None:
    assert owner in answered(question).text


def test_who_is_answered_by_a_sentence_that_says_so_in_its_own_words() -> None:
    text = PALACE.replace(
        "8.加强安全管理。", "8.加强安全管理。各部门负责协调本级资源推动场馆开放,"
    )
    plan = import_source(SourceText(text), id="palace-2032")
    assert "各部门负责协调本级资源" in ask("由谁负责协调本级资源", plan).text
    assert ask("消防演练由谁负责", plan).outcome is Outcome.NOT_IN_PLAN
    assert ask("消防演练由谁领导", plan).outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    ("question", "section", "task"),
    [
        ("追风夏令营在第几条", "一、丰富课外活动", "2.举办成长营地"),
        ("蓝鲸计划属于哪一部分", "一、丰富课外活动", "1.开设兴趣课程"),
        ("云上少年宫在哪一条", "三、改善场馆条件", "7.搭建网上平台"),
    ],
)
def test_where_is_answered_with_the_headings_of_the_part_and_the_task(
    question: str, section: str, task: str
) -> None:
    reply = answered(question)
    assert section in reply.text
    assert task in reply.text
    assert {section, task} <= set(quotes(reply).splitlines())


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("蓝鲸计划是什么", "实施“蓝鲸计划”"),
        ("介绍一下追风夏令营", "“追风夏令营”招收600名营员"),
        ("萤火科学行动", "“萤火科学行动”每月为小学生举办一次观星活动"),
        ("四点半托管是什么", "推行“四点半托管”制度"),
        ("辅导教师星级评定办法讲什么", "制定《辅导教师星级评定办法》"),
    ],
)
def test_a_name_is_looked_up_in_the_plan(question: str, quote: str) -> None:
    reply = answered(question)
    assert quote in reply.text
    assert reply.understood.programs


def test_several_names_are_looked_up_together() -> None:
    reply = answered("蓝鲸计划和追风夏令营分别是什么")
    assert tasks(reply) == {(1, 1), (1, 2)}
    assert set(reply.understood.programs) == {"蓝鲸计划", "追风夏令营"}


@pytest.mark.parametrize("question", ["有没有消防演练", "有消防演练吗", "是不是要开展消防演练"])
def test_yes_or_no_is_answered_with_what_the_plan_says(question: str) -> None:
    assert "开展2次消防演练" in answered(question).text


def test_a_list_question_is_answered_with_what_is_listed() -> None:
    assert "更新钢琴、画架等器材" in answered("要更新哪些器材").text


@pytest.mark.parametrize("question", ["第3条讲什么", "第三条", "任务三是什么", "第３条", "(三)"])
def test_a_task_is_quoted_by_its_number(question: str) -> None:
    reply = answered(question)
    task = palace().tasks[2]
    assert reply.text == task.text
    assert task.text in quotes(reply)


def test_the_last_task_is_quoted() -> None:
    assert answered("最后一条讲什么").text == palace().tasks[-1].text


@pytest.mark.parametrize("question", ["第二部分有哪些内容", "第二部分讲什么", "第2部分"])
def test_a_part_is_answered_with_its_headings(question: str) -> None:
    lines = quotes(answered(question)).splitlines()
    assert lines == ["二、建设教师队伍", "4.培训辅导教师", "5.完善激励办法"]


def test_the_last_part_is_answered_with_its_headings() -> None:
    assert tasks(answered("最后一部分讲什么")) == {(3, 6), (3, 7), (3, 8)}


@pytest.mark.parametrize(
    ("question", "choices"),
    [("第1条讲什么", [(1, 1), (2, 1)]), ("第二条", [(1, 2), (2, 2)])],
)
def test_a_number_that_several_parts_have_is_asked_back(
    question: str, choices: list[tuple[int, int]]
) -> None:
    reply = ask(question, harbour())
    assert reply.outcome is Outcome.AMBIGUOUS
    assert tasks(reply) == set(choices)
    assert len(reply.choices) == len(choices)
    for choice, place in zip(reply.choices, choices, strict=True):
        assert choice.label in reply.text
        picked = ask(choice.text, harbour())
        assert picked.outcome is Outcome.ANSWERED
        assert tasks(picked) == {place}


@pytest.mark.parametrize("question", ["第二部分第一条讲什么", "二、(一)"])
def test_part_and_number_together_name_one_task(question: str) -> None:
    reply = ask(question, harbour())
    assert reply.outcome is Outcome.ANSWERED
    assert tasks(reply) == {(2, 1)}


@pytest.mark.parametrize("question", ["有哪些量化指标", "所有指标", "列出全部数字"])
def test_all_figures_are_listed_and_counted(question: str) -> None:
    reply = answered(question)
    assert [figure for _, figure in reply.figures] == list(palace().figures)
    assert str(len(palace().figures)) in reply.text
    assert all(figure.quote in reply.text for figure in palace().figures)


def test_the_figures_of_one_part_are_listed() -> None:
    found = [figure for _, figure in answered("第三部分有哪些量化指标").figures]
    assert found == [figure for figure in palace().figures if figure.task.section == 3]


def test_the_figures_of_one_topic_are_listed() -> None:
    figures = [figure for _, figure in answered("教师方面有哪些指标").figures]
    assert {figure.value for figure in figures} >= {120, 3, 20}
    assert all(figure.task.section == 2 for figure in figures)


def test_the_deadlines_of_one_part_are_listed() -> None:
    found = [item for _, item in answered("第二部分有哪些时间节点").deadlines]
    assert found == [item for item in palace().deadlines if item.task.section == 2]


@pytest.mark.parametrize("question", ["有哪些时间节点", "哪些任务有时间要求", "时间表"])
def test_all_deadlines_are_listed_and_counted(question: str) -> None:
    reply = answered(question)
    assert [item for _, item in reply.deadlines] == list(palace().deadlines)
    assert str(len(palace().deadlines)) in reply.text
    assert all(item.quote in reply.text for item in palace().deadlines)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("上半年要完成哪些任务", 1, 6),
        ("下半年要完成什么", 7, 12),
        ("6月底前要完成什么", 6, 6),
        ("六月底前要完成什么", 6, 6),
    ],
)
def test_what_is_due_in_a_time_of_the_year_is_listed_and_nothing_else(
    question: str, first: int, last: int
) -> None:
    due = [item for item in palace().deadlines if item.date and first <= item.date.month <= last]
    assert [item for _, item in answered(question).deadlines] == due


@pytest.mark.parametrize("question", ["哪些地方提到教师", "跟教师有关的内容有哪些"])
def test_a_topic_is_answered_with_every_sentence_about_it(question: str) -> None:
    text = quotes(answered(question))
    for part in ("培训辅导教师120人次", "教师缺勤率控制在3%以内", "评出20名五星教师"):
        assert part in text
    assert "消防" not in text


def test_tasks_parts_and_projects_are_counted() -> None:
    reply = answered("一共多少条任务")
    assert "8" in reply.text
    assert len(tasks(reply)) == 8
    reply = answered("一共有几个部分")
    assert "3" in reply.text
    assert len(reply.evidence) == 3
    reply = answered("有多少个项目")
    assert "4" in reply.text
    assert set(quotes(reply).splitlines()) == PROJECTS
    reply = answered("第一部分有几条")
    assert "3" in reply.text
    assert tasks(reply) == {(1, 1), (1, 2), (1, 3)}


@pytest.mark.parametrize("question", ["今年主要做什么", "目录", "主要内容有哪些"])
def test_an_overview_is_every_heading(question: str) -> None:
    lines = quotes(answered(question)).splitlines()
    assert [line[2:] for line in lines] == [
        title
        for section in palace().sections
        for title in (
            section.title,
            *(task.title for task in palace().tasks if task.section == section.number),
        )
    ]


@pytest.mark.parametrize("question", ["这是哪个单位的计划", "这是哪一年的计划", "标题是什么"])
def test_the_plan_itself_is_named_by_its_title(question: str) -> None:
    assert "青禾县少年宫2032年工作计划" in answered(question).text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("有哪些项目", PROJECTS),
        ("有哪些文件", {"《辅导教师星级评定办法》"}),
        ("有哪些制度", {"四点半托管"}),
    ],
)
def test_names_of_a_kind_are_listed(question: str, names: set[str]) -> None:
    reply = answered(question)
    assert set(quotes(reply).splitlines()) == names
    assert all(name in reply.text for name in names)


@pytest.mark.parametrize(
    "message",
    [
        "你好",
        "您好呀",
        "hello",
        "早上好",
        "谢谢",
        "好的谢谢",
        "多谢晒",
        "哈哈你真厉害",
        "拜拜下次再来找你",
        "你能做什么",
        "怎么用",
    ],
)
def test_small_talk_is_answered_without_a_word_of_the_plan_as_evidence(message: str) -> None:
    reply = ask(message)
    assert reply.outcome is Outcome.CHITCHAT
    assert reply.text
    assert not reply.evidence


def test_what_a_greeting_suggests_is_answered() -> None:
    for question in ("蓝鲸计划是什么", "有哪些量化指标", "第8条讲什么"):
        assert question in ask("你好").text
        assert ask(question).outcome is Outcome.ANSWERED


SAME = [
    ("蓝鲸计划开设多少门课程", "藍鯨計劃開設多少門課程"),
    ("蓝鲸计划开设多少门课程", "请问一下，蓝鲸计划开设多少门课程呢？😀"),
    ("蓝鲸计划开设多少门课程", "蓝\u200b鲸计划开设多少门课程\ud83d"),
    ("蓝鲸计划的目标是多少", "lanjing jihua de mubiao shi duoshao"),
    ("消防演练一年几次", "xiaofang yanlian yinian jici"),
    ("天文台改造什么时候完成", "天文台改造幾時完成㗎"),
    ("追风夏令营招多少人", "追風夏令營招幾多人"),
    ("追风夏令营招多少人", "ｚｆｘｌｙ招多少人"),
    ("第3条讲什么", "第三條講咩"),
]


@pytest.mark.parametrize(("plain", "typed"), SAME)
def test_however_it_is_typed_the_same_question_gets_the_same_quotes(
    plain: str, typed: str
) -> None:
    assert quotes(ask(typed)) == quotes(answered(plain))


@pytest.mark.parametrize("question", ["蓝鲸计划是什么", "有哪些量化指标", "海豚计划", "谢谢"])
def test_the_same_question_gets_the_same_reply(question: str) -> None:
    again = Answerer((palace(),), lexicon(), limits())
    context = Context()
    first = answerer(palace()).answer(question, context, TODAY)
    for other in (answerer(palace()), again):
        turn = other.answer(question, context, TODAY)
        assert replace(turn.reply, ms=0.0) == replace(first.reply, ms=0.0)
        assert turn.context == first.context


def test_several_programs_in_one_question_are_each_answered() -> None:
    reply = answered("追风夏令营和蓝鲸计划的目标分别是多少")
    assert "600名" in reply.text
    assert "240门" in reply.text


def test_a_reply_can_be_explained() -> None:
    first = answerer(palace()).answer("追风夏令营招多少人", Context(), TODAY)
    why = answerer(palace()).answer("为什么", first.context, TODAY).reply
    assert why.outcome is Outcome.ANSWERED
    assert "追风夏令营" in why.text


def test_a_keepers_synonym_finds_what_the_plan_writes() -> None:
    plan = replace(palace(), synonyms=(("洋琴", "钢琴"),))
    assert ask("有没有洋琴").outcome is Outcome.NOT_IN_PLAN
    reply = ask("有没有洋琴", plan)
    assert reply.outcome is Outcome.ANSWERED
    assert "80万元" in reply.text


words = [
    *("蓝鲸计划", "追风夏令营", "教师", "消防演练", "第3条", "星光教室", "注册用户", "6月"),
    *("是什么", "多少", "什么时候", "谁负责", "有哪些", "在第几条", "吗", "预算", "海豚计划"),
]


@given(st.lists(st.sampled_from(words), min_size=1, max_size=4).map("".join))
@settings(max_examples=200, deadline=None)
def test_every_figure_and_deadline_told_stands_within_the_evidence(question: str) -> None:
    reply = ask(question)
    spans = [(item.start, item.end) for item in reply.evidence]
    for _, figure in reply.figures:
        assert any(a <= figure.start and figure.end <= b for a, b in spans), figure.quote
    for _, deadline in reply.deadlines:
        assert any(a <= deadline.start and deadline.end <= b for a, b in spans), deadline.quote
