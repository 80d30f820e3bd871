"""What the bot says itself in Telegram, read from a data file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from knowledge.language.lexicon import read_yaml


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = read_yaml(resources.files("handlers") / "data" / "wording.yaml")
    return data


def say(name: str, /, **values: object) -> str:
    """Return the plain text `name` with its places filled in; KeyError for an unknown name."""
    return str(_data()["texts"][name]).format(**values)


def lines(name: str) -> tuple[str, ...]:
    """Return the list of texts `name`."""
    return tuple(_data()["lists"][name])


def commands(scope: str) -> tuple[tuple[str, str], ...]:
    """Return the commands of a scope and what each does, in the order shown."""
    descriptions = _data()["commands"]
    return tuple((name, descriptions[name]) for name in _data()["scopes"][scope])
