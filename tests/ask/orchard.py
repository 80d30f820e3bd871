"""A made-up plan to talk about: things of one kind beside each other, lists and enumerations."""

from __future__ import annotations

from functools import cache

from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.plan.model import Plan

ORCHARD = """云岫县果业局2034年工作要点

2034年,云岫县果业局重点抓好以下工作。

一、扩大种植规模

1.稳定果园面积。全县果园面积稳定在30万亩,其中苹果20万亩、柑橘8万亩,由种植股负责。
2.改造老旧果园。改造老旧果园1200亩,每亩补助400元,投入资金48万元,优质果率由52%提高到60%。北坡果园6月底前完成改造,其余果园11月底前完成改造。
3.开展技术培训。举办果农培训班12期,每期3天,开设修剪、嫁接、施肥等课程。

二、拓展销售渠道

4.培育果品品牌。新开“红霞铺子”网店5家,网店总数达到14家。“金穗市集”每月举办一场,入场摊位不少于80个。
5.建设仓储设施。建成村级冷库15座,9月底前投入使用,由市场股负责。向果农每周推送行情2次,聘请仓储顾问6名。
6.举办采摘节庆。10月举办采摘节,接待游客2万人次。
"""


@cache
def orchard() -> Plan:
    """A fruit bureau's plan."""
    return import_source(SourceText(ORCHARD), id="orchard-2034")
