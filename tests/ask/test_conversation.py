"""Messages that lean on what was said before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.ask.reply import Context, Outcome
from tests.ask.plans import ask, harbour, palace, quotes, say, talk, tasks


def test_a_figure_is_asked_of_the_program_just_spoken_of() -> None:
    reply = talk("蓝鲸计划是什么", "目标呢")
    assert reply.outcome is Outcome.ANSWERED
    assert "240门" in reply.text
    assert "蓝鲸计划" in (reply.understood.from_context or "")


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("星光教室是什么", "什么时候建成", "6月底前"),
        ("星光教室是什么", "什么时候完成", "6月底前"),
        ("星光教室是什么", "啥时候搞完", "6月底前"),
        ("萤火科学行动是什么", "多久一次", "每月"),
        ("第6条讲什么", "谁负责", "后勤部"),
        ("追风夏令营是什么", "有多少人", "600名"),
    ],
)
def test_a_question_without_a_subject_is_asked_of_the_last_one(
    first: str, then: str, words: str
) -> None:
    reply = talk(first, then)
    assert reply.outcome is Outcome.ANSWERED
    assert words in reply.text


@pytest.mark.parametrize("then", ["属于哪一部分", "在第几条"])
def test_where_the_last_subject_stands_is_asked(then: str) -> None:
    reply = talk("追风夏令营是什么", then)
    assert reply.outcome is Outcome.ANSWERED
    assert "一、丰富课外活动" in reply.text
    assert "2.举办成长营地" in reply.text


def test_the_last_question_is_asked_of_another_program() -> None:
    reply = talk("蓝鲸计划的目标是多少", "那追风夏令营呢")
    assert reply.outcome is Outcome.ANSWERED
    assert "600名" in reply.text
    assert "240" not in reply.text
    assert reply.understood.programs == ("追风夏令营",)


def test_another_thing_in_the_sentence_just_quoted_is_asked_for() -> None:
    reply = talk("追风夏令营招多少人", "满意率呢")
    assert reply.outcome is Outcome.ANSWERED
    assert "95%" in reply.text


@pytest.mark.parametrize("then", ["还有呢", "还有吗", "继续"])
def test_what_else_the_task_says_is_quoted(then: str) -> None:
    first = talk("蓝鲸计划是什么")
    reply = talk("蓝鲸计划是什么", then)
    assert reply.outcome is Outcome.ANSWERED
    assert "星光教室" in reply.text
    assert not {item.quote for item in reply.evidence} & {item.quote for item in first.evidence}


def test_nothing_more_is_said_where_the_task_says_nothing_more() -> None:
    reply = talk("更新器材要投入多少钱", "还有呢")
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert not reply.evidence


@pytest.mark.parametrize("then", ["原文呢", "原文", "原话是什么"])
def test_the_whole_sentence_is_quoted(then: str) -> None:
    reply = talk("营员满意率达到多少", then)
    assert reply.outcome is Outcome.ANSWERED
    assert "“追风夏令营”招收600名营员,营员满意率达到95%以上,由活动部牵头。" in reply.text


def test_the_tasks_beside_the_last_one_are_quoted() -> None:
    assert talk("第3条讲什么", "下一条").text == palace().tasks[3].text
    assert talk("第3条讲什么", "上一条").text == palace().tasks[1].text
    assert talk("第3条讲什么", "下一条", "下一条").text == palace().tasks[4].text
    assert talk("第3条讲什么", "下一条", "上一条").text == palace().tasks[2].text


def test_the_next_task_of_a_plan_that_numbers_anew_is_in_the_next_part() -> None:
    reply = talk("第一部分第二条", "下一条", plans=(harbour(),))
    assert tasks(reply) == {(2, 1)}


def test_there_is_nothing_beyond_the_first_and_the_last_task() -> None:
    for messages in (("第1条讲什么", "上一条"), ("第8条讲什么", "下一条")):
        reply = talk(*messages)
        assert reply.outcome is Outcome.NOT_IN_PLAN
        assert not reply.evidence


def test_why_is_answered_with_what_the_last_answer_stands_on() -> None:
    first = talk("电路检修什么时候完成")
    reply = talk("电路检修什么时候完成", "为什么")
    assert reply.text
    assert tasks(reply) == tasks(first)


def test_why_may_be_asked_twice() -> None:
    once = talk("电路检修什么时候完成", "为什么")
    assert talk("电路检修什么时候完成", "为什么", "为什么").text == once.text


@pytest.mark.parametrize(("said", "place"), [("第一个", 1), ("第二个", 2), ("2", 2), ("1吧", 1)])
def test_a_choice_is_picked_by_its_number(said: str, place: int) -> None:
    reply = talk("第1条讲什么", said, plans=(harbour(),))
    assert reply.outcome is Outcome.ANSWERED
    assert tasks(reply) == {(place, 1)}


def test_a_choice_is_picked_by_its_button() -> None:
    turn = say("第1条讲什么", Context(), harbour())
    for choice, place in zip(turn.reply.choices, (1, 2), strict=True):
        assert tasks(say(choice.text, turn.context, harbour()).reply) == {(place, 1)}


def test_the_program_offered_for_an_unknown_one_is_picked_by_its_number() -> None:
    reply = talk("蓝海计划是什么", "第一个")
    assert reply.outcome is Outcome.ANSWERED
    assert reply.understood.programs == ("蓝鲸计划",)


def test_a_choice_that_was_not_offered_is_refused() -> None:
    reply = talk("第1条讲什么", "第五个", plans=(harbour(),))
    assert reply.outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    "then",
    [
        "电路检修什么时候完成",
        "第5条讲什么",
        "有哪些量化指标",
        "追风夏令营谁负责",
        "海豚计划是什么",
    ],
)
def test_a_question_with_a_subject_of_its_own_inherits_nothing(then: str) -> None:
    alone, after = ask(then), talk("蓝鲸计划的目标是多少", then)
    assert after.text == alone.text
    assert after.evidence == alone.evidence
    assert after.understood.from_context is None


def test_after_a_change_of_subject_the_new_one_is_leant_on() -> None:
    reply = talk("蓝鲸计划是什么", "追风夏令营是什么", "招多少人")
    assert "600名" in reply.text
    assert "240" not in reply.text


@pytest.mark.parametrize("between", ["谢谢", "你好", "", "\u200b"])
def test_small_talk_and_slips_leave_the_subject_as_it_was(between: str) -> None:
    first = say("蓝鲸计划是什么", Context())
    after = say(between, first.context)
    assert after.context == first.context
    assert "240门" in talk("蓝鲸计划是什么", between, "目标呢").text


def test_the_original_and_the_reasons_leave_the_subject_as_it_was() -> None:
    assert "240门" in talk("蓝鲸计划是什么", "原文", "目标呢").text
    assert "240门" in talk("蓝鲸计划是什么", "为什么", "目标呢").text


@pytest.mark.parametrize("message", ["目标呢", "还有呢", "原文呢", "下一条", "为什么", "那个呢"])
def test_what_leans_on_nothing_is_refused(message: str) -> None:
    reply = ask(message)
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert reply.text
    assert not reply.evidence


def test_a_choice_where_nothing_was_offered_is_refused() -> None:
    assert ask("第二个").outcome is Outcome.NOT_IN_PLAN


def test_choices_are_forgotten_once_something_else_was_answered() -> None:
    context = say("第1条讲什么", Context(), harbour()).context
    assert context.choices
    context = say("渔火传习计划是什么", context, harbour()).context
    assert not context.choices


def test_the_same_message_after_the_same_turns_gets_the_same_reply() -> None:
    messages = ("蓝鲸计划是什么", "目标呢", "那追风夏令营呢", "属于哪一部分")
    one, other = talk(*messages), talk(*messages)
    assert replace(one, ms=0.0) == replace(other, ms=0.0)


def test_a_context_is_the_same_after_it_was_kept() -> None:
    context = say("蓝鲸计划是什么", Context()).context
    kept = Context.from_json(context.to_json())
    assert kept == context
    assert quotes(say("目标呢", kept).reply) == quotes(say("目标呢", context).reply)
