"""Several plans loaded at once."""

from __future__ import annotations

import pytest

from knowledge.ask.reply import Context, Outcome, Reply
from tests.ask.plans import harbour, palace, say, talk

PLANS = (palace(), harbour())


def ask_both(question: str, context: Context | None = None) -> Reply:
    return say(question, context or Context(), *PLANS).reply


def plans_of(reply: Reply) -> set[str]:
    return {item.plan for item in reply.evidence}


@pytest.mark.parametrize(
    ("question", "plan", "words"),
    [
        ("蓝鲸计划开设多少门课程", "palace-2032", "240门"),
        ("渔火传习计划招多少学徒", "harbour-2033", "40名"),
        ("渔火传习计划谁负责", "harbour-2033", "非遗部"),
        ("电路检修什么时候完成", "palace-2032", "3月底前"),
        ("什么时候录制渔歌", "harbour-2033", "10月底前"),
    ],
)
def test_the_plan_that_says_it_answers(question: str, plan: str, words: str) -> None:
    reply = ask_both(question)
    assert reply.outcome is Outcome.ANSWERED
    assert plans_of(reply) == {plan}
    assert words in reply.text


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("2032年有哪些量化指标", "palace-2032"),
        ("2033年有哪些量化指标", "harbour-2033"),
        ("32年有哪些时间节点", "palace-2032"),
        ("二〇三三年有哪些时间节点", "harbour-2033"),
        ("2032年第1条讲什么", "palace-2032"),
        ("2033年第1条讲什么", "harbour-2033"),
    ],
)
def test_the_year_decides_which_plan_is_asked(question: str, plan: str) -> None:
    assert plans_of(ask_both(question)) == {plan}


def test_a_year_no_plan_is_about_is_refused_with_the_years_there_are() -> None:
    reply = ask_both("2031年有哪些指标")
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert reply.missing == ("2031年",)
    assert "2032" in reply.text
    assert "2033" in reply.text


def test_a_program_of_one_year_is_not_told_for_another() -> None:
    reply = ask_both("2033年蓝鲸计划的目标是多少")
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert reply.missing


def test_the_newest_plan_is_asked_first_where_nothing_tells() -> None:
    assert plans_of(ask_both("有哪些量化指标")) == {"harbour-2033"}
    assert plans_of(say("有哪些量化指标", Context(), *reversed(PLANS)).reply) == {"harbour-2033"}


@pytest.mark.parametrize(
    ("first", "plan"),
    [("蓝鲸计划是什么", "palace-2032"), ("渔火传习计划是什么", "harbour-2033")],
)
@pytest.mark.parametrize("then", ["有哪些量化指标", "有哪些时间节点", "第2条讲什么", "一共几条"])
def test_the_plan_just_spoken_of_is_asked_first(first: str, plan: str, then: str) -> None:
    assert plans_of(talk(first, then, plans=PLANS)) == {plan}


@pytest.mark.parametrize(
    ("first", "then", "plan"),
    [
        ("蓝鲸计划是什么", "目标呢", "palace-2032"),
        ("渔火传习计划是什么", "谁负责", "harbour-2033"),
        ("2032年第3条", "下一条", "palace-2032"),
        ("潮声巡演是什么", "原文呢", "harbour-2033"),
    ],
)
def test_what_leans_on_the_last_turn_stays_in_its_plan(first: str, then: str, plan: str) -> None:
    reply = talk(first, then, plans=PLANS)
    assert reply.outcome is Outcome.ANSWERED
    assert plans_of(reply) == {plan}


def test_a_name_of_the_other_plan_changes_the_plan() -> None:
    reply = talk("蓝鲸计划是什么", "渔火传习计划招多少学徒", plans=PLANS)
    assert plans_of(reply) == {"harbour-2033"}
    assert "40名" in reply.text


def test_what_no_plan_says_is_refused() -> None:
    reply = ask_both("海豚计划是什么")
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert "海豚计划" in reply.missing
    assert not reply.evidence
