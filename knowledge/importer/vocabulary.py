"""The importer's word lists, read once from `vocabulary.yaml` beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("vocabulary.yaml")


@cache
def _lists() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with _FILE.open(encoding="utf-8") as file:
        loaded: dict[str, Any] = yaml.load(file, Loader=loader)  # noqa: S506 - a safe loader
    return loaded


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the list called `name` (“group.list”), longest words first; KeyError if absent."""
    group, _, key = name.partition(".")
    return tuple(sorted((str(word) for word in _lists()[group][key]), key=len, reverse=True))


@cache
def table(name: str) -> dict[str, str]:
    """Return the mapping called `name` (“group.mapping”); KeyError if there is none."""
    group, _, key = name.partition(".")
    return {str(word): str(value) for word, value in _lists()[group][key].items()}


def any_of(choices: Iterable[str]) -> str:
    """Return a regular expression, without a group number, for any of these words."""
    ordered = sorted(choices, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


def strip_leading(text: str, start: int, end: int, choices: tuple[str, ...]) -> int:
    """Return where `text[start:end]` begins once every leading word of `choices` is cut off."""
    while start < end:
        lead = next((word for word in choices if text.startswith(word, start, end)), None)
        if lead is None:
            break
        start += len(lead)
    return start


def strip_trailing(text: str, start: int, end: int, choices: tuple[str, ...]) -> int:
    """Return where `text[start:end]` ends once every closing word of `choices` is cut off."""
    while start < end:
        tail = next((word for word in choices if text.endswith(word, start, end)), None)
        if tail is None:
            break
        end -= len(tail)
    return end
