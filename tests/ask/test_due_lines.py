"""A labelled line that says when its task is due answers for all that the task says."""

from __future__ import annotations

from functools import cache

import pytest

from knowledge.ask.answer import Answerer
from knowledge.ask.reply import Context, Outcome, Reply
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from tests.ask.plans import TODAY, lexicon, limits

GARDEN = """澄湖植物园2036年重点工作任务书

【第一部分 养好园子】

任务1 温室改造
目标:改造热带温室3座,更换玻璃1200平方米。
措施:拆旧期间二号温室照常开放;引进智能喷灌设备。
完成时限:拆旧工程3月底前完成,喷灌设备8月15日前装好。
责任部门:工程部。

任务2 科普夜游
目标:举办“萤光夜游”活动20场,接待游客8000人次。
措施:夜游期间每周六延时开放至21:30。
完成时限:5月1日启动,9月底结束。
责任部门:科普部牵头,安保部配合。
"""


@cache
def garden() -> Answerer:
    return Answerer((import_source(SourceText(GARDEN), id="garden-2036"),), lexicon(), limits())


def ask(question: str) -> Reply:
    return garden().answer(question, Context(), TODAY).reply


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("萤光夜游什么时候启动", "5月1日"),
        ("萤光夜游什么时候结束", "9月底"),
        ("喷灌设备几月装好", "8月15日"),
        ("温室改造什么时候完成", "3月底前"),
    ],
)
def test_a_time_is_told_by_the_line_of_the_task(question: str, words: str) -> None:
    reply = ask(question)
    assert reply.outcome is Outcome.ANSWERED, reply.text
    assert words in reply.text
    assert reply.evidence[0].task == (2 if "夜游" in question else 1)


def test_a_time_of_day_is_not_cut_in_two() -> None:
    assert "21:30" in ask("夜游期间周六开放到几点").text


def test_who_does_a_task_is_told_by_its_line_without_what_stands_between() -> None:
    reply = ask("萤光夜游谁负责")
    assert reply.outcome is Outcome.ANSWERED, reply.text
    assert "科普部牵头" in reply.text
    assert "9月底" not in reply.text


def test_another_thing_of_the_task_is_not_answered_with_its_times() -> None:
    assert ask("玻璃什么时候退货").outcome is Outcome.NOT_IN_PLAN
