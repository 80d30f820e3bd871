"""Which tasks a number or title in a question stands for."""

from __future__ import annotations

import pytest

from knowledge.ask.reply import Outcome, Reply
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.plan.model import Plan
from tests.ask.plans import ask

_NESTED = """青石镇文化站2031年工作计划

第一部分 总体安排
1. 办好开放日。全年接待读者2万人次。
第二部分 重点任务
（一）场馆
2. 修缮阅览室。6月底前完成修缮,新增座位80个。
（二）活动
3. 举办第三届灯谜会。年底前举办灯谜会4场。
第三部分 保障
4. 管好经费。全年经费支出不超过30万元。
"""


@pytest.fixture(scope="module")
def nested() -> Plan:
    return import_source(SourceText(_NESTED, ()), id="nested-2031", year=None, issuer=None)


def told(question: str, plan: Plan) -> Reply:
    reply = ask(question, plan)
    assert reply.outcome is Outcome.ANSWERED
    return reply


def test_a_part_that_holds_only_smaller_parts_is_told_with_all_below_it(nested: Plan) -> None:
    text = told("第二部分有哪些任务", nested).text
    assert "修缮阅览室" in text
    assert "灯谜会" in text
    assert "管好经费" not in text


def test_a_part_is_known_by_the_number_it_prints(nested: Plan) -> None:
    assert "管好经费" in told("第三部分", nested).text
    assert "管好经费" in told("最后一部分讲什么", nested).text


def test_a_part_that_is_not_there_is_refused(nested: Plan) -> None:
    assert ask("第九部分讲什么", nested).outcome is Outcome.NOT_IN_PLAN


def test_figures_can_be_asked_of_one_part_or_of_one_time(nested: Plan) -> None:
    part = told("第二部分有哪些量化指标", nested).text
    assert "80个" in part
    assert "30万元" not in part
    due = told("6月底前的量化指标有哪些", nested).text
    assert "80个" in due
    assert "4场" not in due


def test_another_ordinal_than_the_plans_is_refused(nested: Plan) -> None:
    assert ask("第五届灯谜会办几场", nested).outcome is Outcome.NOT_IN_PLAN
