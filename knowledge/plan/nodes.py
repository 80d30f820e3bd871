"""Typed reading of YAML nodes that reports every fault with its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from knowledge.plan.model import Span
from knowledge.plan.problems import Problem
from knowledge.plan.wording import LOADER, name_of, problem_text

_TAG = "tag:yaml.org,2002:"


class NodeReader:
    """Reads the nodes of the file at `path` and gathers its problems in source order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def load(self) -> Node | None:
        """Return the file's root node, None if it is empty or cannot be read."""
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            self.report(1, "missing")
        except UnicodeDecodeError as fault:
            line = bytes(fault.object[: fault.start]).count(b"\n") + 1
            self.report(line, "encoding")
        except OSError as fault:
            self.report(1, "unreadable", detail=fault.strerror or fault)
        else:
            return self._compose(text)
        return None

    def report(self, line: int | Node, problem: str, **values: object) -> None:
        """Note a problem at a line, or at the line of a node."""
        number = line if isinstance(line, int) else line.start_mark.line + 1
        self.problems.append(Problem(self.path, number, problem_text(problem, **values)))

    def mapping(
        self, node: Node, name: str, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, Node]:
        """Return the values of a mapping by key; unknown, repeated and absent keys are noted."""
        pairs = self.pairs(node, name)
        known = {*required, *optional}
        found: dict[str, Node] = {}
        for key, value in pairs:
            text = key.value
            if text not in known:
                self.report(key, "unknown", found=text, allowed="、".join([*required, *optional]))
            elif text in found:
                self.report(key, "duplicate", found=text)
            else:
                found[text] = value
        if isinstance(node, MappingNode):
            for text in required:
                if text not in found:
                    self.report(node, "absent", name=text)
        return found

    def pairs(self, node: Node, name: str) -> list[tuple[ScalarNode, Node]]:
        """Return the pairs of a mapping with free keys."""
        if not isinstance(node, MappingNode):
            self.report(node, "mapping", name=name, found=_found(node))
            return []
        pairs = []
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                pairs.append((key, value))
            else:
                self.report(key, "text", name=name, found=_found(key))
        return pairs

    def items(self, node: Node | None, name: str) -> list[Node]:
        """Return the items of a list; none for an absent or empty node."""
        if node is None or _is_null(node):
            return []
        if not isinstance(node, SequenceNode):
            self.report(node, "list", name=name, found=_found(node))
            return []
        return list(node.value)

    def text(self, node: Node | None, name: str) -> str:
        """Return a text, "" where there is none."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode) or _is_null(node):
            self.report(node, "text", name=name, found=_found(node))
            return ""
        return str(node.value)

    def optional_text(self, node: Node | None, name: str) -> str | None:
        """Return a text, None where the node is absent or null."""
        return None if node is None or _is_null(node) else self.text(node, name)

    def integer(self, node: Node | None, name: str) -> int | None:
        """Return an integer, None where the node is absent, null or wrong."""
        if node is None or _is_null(node):
            return None
        value = node.value if isinstance(node, ScalarNode) else ""
        if node.tag == f"{_TAG}int" and value.lstrip("+-").isdecimal():
            return int(value)
        self.report(node, "integer", name=name, found=value or _found(node))
        return None

    def number(self, node: Node | None, name: str) -> float | None:
        """Return a number, None where the node is absent, null or wrong."""
        if node is None or _is_null(node):
            return None
        value = node.value if isinstance(node, ScalarNode) else ""
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if node.tag in {f"{_TAG}int", f"{_TAG}float"} and abs(number) < float("inf"):
            return number
        self.report(node, "number", name=name, found=value or _found(node))
        return None

    def flag(self, node: Node | None, name: str) -> bool:
        """Return a truth value, False where the node is absent or wrong."""
        if node is None:
            return False
        if isinstance(node, ScalarNode) and node.value in {"true", "false"}:
            return bool(node.value == "true")
        self.report(node, "flag", name=name, found=_found(node))
        return False

    def date(self, node: Node | None, name: str) -> dt.date | None:
        """Return a date, None where the node is absent, null or no day of the calendar."""
        if node is None or _is_null(node):
            return None
        value = node.value if isinstance(node, ScalarNode) else ""
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.report(node, "date", name=name, found=value or _found(node))
            return None

    def choice(self, node: Node | None, name: str, allowed: Collection[str]) -> str | None:
        """Return a text that is one of `allowed`, None where it is absent or another."""
        value = self.optional_text(node, name)
        if node is None or value is None or value in allowed:
            return value
        self.report(node, "choice", name=name, allowed="、".join(allowed), found=value)
        return None

    def span(self, node: Node | None, name: str, length: int) -> Span | None:
        """Return a span within a text of `length` characters, None where absent or wrong."""
        if node is None or _is_null(node):
            return None
        values = node.value if isinstance(node, SequenceNode) else []
        numbers = [item.value for item in values if item.tag == f"{_TAG}int"]
        if len(values) == len(numbers) == 2 and all(item.isdecimal() for item in numbers):
            start, end = (int(item) for item in numbers)
            if start <= end <= length:
                return Span(start, end)
        found = (
            "[" + ", ".join(str(item.value) for item in values) + "]" if values else _found(node)
        )
        self.report(node, "span", name=name, length=length, found=found)
        return None

    def _compose(self, text: str) -> Node | None:
        try:
            node: Node | None = yaml.compose(text, Loader=LOADER)
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            detail = getattr(fault, "problem", None) or str(fault).splitlines()[0]
            self.report(mark.line + 1 if mark else 1, "yaml", detail=detail)
            return None
        return None if node is None or _is_null(node) else node


def _is_null(node: Node) -> bool:
    return node.tag == f"{_TAG}null"


def _found(node: Node) -> str:
    if _is_null(node):
        return name_of("nothing")
    if isinstance(node, MappingNode):
        return name_of("a_mapping")
    if isinstance(node, SequenceNode):
        return name_of("a_list")
    return f"“{node.value}”"
