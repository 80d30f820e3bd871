"""The very thing that is asked for, found in a passage: a count, a day, a body, a place."""

from __future__ import annotations

from functools import cache

import pytest

from knowledge.ask.answer import Answerer
from knowledge.ask.reply import Context, Outcome, Reply
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from tests.ask.plans import TODAY, lexicon, limits

STATION = """松溪镇文化站2031年工作要点

一、办好群众活动

1.举办篮球联赛。会同镇中学举办“溪畔杯”篮球赛,6月启动报名,11月底前完成决赛,参赛球队不少于24支。
2.添置文艺器材。全年购置锣鼓、二胡等民间乐器130件,乐器完好率保持在95%以上。
3.推动戏曲下乡。实施“村村有戏”工程,对偏远村给予一次性补助,甲类村5000元、乙类村3000元,8月底前拨付到村。

二、守好乡土文化

4.整理乡土资料。落实《乡土文化三年行动计划(2030—2032年)》,依托县档案馆实施“老歌抢救”项目,整理山歌40首。
5.派驻文化辅导员。选派12名辅导员驻村指导,每季度至少进村一次,自3月起每月10日前上报情况。
6.建设红溪书屋。建设“红溪书屋”6间,在镇文化中心开设“晨读角”,组织“返乡学子”志愿者整理图书,登记读者800人。
"""


@cache
def station() -> Answerer:
    plan = import_source(SourceText(STATION), id="station-2031")
    return Answerer((plan,), lexicon(), limits())


def ask(question: str) -> Reply:
    return station().answer(question, Context(), TODAY).reply


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("民间乐器要添几多件", ["130件"]),
        ("乐器今年的目标是多少", ["130件", "95%"]),
        ("返乡学子能提供多少读者登记", ["800人"]),
    ],
)
def test_a_number_asked_with_a_measure_word_is_told_in_it(question: str, words: list[str]) -> None:
    reply = ask(question)
    assert reply.outcome is Outcome.ANSWERED, reply.text
    assert all(word in reply.text for word in words)


def test_a_number_of_things_is_not_told_in_percent_or_people() -> None:
    assert ask("晨读角有几台电脑").outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("溪畔杯几月开始报名", "6月启动报名"),
        ("村村有戏的补助什么时候拨付", "8月底前"),
        ("辅导员上报是每月几号之前", "10日前"),
    ],
)
def test_a_time_is_that_of_what_is_asked_of_the_name(question: str, words: str) -> None:
    reply = ask(question)
    assert reply.outcome is Outcome.ANSWERED, reply.text
    assert words in reply.text


@pytest.mark.parametrize(
    ("question", "body"),
    [("老歌抢救是哪里负责办的", "县档案馆"), ("溪畔杯由谁来承办", "镇中学")],
)
def test_a_body_that_a_plan_only_names_as_taking_part_is_who_does_it(
    question: str, body: str
) -> None:
    reply = ask(question)
    assert reply.outcome is Outcome.ANSWERED, reply.text
    assert body in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "溪畔杯在哪个城市打决赛",
        "12名辅导员具体派往哪些村",
        "登记的读者现在做到多少人了",
        "2030年整理山歌多少首",
        "绿溪书屋建几间",
        "村村有戏的钱从哪来",
        "晨读角怎样申请",
    ],
)
def test_what_a_passage_does_not_tell_of_its_own_name_is_refused(question: str) -> None:
    reply = ask(question)
    assert reply.outcome is Outcome.NOT_IN_PLAN, reply.text


def test_where_something_is_held_is_told_by_a_place_written_before_it() -> None:
    reply = ask("晨读角在哪儿上课")
    assert reply.outcome is Outcome.ANSWERED, reply.text
    assert "镇文化中心" in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "小陈让我问问,溪畔杯多少支球队",
        "听同事说有个溪畔杯,要多少支球队",
        "隔壁同事问溪畔杯多少支球队",
    ],
)
def test_who_wants_to_know_is_no_part_of_the_question(question: str) -> None:
    reply = ask(question)
    assert reply.outcome is Outcome.ANSWERED, reply.text
    assert "24支" in reply.text


def test_these_few_is_no_question_for_a_number() -> None:
    reply = ask("那几支球队都参加什么,溪畔杯")
    assert reply.understood.intent != "figure"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("hongxi shuwu yao jian duoshao jian", "6间"),
        ("dengji duoshao ren, fanxiang xuezi", "800人"),
    ],
)
def test_typed_pinyin_keeps_the_spaces_between_words(typed: str, words: str) -> None:
    assert words in ask(typed).text
