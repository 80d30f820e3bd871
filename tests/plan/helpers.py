"""An invented plan with its files, for the tests of plan files."""

from __future__ import annotations

from pathlib import Path

from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.plan.model import Plan
from knowledge.plan.write import write_plan

SOURCE = (
    "青山镇2024年工作要点\r\n\r\n为做好工作，制定本要点。\r\n\r\n一、修路\r\n"
    "1.村路。实施“畅通计划”，年底前修路9公里以上。\r\n2.桥梁。修桥2座，每季度检查1次。\r\n"
    "二、植树\r\n1.荒山。实施“绿荫行动”，6月底前植树500棵以上(牵头单位:林场)。\r\n"
    "2.公园。植树20棵。\r\n\r\n青山镇人民政府\r\n2024年2月1日\r\n"
)


def invented_plan(plan_id: str = "qingshan") -> Plan:
    return import_source(SourceText(SOURCE), id=plan_id)


def write_invented(folder: Path, keeper: str | None = None, plan_id: str = "qingshan") -> Path:
    """Write the invented plan and a keeper's file; return the plan file's path."""
    path = folder / f"{plan_id}.yaml"
    write_plan(invented_plan(plan_id), path)
    if keeper is not None:
        (folder / f"{plan_id}.keeper.yaml").write_text(keeper, encoding="utf-8")
    return path
