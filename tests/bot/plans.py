"""Invented plans, read from their text by the importer's own steps."""

from __future__ import annotations

import textwrap

from knowledge.importer.clauses import split_clauses
from knowledge.importer.deadlines import find_deadlines
from knowledge.importer.figures import find_figures
from knowledge.importer.outline import find_outline
from knowledge.importer.owners import find_owners
from knowledge.importer.programs import find_programs
from knowledge.plan.model import Plan

LIBRARY_TEXT = textwrap.dedent("""\
    河湾县图书馆2024年工作计划

    一、办好阅读服务

    1.扩大阅读覆盖。实施“晨光书屋”计划,新建不少于12个社区书屋。今年9月前完成全部书屋选址,到年底80%以上的书屋开放。
    2.培训馆员队伍。馆员每2年轮训1遍,每年集中开展业务评议工作。举办“夜读会”活动,全年不少于30场。

    二、守护地方文献

    3.修复古籍善本。到年底修复古籍200册,控制破损率在5%以内。制定《古籍普查三年行动计划》,在任期内完成普查。
    4.建设数字平台。建成“云上河湾”平台,注册读者突破1.5万人。推广“晨光读者证”制度。
    """)


def plan_from(text: str, plan_id: str) -> Plan:
    """Return the plan that `text` holds."""
    outline = find_outline(text)
    clauses = split_clauses(text, outline.paragraphs)
    programs = find_programs(text, outline.tasks, clauses)
    return Plan(
        id=plan_id,
        title=outline.title,
        year=outline.year,
        issuer=outline.issuer,
        source=text,
        sections=outline.sections,
        tasks=outline.tasks,
        clauses=clauses,
        figures=find_figures(text, clauses, programs, outline.year),
        deadlines=find_deadlines(text, clauses, programs, outline.year),
        programs=programs,
        owners=find_owners(text, clauses),
        preamble=outline.preamble,
        skipped=outline.skipped,
        title_span=outline.title_span,
        warnings=outline.warnings,
    )


def library_plan() -> Plan:
    """Return the plan of an invented county library."""
    return plan_from(LIBRARY_TEXT, "library-2024")
