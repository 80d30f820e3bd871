"""What a plan does not say is refused, and the refusal names what is missing."""

from __future__ import annotations

import pytest

from knowledge.ask.answer import LONGEST_MESSAGE
from knowledge.ask.reply import Context, Outcome, Reply
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from tests.ask.plans import PALACE, TODAY, answerer, ask, harbour, palace, quotes


def refused(question: str) -> Reply:
    reply = ask(question)
    assert reply.outcome is Outcome.NOT_IN_PLAN, reply.text
    assert not reply.figures or reply.understood.programs
    return reply


@pytest.mark.parametrize(
    ("question", "program", "missing"),
    [
        ("蓝鲸计划的预算是多少", "蓝鲸计划", "预算"),
        ("蓝鲸计划的电话是多少", "蓝鲸计划", "电话"),
        ("蓝鲸计划的地址", "蓝鲸计划", "地址"),
        ("追风夏令营多少钱", "追风夏令营", "预算"),
        ("追风夏令营的报名方式", "追风夏令营", "报名方式"),
        ("追风夏令营办几天", "追风夏令营", "持续时间"),
        ("星光教室的面积", "星光教室", "面积"),
    ],
)
def test_a_thing_not_said_of_a_program_is_named_with_what_is_said_of_it(
    question: str, program: str, missing: str
) -> None:
    reply = refused(question)
    assert missing in reply.missing
    assert program in reply.text
    assert missing in reply.text
    assert program in quotes(reply)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("天文台改造花多少钱", "预算"),
        ("五星教师的奖金是多少", "奖金"),
        ("营员的年龄要求", "年龄要求"),
    ],
)
def test_a_thing_not_said_of_anything_is_named_without_evidence(
    question: str, missing: str
) -> None:
    reply = refused(question)
    assert missing in reply.missing
    assert missing in reply.text
    assert not reply.evidence


@pytest.mark.parametrize(
    ("question", "program"),
    [("蓝鲸计划招多少人", "蓝鲸计划"), ("星光教室有多少人", "星光教室")],
)
def test_a_number_of_another_kind_is_no_answer(question: str, program: str) -> None:
    reply = refused(question)
    assert reply.understood.programs == (program,)
    assert reply.missing == ("人数",)


@pytest.mark.parametrize("name", ["海豚计划", "白兔行动", "骆驼工程"])
def test_an_unknown_program_is_named(name: str) -> None:
    reply = refused(f"{name}的目标是多少")
    assert reply.missing == (name,)
    assert name in reply.text
    assert not reply.evidence


@pytest.mark.parametrize("name", ["蓝海计划", "蓝鸟计划"])
def test_the_program_nearest_to_an_unknown_one_is_offered_and_answers_when_chosen(
    name: str,
) -> None:
    reply = refused(f"{name}是什么")
    assert reply.missing == (name,)
    assert reply.choices[0].text == "蓝鲸计划"
    assert "蓝鲸计划" in reply.text
    assert ask(reply.choices[0].text).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("2019年的目标是什么", "2019年"),
        ("2033年蓝鲸计划是什么", "2033年"),
        ("二〇一九年有哪些指标", "2019年"),
        ("19年有哪些指标", "2019年"),
    ],
)
def test_another_year_is_named_with_the_years_there_are(question: str, year: str) -> None:
    reply = refused(question)
    assert reply.missing == (year,)
    assert year in reply.text
    assert "2032" in reply.text


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("妇联有什么任务", "妇联"),
        ("工会负责什么", "工会"),
        ("香港有什么任务", "香港"),
        ("幼儿园有多少营员", "幼儿园"),
        ("妇联的消防演练一年几次", "妇联"),
    ],
)
def test_another_body_or_place_is_named(question: str, body: str) -> None:
    assert body in refused(question).missing


@pytest.mark.parametrize(
    ("question", "word"),
    [("新建天文台什么时候完成", "新建"), ("中学的观星活动多久一次", "中学")],
)
def test_a_word_that_excludes_what_the_plan_says_is_named(question: str, word: str) -> None:
    assert word in refused(question).missing


@pytest.mark.parametrize(
    ("question", "number"),
    [("营员有6000名吗", "6000"), ("培训200人次吗", "200"), ("教师缺勤率是500%吗", "500%")],
)
def test_another_number_is_named(question: str, number: str) -> None:
    assert number in refused(question).missing


@pytest.mark.parametrize(
    "question",
    ["食堂几点开饭", "修建游泳池吗", "天气怎么样", "安装电梯什么时候完成", "帮我写首诗", "股票"],
)
def test_what_the_plan_is_silent_about_is_refused_without_evidence(question: str) -> None:
    reply = refused(question)
    assert reply.missing
    assert all(word in reply.text for word in reply.missing)
    assert not reply.evidence


def test_one_word_the_plan_knows_does_not_make_it_answer() -> None:
    assert "食堂" in refused("食堂改造什么时候完成").missing


