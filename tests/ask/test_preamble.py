"""What a plan says before its first task is asked for by what it is, or by its words."""

from __future__ import annotations

from functools import cache

import pytest

from knowledge.ask.answer import Answerer
from knowledge.ask.reply import Context, Outcome, Reply
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from tests.ask.plans import TODAY, ask, lexicon, limits

FERRY = """白鹭湾渡口管理所2032年工作计划

各渡口、机关各科室：

2032年全所工作的总体要求是:以群众过河安全为主线,守好18处渡口,服务沿岸2.3万名居民。

一、守好安全

1.检修渡船。检修渡船26艘,5月底前完成。
2.培训船工。培训船工90人次。
"""


@cache
def ferry() -> Answerer:
    return Answerer((import_source(SourceText(FERRY), id="ferry-2032"),), lexicon(), limits())


def reply_to(question: str) -> Reply:
    return ferry().answer(question, Context(), TODAY).reply


@pytest.mark.parametrize(
    "question", ["指导思想是什么", "今年工作的总体要求", "工作主线是啥", "开头那段讲了什么"]
)
def test_what_guides_a_plan_is_quoted_from_its_preamble(question: str) -> None:
    reply = reply_to(question)
    assert reply.outcome is Outcome.ANSWERED, reply.text
    assert "以群众过河安全为主线" in reply.text
    assert "各渡口" not in reply.text
    assert [item.task for item in reply.evidence] == [None]


def test_a_number_of_the_preamble_is_told_where_the_tasks_are_silent() -> None:
    reply = reply_to("沿岸居民有多少")
    assert reply.outcome is Outcome.ANSWERED, reply.text
    assert "2.3万名居民" in reply.text


@pytest.mark.parametrize("question", ["沿岸居民的工资是多少", "安全生产的指导思想", "渡口居民"])
def test_more_than_the_preamble_says_is_not_answered_from_it(question: str) -> None:
    reply = reply_to(question)
    assert all(item.task is not None for item in reply.evidence)


def test_without_a_preamble_it_is_said_not_to_be_there() -> None:
    assert ask("指导思想是什么").outcome is Outcome.NOT_IN_PLAN
