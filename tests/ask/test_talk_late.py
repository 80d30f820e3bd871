"""Short messages in words the plan does not have, after an answer."""

from __future__ import annotations

import pytest

from knowledge.ask.reply import Outcome
from tests.ask.plans import talk


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("追风夏令营招多少人", "非得600不可吗", "招收600名营员"),
        ("萤火科学行动多久一次", "真的是观星活动?", "观星活动"),
        ("追风夏令营招多少人", "是收营员吧", "招收600名营员"),
    ],
)
def test_what_checks_the_words_just_quoted_quotes_them_again(
    first: str, then: str, words: str
) -> None:
    reply = talk(first, then)
    assert reply.outcome is Outcome.ANSWERED
    assert words in reply.text


@pytest.mark.parametrize("then", ["非得700不可吗", "台湾营员也收吗", "包吃住吗"])
def test_what_names_another_number_or_place_is_not_checked_by_what_was_quoted(then: str) -> None:
    assert talk("追风夏令营招多少人", then).outcome is Outcome.NOT_IN_PLAN


def test_a_measure_tells_which_figure_of_the_last_task_is_asked_for() -> None:
    assert "15间" in talk("蓝鲸计划开多少课程", "弄几间").text


@pytest.mark.parametrize("then", ["谁在做", "牵头的是?", "归哪管", "谁对接"])
def test_who_does_it_is_asked_in_many_ways(then: str) -> None:
    assert "活动部" in talk("追风夏令营招多少人", then).text


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("再往下", "组织科学探索"),
        ("往后翻一条", "组织科学探索"),
        ("往前一条", "开设兴趣课程"),
    ],
)
def test_further_on_and_back_step_from_task_to_task(then: str, words: str) -> None:
    assert words in talk("第2条讲什么", then).text


@pytest.mark.parametrize("opening", ["打错了,", "说错了 我要", "刚才写错, 我是问"])
def test_a_slip_that_is_owned_up_to_is_read_as_what_follows_it(opening: str) -> None:
    assert "600名" in talk("萤火科学行动多久一次", f"{opening}追风夏令营招多少人").text


@pytest.mark.parametrize("then", ["这部分别的条都叫什么", "下面哪几条", "其他任务有哪些"])
def test_the_tasks_of_the_part_spoken_of_are_listed(then: str) -> None:
    reply = talk("第5条讲什么", then)
    assert "培训辅导教师" in reply.text
    assert "完善激励办法" in reply.text


@pytest.mark.parametrize("then", ["这条有哪些数字", "里面的指标有哪些"])
def test_the_numbers_of_the_task_spoken_of_are_listed(then: str) -> None:
    reply = talk("追风夏令营招多少人", then)
    assert "600名" in reply.text
    assert "95%" in reply.text
