"""A plan made up for these tests."""

from __future__ import annotations

from functools import cache

from bot.live import Loaded
from knowledge.ask.answer import Answerer
from knowledge.ask.limits import load_limits
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.language.lexicon import load_lexicon
from knowledge.plan.library import Library
from knowledge.plan.model import Plan

LONG = "".join(f"第{n}批社区书屋开放后,由各街道安排专人登记借阅情况。" for n in range(1, 190))

TEXT = f"""云川市青年文化工作2031年计划

2031年,全市青年文化工作按以下安排推进。

一、办好书香活动
1.推进阅读推广。“晨读计划”组织不少于1200场读书会。6月底前建成35个“书香驿站”。
2.整理地方文献。启动“云川文库”编纂工作,9月底前完成初稿。邀请10名专家参与审校。
二、繁荣青年创作
3.扶持青年创作。“新苗奖”资助80名青年作者。举办“云川创作营”“夏日创作营”,邀请知名作家授课。
4.办好剧场演出。“周末剧场”每月演出不少于4场,上座率达到70%以上。
三、完善服务保障
5.建设社区书屋。{LONG}
6.加强安全管理。每季度开展一次消防安全检查,12月底前完成全部场馆的电路改造。
"""


@cache
def invented_plan() -> Plan:
    """The plan as the importer reads it."""
    return import_source(SourceText(TEXT), id="yunchuan-2031")


@cache
def invented_knowledge() -> Loaded:
    """The plan, and what answers from it."""
    plan = invented_plan()
    answerer = Answerer((plan,), load_lexicon(), load_limits())
    return Loaded(Library((plan,)), answerer)
