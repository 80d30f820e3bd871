"""Checking the files of a lexicon: each fault with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from knowledge.language.lexicon import load_lexicon, read_group, read_yaml
from knowledge.plan.nodes import NodeReader
from knowledge.plan.problems import Problem

# Texts under these keys of the question words are regular expressions.
_PATTERNS = frozenset(
    {
        *("fillers", "asking", "intents", "unit_words", "countable", "kinds", "either"),
        *("measure", "which"),
    }
)
# All texts of these files are.
_ALL_PATTERNS = ("talk.yaml", "whole.yaml")
_FILES = ("attributes.yaml", "cantonese.yaml", "glances.yaml", "questions.yaml", *_ALL_PATTERNS)
_ATTRIBUTE_WORDS = ("asked", "told_by")
_ATTRIBUTE_PATTERNS = ("asked_like", "told_like")
_SYNONYMS = "synonyms"


def bundled_lexicon() -> Path:
    """Return the folder of the lexicon that comes with the program."""
    return Path(__file__).with_name("language") / "data"


def is_lexicon(path: Path) -> bool:
    """Tell by its name whether `path` is a lexicon's folder or one of its files."""
    if path.is_dir():
        return (path / _SYNONYMS).is_dir() or path.name == _SYNONYMS
    return path.name in _FILES or path.parent.name == _SYNONYMS


def check_lexicon(path: Path) -> list[Problem]:
    """Return the problems of a lexicon's folder, or of one file of it."""
    if not path.is_dir():
        return _check_file(path)
    problems: list[Problem] = []
    if path.name != _SYNONYMS:
        for name in _FILES:
            problems += _check_file(path / name)
    folder = path if path.name == _SYNONYMS else path / _SYNONYMS
    for file in sorted(folder.glob("*.yaml")):
        problems += _check_file(file)
    if not problems and path.name != _SYNONYMS:
        problems += _check_whole(path)
    return problems


def _check_whole(folder: Path) -> list[Problem]:
    """Load a lexicon whose files are sound, to find what is absent."""
    try:
        load_lexicon(folder)
    except KeyError as fault:
        return [Problem(folder, 1, _say("absent", name=fault.args[0]))]
    except (TypeError, ValueError, AttributeError, re.error) as fault:
        return [Problem(folder, 1, _say("shape", detail=fault))]
    return []


def _check_file(path: Path) -> list[Problem]:
    reader = NodeReader(path)
    root = reader.load()
    if root is None:
        if not reader.problems:
            reader.report(1, "list", name=_say("file"), found=_say("nothing"))
        return reader.problems
    if path.name == "attributes.yaml":
        _check_attributes(reader, root)
    elif path.name in _FILES:
        for key, value in reader.pairs(root, _say("file")):
            for text in _texts(value):
                pattern = path.name in _ALL_PATTERNS or key.value in _PATTERNS
                _check_text(reader, text, pattern=pattern)
    else:
        _check_synonyms(reader, root)
    return reader.problems


def _check_attributes(reader: NodeReader, root: Node) -> None:
    for item in reader.items(root, _say("file")):
        keys = ("name", *_ATTRIBUTE_WORDS)
        found = reader.mapping(item, _say("attribute"), keys, _ATTRIBUTE_PATTERNS)
        reader.text(found.get("name"), "name")
        for key in _ATTRIBUTE_WORDS:
            for text in reader.items(found.get(key), key):
                reader.text(text, key)
        for key in _ATTRIBUTE_PATTERNS:
            for text in _texts(found[key]) if key in found else ():
                _check_text(reader, text, pattern=True)


def _check_synonyms(reader: NodeReader, root: Node) -> None:
    for item in reader.items(root, _say("file")):
        text = reader.text(item, _say("group"))
        try:
            read_group(text)
        except ValueError:
            line = item.start_mark.line + 1
            reader.problems.append(Problem(reader.path, line, _say("synonyms")))


def _texts(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _texts(item)
    elif isinstance(node, MappingNode):
        for _, item in node.value:
            yield from _texts(item)


def _check_text(reader: NodeReader, node: ScalarNode, *, pattern: bool) -> None:
    text = reader.text(node, _say("word"))
    if not pattern:
        return
    try:
        re.compile(text)
    except re.error as fault:
        line = node.start_mark.line + 1
        reader.problems.append(Problem(reader.path, line, _say("pattern", text=text, fault=fault)))


@cache
def _wording() -> dict[str, str]:
    data: dict[str, Any] = read_yaml(resources.files("knowledge") / "lexicon_check.yaml")
    return data


def _say(sentence: str, **values: object) -> str:
    return _wording()[sentence].format(**values)
