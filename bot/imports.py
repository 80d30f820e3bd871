"""A plan document read, checked with all others, and put into use; or nothing is changed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from knowledge.importer.build import import_document
from knowledge.importer.report import report_lines
from knowledge.plan.library import load_library
from knowledge.plan.model import Plan
from knowledge.plan.write import write_plan

LARGEST = 20 * 1024 * 1024


def read(name: str, content: bytes) -> Plan:
    """Read a document.

    Args:
        name: its file's name, which tells its kind; only the last part is looked at.
        content: what it holds.

    Raises:
        DocumentError: it cannot be read, or holds no plan.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name.replace("\\", "/")).name
        path.write_bytes(content)
        return import_document(path)


def report(plan: Plan) -> list[str]:
    """Return the lines that tell what was read, in Chinese."""
    return report_lines(plan)


def put(plan: Plan, folder: Path) -> None:
    """Write a plan into a folder of plans, once it is valid together with the others.

    Raises:
        PlanFileError: it is not, and nothing was changed.
    """
    with tempfile.TemporaryDirectory() as trial:
        copy = Path(trial) / "plans"
        shutil.copytree(folder, copy)
        write_plan(plan, copy / f"{plan.id}.yaml")
        load_library(copy)
    write_plan(plan, folder / f"{plan.id}.yaml")
