"""A made-up plan of terms and stays: how long things last, for whom, and in how many lots."""

from __future__ import annotations

from functools import cache

from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.plan.model import Plan

HOSTEL = """望川县青年服务中心2035年工作计划

2035年,望川县青年服务中心做好以下工作。

一、帮助安居乐业

1.接待来县青年。开办“归雁驿站”12家,为求职的毕业生提供最长7天免费住宿。床位通过“归雁小站”公众号预约。70岁以上老人乘坐景区班车免费。
2.扶持青年创业。与望川银行合作发放“春蚕贷”,单户最高20万元、期限3年以内。举办“砺石杯”创业大赛,4月启动报名,10月底前完成决赛。
3.资助困难学生。每年为不少于800名困难学生提供资助。“暖灯小屋”分两批建设,首批40间5月底前建好,第二批9月底前建好。

二、锻炼干部队伍

4.培训基层干部。依托县党校开办“铸剑培训”班,每年对乡镇干部轮训一遍。任期内,每名干部撰写2篇调研报告。
5.开展对口支援。健全省内对口支援机制,举办剪纸、陶艺、竹编等研习班9期,向两个乡镇派出支教队员15名,全年授课总时长达到3万小时。
"""


@cache
def hostel() -> Plan:
    """A youth service centre's plan."""
    return import_source(SourceText(HOSTEL), id="hostel-2035")
