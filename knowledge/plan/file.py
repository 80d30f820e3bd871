"""Reading a plan's files: the generated part, its source text, and the keeper's part."""

from __future__ import annotations

from pathlib import Path

from yaml.nodes import Node

from knowledge.plan.dump import FORMAT, digest, keeper_path, source_path
from knowledge.plan.keeper import apply_keeper
from knowledge.plan.model import Plan
from knowledge.plan.nodes import NodeReader
from knowledge.plan.problems import PlanFileError, Problem
from knowledge.plan.records import build_plan
from knowledge.plan.wording import name_of

_PLAN_KEYS = (
    "format",
    "id",
    "title",
    "title_span",
    "year",
    "issuer",
    "source",
    "warnings",
    "preamble",
    "sections",
    "tasks",
    "figures",
    "deadlines",
    "programs",
    "owners",
    "skipped",
)


def load_plan(path: Path) -> Plan:
    """Load the plan file at `path` with its source text and the keeper's part merged in.

    Every record's quote is checked against the source. Raises PlanFileError with all problems.
    """
    plan, problems = read_plan(path)
    if plan is None or problems:
        raise PlanFileError(problems)
    return plan


def read_plan(path: Path) -> tuple[Plan | None, list[Problem]]:
    """Read the plan file at `path`: the plan, None if unreadable, and all problems found."""
    generated = NodeReader(path)
    plan = _read_generated(generated)
    problems = list(generated.problems)
    keeper = NodeReader(keeper_path(path))
    if keeper.path.exists():
        root = keeper.load()
        if plan is not None and root is not None:
            plan = apply_keeper(plan, keeper, root)
        problems += keeper.problems
    return plan, problems


def _read_generated(reader: NodeReader) -> Plan | None:
    root = reader.load()
    if root is None:
        if not reader.problems:
            reader.report(1, "empty")
        return None
    found = reader.mapping(root, name_of("file"), _PLAN_KEYS)
    if reader.problems:
        return None
    form = reader.integer(found["format"], "format")
    if form != FORMAT:
        reader.report(found["format"], "format", found=form, expected=FORMAT)
        return None
    source = _read_source(reader, found["source"])
    if source is None:
        return None
    return build_plan(reader, found, source)


def _read_source(reader: NodeReader, node: Node) -> str | None:
    """Return the source text, None where it is missing or not the one that was imported."""
    found = reader.mapping(node, "source", ("file", "characters", "sha256"))
    file = source_path(reader.path)
    name = reader.text(found.get("file"), "file")
    if name and name != file.name:
        file = reader.path.with_name(Path(name).name)
    try:
        source = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        reader.report(node, "source_missing", file=file.name)
        return None
    except (OSError, UnicodeDecodeError) as fault:
        reader.report(node, "unreadable", detail=fault)
        return None
    if digest(source) != reader.text(found.get("sha256"), "sha256"):
        expected = reader.integer(found.get("characters"), "characters")
        reader.report(node, "source_changed", file=file.name, found=len(source), expected=expected)
        return None
    return source
