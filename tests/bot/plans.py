"""Invented plans, read from their text by the importer."""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path

from bot.knowledge_base import answerer_for
from knowledge.ask.answer import Answerer
from knowledge.importer.build import import_document
from knowledge.plan.model import Plan
from knowledge.plan.write import write_plan

LIBRARY_TEXT = textwrap.dedent("""\
    河湾县图书馆2024年工作计划

    一、办好阅读服务

    1.扩大阅读覆盖。实施“晨光书屋”计划,新建不少于12个社区书屋。今年9月前完成全部书屋选址,到年底80%以上的书屋开放。
    2.培训馆员队伍。馆员每2年轮训1遍,每月集中开展业务评议工作。举办“夜读会”活动,全年不少于30场。

    二、守护地方文献

    3.修复古籍善本。到年底修复古籍200册,控制破损率在5%以内。制定《古籍普查三年行动计划》,在任期内完成普查。
    4.建设数字平台。建成“云上河湾”平台,注册读者突破1.5万人。推广“晨光读者证”制度。
    """)


def write_library(folder: Path) -> Path:
    """Write the plan file of an invented county library into `folder` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    document = folder / "library-2024.txt"
    document.write_text(LIBRARY_TEXT, encoding="utf-8")
    path = folder / "library-2024.yaml"
    write_plan(import_document(document), path)
    return path


def plan_from(text: str, folder: Path, name: str) -> Plan:
    """Return the plan that `text` holds, with the id `name`."""
    document = folder / f"{name}.txt"
    document.write_text(text, encoding="utf-8")
    return import_document(document)


@cache
def library_answers(plan: Plan) -> Answerer:
    """Return what answers from the plan, made once for all tests."""
    return answerer_for([plan])
