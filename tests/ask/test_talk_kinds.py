"""How long, for each, so far: kinds of things asked of what was spoken of."""

from __future__ import annotations

import pytest

from knowledge.ask.reply import Outcome, Reply
from tests.ask.hostel import hostel
from tests.ask.plans import talk


def said(*messages: str) -> Reply:
    """Return the reply to the last message of a conversation about the hostel."""
    return talk(*messages, plans=(hostel(),))


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("归雁驿站开几家", "最久能住多少天", "7天"),
        ("春蚕贷是什么", "几年还清", "期限3年"),
        ("春蚕贷是什么", "那期限是多长", "期限3年"),
        ("干部要写调研报告吗", "多长时间内写", "任期内"),
        ("老人坐班车要钱吗", "多大岁数才有", "70岁以上"),
    ],
)
def test_how_long_a_thing_lasts_is_told_though_it_is_no_target(
    first: str, then: str, words: str
) -> None:
    reply = said(first, then)
    assert reply.outcome is Outcome.ANSWERED
    assert words in reply.text


def test_a_day_is_asked_for_and_no_year_is_quoted_for_it() -> None:
    assert said("春蚕贷是什么", "几天到账").outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    ("question", "words"),
    [("砺石杯几月开始报名", "4月启动报名"), ("铸剑培训多久轮一遍", "每年")],
)
def test_the_time_of_a_thing_beside_a_name_is_that_of_the_phrase_that_holds_it(
    question: str, words: str
) -> None:
    reply = said(question)
    assert reply.outcome is Outcome.ANSWERED
    assert words in reply.text


def test_a_number_of_each_year_is_not_one_of_each_person() -> None:
    assert said("资助多少困难学生", "每人给多少钱").outcome is Outcome.NOT_IN_PLAN
    assert said("每年资助多少困难学生").outcome is Outcome.ANSWERED


@pytest.mark.parametrize("then", ["现在已经开了多少", "已经开了几家", "目前开了几家了"])
def test_what_was_done_so_far_is_not_what_is_aimed_at(then: str) -> None:
    assert said("归雁驿站开几家", then).outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize("then", ["利率多少", "钱从哪来的"])
def test_a_loan_does_not_tell_its_rate_nor_a_number_where_it_comes_from(then: str) -> None:
    assert said("春蚕贷是什么", then).outcome is Outcome.NOT_IN_PLAN


def test_how_something_is_done_is_told_by_the_passage_of_the_task_that_writes_it() -> None:
    assert "公众号预约" in said("归雁驿站开几家", "怎么预约").text


def test_a_measure_is_counted_otherwise_than_the_thing_before_it() -> None:
    assert "3万小时" in said("支教队员派多少人", "授课时长呢").text


def test_who_does_it_may_be_whom_the_plan_relies_on() -> None:
    assert "依托县党校" in said("铸剑培训多久轮一遍", "由谁来承办").text


def test_which_ones_is_not_how_many() -> None:
    assert said("归雁驿站开几家", "具体是哪几家").outcome is Outcome.NOT_IN_PLAN


def test_a_list_that_is_asked_for_must_be_written_as_one() -> None:
    assert said("两个乡镇的名单").outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize("question", ["对口支援是省内还是省外", "对口支援在省外还是省内"])
def test_of_two_alternatives_the_plan_need_write_but_one(question: str) -> None:
    assert "省内" in said(question).text


def test_alternatives_that_the_plan_does_not_write_are_no_answer() -> None:
    assert said("对口支援是海外还是省外").outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize("then", ["第一批什么时候建好", "头一批几月建好"])
def test_the_first_lot_is_the_first_lot_however_it_is_counted(then: str) -> None:
    assert "5月底前" in said("暖灯小屋怎么建", then).text


def test_what_a_thing_is_made_up_of_is_told_by_the_passage_that_enumerates_it() -> None:
    assert "竹编" in said("研习班办几期", "都学什么").text


def test_one_of_several_things_is_named_first_and_then_asked_of() -> None:
    assert "竹编" in said("归雁驿站开几家", "研习班那个,同时还要做什么").text


@pytest.mark.parametrize("sorry", ["不好意思记错了,是", "抱歉,说错了,", "哎呀打错了,是"])
def test_who_owns_up_to_a_slip_may_say_sorry(sorry: str) -> None:
    assert "12家" in said("白鹭驿站开几家", f"{sorry}归雁驿站").text


@pytest.mark.parametrize("then", ["放在哪家医院", "开在哪个镇"])
def test_which_place_of_a_kind_is_told_only_where_such_a_place_is_written(then: str) -> None:
    assert said("归雁驿站开几家", then).outcome is Outcome.NOT_IN_PLAN
