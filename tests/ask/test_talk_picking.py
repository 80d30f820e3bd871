"""Things shown before that a message picks, asks for again, or asks more of."""

from __future__ import annotations

import pytest

from knowledge.ask.reply import Outcome
from tests.ask.orchard import orchard
from tests.ask.plans import harbour, quotes, talk, tasks


def told(*messages: str) -> str:
    """Return what the reply to the last message of a conversation about the orchard says."""
    reply = talk(*messages, plans=(orchard(),))
    assert reply.outcome is Outcome.ANSWERED, reply.text
    return reply.text


@pytest.mark.parametrize("then", ["第二个是啥", "第二个展开讲讲", "看看第二个"])
def test_a_task_of_a_list_is_shown_by_its_place_in_the_list(then: str) -> None:
    assert "5.建设仓储设施" in told("第二部分有几条", then)


def test_a_number_that_several_parts_print_is_that_of_the_part_spoken_of() -> None:
    reply = talk("第二部分有几条", "第二项说说", plans=(harbour(),))
    assert tasks(reply) == {(2, 2)}


def test_a_place_counted_in_the_list_just_shown_is_no_printed_number() -> None:
    assert "5.建设仓储设施" in told("第二部分有几条", "第二条细说")
    assert "6.举办采摘节庆" in told("第二部分有几条", "第6条细说")
    assert "2.改造老旧果园" in told("冷库建几座", "第二条讲什么")


def test_the_last_task_of_a_list_is_shown_and_the_one_before_it() -> None:
    assert "3.开展技术培训" in told("第一部分有几条", "最后一个细说")
    assert "2.改造老旧果园" in told("第一部分有几条", "最后一个细说", "它的上一条呢")


def test_what_is_asked_of_a_picked_thing_is_answered_of_it() -> None:
    assert "10月" in told("第二部分有几条", "第三个什么时候")
    assert "市场股" in told("第二部分有几条", "第二个谁负责")


def test_a_list_can_be_picked_from_again_and_again() -> None:
    reply = told("第二部分有几条", "第二个展开讲讲", "它推送几次", "第三个呢")
    assert "6.举办采摘节庆" in reply


def test_a_place_is_told_of_a_thing_picked() -> None:
    assert "二、拓展销售渠道 › 6.举办采摘节庆" in told("第二部分有几条", "第三个是哪条")


def test_one_of_several_things_named_in_a_sentence_is_picked() -> None:
    assert told("开设哪些课程", "第二个是啥") == "嫁接"
    assert told("开设哪些课程", "最后一个呢").startswith("施肥")


def test_there_is_nothing_to_pick_beyond_the_last() -> None:
    reply = talk("第二部分有几条", "第七个呢", plans=(orchard(),))
    assert reply.outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize("then", ["分别是啥", "列一下", "哪几条", "都有什么"])
def test_what_was_counted_is_listed(then: str) -> None:
    reply = talk("第二部分有几条", then, plans=(orchard(),))
    assert {task for _, task in tasks(reply)} == {4, 5, 6}


@pytest.mark.parametrize("then", ["就这些?", "原话给我看看", "叫什么名字"])
def test_the_whole_sentence_is_quoted_again(then: str) -> None:
    assert "每期3天" in told("开设哪些课程", then)


def test_after_a_list_by_topic_nothing_off_the_topic_is_quoted() -> None:
    assert "行情" in told("哪些任务提到果农")
    reply = talk("哪些任务提到果农", "还有吗", plans=(orchard(),))
    assert reply.outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize("then", ["上一条说的是什么", "它的上一条呢", "再看上一条"])
def test_the_task_before_is_shown_however_it_is_asked_for(then: str) -> None:
    assert "3.开展技术培训" in told("红霞铺子新开几家", then)


@pytest.mark.parametrize("then", ["原来呢", "以前是多少", "之前多少", "原先是"])
def test_what_a_figure_starts_from_is_quoted(then: str) -> None:
    assert "由52%" in told("优质果率要到多少", then)


def test_what_no_figure_starts_from_is_refused() -> None:
    reply = talk("冷库建几座", "以前是多少", plans=(orchard(),))
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert not reply.evidence


def test_all_together_and_all_others_are_quoted_where_the_plan_tells_them() -> None:
    assert "14家" in told("红霞铺子新开几家", "一共有几家")
    assert "11月底前" in told("北坡果园什么时候改造完", "其他的呢")


@pytest.mark.parametrize(
    "said",
    [
        ("红霞铺子是什么", "跟金穗市集有什么区别"),
        ("红霞铺子和金穗市集哪个好",),
        ("红霞铺子跟金穗市集有什么关系",),
    ],
)
def test_what_is_compared_is_quoted_one_after_the_other(said: tuple[str, ...]) -> None:
    reply = talk(*said, plans=(orchard(),))
    assert reply.outcome is Outcome.ANSWERED
    assert "网店5家" in quotes(reply)
    assert "每月举办一场" in quotes(reply)


def test_a_comparison_with_what_the_plan_does_not_tell_is_refused() -> None:
    reply = talk("红霞铺子是什么", "跟蓝海铺子有什么区别", plans=(orchard(),))
    assert reply.outcome is Outcome.NOT_IN_PLAN
