"""Adding to a keeper's file: the line goes in, and everything else stays as it was written."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

from knowledge.plan.check import check_paths
from knowledge.plan.dump import keeper_path
from knowledge.plan.problems import PlanFileError


def plan_file(folder: Path, plan_id: str) -> Path | None:
    """Return the file of the plan with this id in a folder of plans."""
    for path in sorted(folder.glob("*.yaml")):
        if path.name.endswith(".keeper.yaml"):
            continue
        found = re.search(r"^id:\s*(.+?)\s*$", path.read_text(encoding="utf-8"), re.MULTILINE)
        if found is not None and yaml.safe_load(found[1]) == plan_id:
            return path
    return None


def add_alias(plan: Path, name: str, alias: str) -> Path:
    """Add an alias of a program to the keeper's file of the plan file at `plan`.

    Returns:
        The keeper's file.

    Raises:
        PlanFileError: the file would not be valid; it stays as it was.
        OSError: it cannot be written.
    """
    return _add(plan, "aliases", name, alias)


def add_synonym(plan: Path, said: str, written: str) -> Path:
    """Add what people say for what the plan writes; returns and raises as `add_alias` does."""
    return _add(plan, "synonyms", said, written)


def add_phrasing(plan: Path, quote: str, text: str) -> Path:
    """Add how people ask for what the plan says in `quote`; returns and raises as `add_alias`."""
    item = f"{{quote: {_quoted(quote)}, as: [{_quoted(text)}]}}"
    return _change(plan, lambda before: with_item(before, "asked", item))


def add_untold(plan: Path, text: str) -> Path:
    """Add what people ask that the plan does not tell; returns and raises as `add_alias` does."""
    return _change(plan, lambda before: with_item(before, "untold", _quoted(text)))


def _add(plan: Path, section: str, name: str, value: str) -> Path:
    return _change(plan, lambda before: with_entry(before, section, name, value))


def _change(plan: Path, change: Callable[[str], str]) -> Path:
    """Put a keeper's file changed in its place, if it is valid then."""
    keeper = keeper_path(plan)
    before = keeper.read_text(encoding="utf-8") if keeper.exists() else ""
    _replace(keeper, change(before))
    problems = check_paths([plan])
    if problems:
        _replace(keeper, before)
        raise PlanFileError(problems)
    return keeper


def with_entry(text: str, section: str, name: str, value: str) -> str:
    """Return a keeper's file with one more value for `name` in `section`.

    Comments and order stay; values the name already has stay with it.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(root, yaml.MappingNode):
        for key, node in root.value:
            if key.value == section:
                return _in_section(text, key, node, name, value)
    body = text if not text or text.endswith("\n") else text + "\n"
    return f"{body}{section}:\n  {_entry(name, [value])}\n"


def with_item(text: str, section: str, item: str) -> str:
    """Return a keeper's file with one more item, written in YAML, in the list of `section`."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(root, yaml.MappingNode):
        for key, node in root.value:
            if key.value == section:
                return _in_list(text, key, node, item)
    body = text if not text or text.endswith("\n") else text + "\n"
    return f"{body}{section}:\n  - {item}\n"


def _in_list(text: str, key: yaml.Node, node: yaml.Node, item: str) -> str:
    """Put an item first in a list: before its first in a block, or in its brackets."""
    if isinstance(node, yaml.SequenceNode) and node.value:
        first = node.value[0].start_mark
        if node.flow_style:
            return f"{text[: first.index]}{item}, {text[first.index :]}"
        at = text.rindex("-", 0, first.index)
        indent = " " * (at - text.rfind("\n", 0, at) - 1)
        return f"{text[:at]}- {item}\n{indent}{text[at:]}"
    rest = text[node.end_mark.index :]
    gap = "" if rest.startswith("\n") or not rest else "\n"
    return f"{text[: key.start_mark.index]}{_text(key)}:\n  - {item}{gap}{rest}"


def _in_section(text: str, key: yaml.Node, node: yaml.Node, name: str, value: str) -> str:
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        # An empty section, or one on a line of its own: write it anew as a block.
        old = yaml.safe_load(text[node.start_mark.index : node.end_mark.index] or "{}") or {}
        entries = {str(said): _listed(found) for said, found in dict(old).items()}
        entries[name] = _with(entries.get(name, []), value)
        lines = "".join(f"  {_entry(said, found)}\n" for said, found in entries.items())
        rest = text[node.end_mark.index :]
        gap = "" if rest.startswith("\n") else "\n"
        before = text[: key.start_mark.index]
        return f"{before}{_text(key)}:\n{lines.rstrip()}{gap}{rest}"
    for known, found in node.value:
        if known.value == name:
            old = yaml.safe_load(text[found.start_mark.index : found.end_mark.index])
            values = json.dumps(_with(_listed(old), value), ensure_ascii=False)
            gap = "\n" if text[: found.end_mark.index].endswith("\n") else ""
            start, end = found.start_mark.index, found.end_mark.index
            return text[:start] + values + gap + text[end:]
    at, column = node.value[0][0].start_mark.index, node.value[0][0].start_mark.column
    return f"{text[:at]}{_entry(name, [value])}\n{' ' * column}{text[at:]}"


def _text(node: yaml.Node) -> str:
    return str(node.value)


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _with(values: list[str], value: str) -> list[str]:
    return values if value in values else [*values, value]


def _entry(name: str, values: list[str]) -> str:
    """Return a line of YAML; JSON's quotes are YAML's."""
    return f"{_quoted(name)}: {json.dumps(values, ensure_ascii=False)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _replace(path: Path, text: str) -> None:
    """Put `text` into a file at once, so that nobody reads half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