@pytest.mark.parametrize(
    ("question", "missing"), [("第99条讲什么", "第99条"), ("第9部分讲什么", "第9部分")]
)
def test_a_task_or_part_there_is_not_is_named_with_how_many_there_are(
    question: str, missing: str
) -> None:
    reply = refused(question)
    assert reply.missing == (missing,)
    assert ("8" if "条" in missing else "3") in reply.text


@pytest.mark.parametrize("message", ["???", "……", "😀😀", "。", "asdfghjkl", "qwrtp zxcvb", "呢"])
def test_junk_is_refused(message: str) -> None:
    assert not refused(message).evidence


@pytest.mark.parametrize("message", ["", "   ", "\n\t", "\u3000"])
def test_an_empty_message_is_invalid(message: str) -> None:
    reply = ask(message)
    assert reply.outcome is Outcome.INVALID
    assert reply.text


@pytest.mark.parametrize("message", ["\u200b\u200b", "\x00", "\ufeff"])
def test_a_message_without_a_visible_character_is_invalid(message: str) -> None:
    assert ask(message).outcome is Outcome.INVALID


def test_a_message_too_long_is_invalid_and_told_how_long_it_may_be() -> None:
    reply = ask("书" * (LONGEST_MESSAGE + 1))
    assert reply.outcome is Outcome.INVALID
    assert str(LONGEST_MESSAGE) in reply.text
    assert ask("书" * LONGEST_MESSAGE).outcome is not Outcome.INVALID


def test_without_a_plan_every_question_is_refused() -> None:
    reply = answerer().answer("蓝鲸计划是什么", Context(), TODAY).reply
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert reply.text
    assert not reply.evidence


def test_one_plan_never_speaks_of_another_plans_programs() -> None:
    assert ask("渔火传习计划是什么", palace()).outcome is Outcome.NOT_IN_PLAN
    assert ask("蓝鲸计划是什么", harbour()).outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    ("question", "wrote", "meant"),
    [
        ("蓝京计划是什么", "蓝京计划", "蓝鲸计划"),
        ("追峰夏令营招多少人", "追峰夏令营", "追风夏令营"),
        ("消房演练几次", "消房", "消防"),
    ],
)
def test_a_correction_is_told_with_the_answer(question: str, wrote: str, meant: str) -> None:
    reply = ask(question)
    assert reply.outcome is Outcome.ANSWERED
    assert [(item.wrote, item.meant) for item in reply.understood.corrected] == [(wrote, meant)]


@pytest.mark.parametrize("question", ["蓝鲸计划是什么", "消防演练几次", "食堂在哪"])
def test_what_is_spelt_right_is_not_corrected(question: str) -> None:
    assert ask(question).understood.corrected == ()


def test_a_name_with_another_word_in_it_is_no_misspelling() -> None:
    plan = import_source(SourceText(PALACE.replace("追风夏令营", "争做好青年")), id="palace-2032")
    assert [item.meant for item in ask("争做妤青年招多少人", plan).understood.corrected]
    assert not ask("女青年招多少人", plan).understood.corrected


@pytest.mark.parametrize("question", ["女营员招多少", "女教师培训多少人次", "男的辅导教师有多少"])
def test_a_part_of_a_group_is_not_answered_with_the_whole(question: str) -> None:
    assert not refused(question).figures


def test_a_character_that_tells_things_apart_is_found_where_words_begin_with_it() -> None:
    text = PALACE.replace("120人次", "120人次,其中女教师不少于50人次,覆盖教师子女")
    plan = import_source(SourceText(text), id="palace-2032")
    assert "50人次" in ask("女的教师培训多少人次", plan).text
    assert "120人次" not in ask("男教师培训多少人次", plan).text


@pytest.mark.parametrize(
    "question", ["每间星光教室投入多少钱", "平均每个营员交多少钱", "更新器材平均每台多少钱"]
)
def test_a_total_is_no_answer_to_how_much_each_gets(question: str) -> None:
    assert not refused(question).figures


def test_what_a_plan_says_of_its_own_year_is_no_answer_for_another_that_it_names() -> None:
    text = PALACE.replace("注册用户突破2万人", "注册用户比2031年翻一番,突破2万人")
    plan = import_source(SourceText(text), id="palace-2032")
    assert ask("2031年追风夏令营招收多少名营员", plan).outcome is Outcome.NOT_IN_PLAN
    assert ask("注册用户比2031年多多少", plan).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    "question", ["20名五星教师的名单", "观星活动分别办在哪几个镇", "那15间星光教室建在哪几所学校"]
)
def test_a_count_is_no_answer_to_which_ones_they_are(question: str) -> None:
    assert refused(question).missing


def test_things_named_one_after_another_answer_which_ones_they_are() -> None:
    reply = ask("更新的器材分别是哪几种")
    assert reply.outcome is Outcome.ANSWERED
    assert "钢琴、画架" in reply.text
