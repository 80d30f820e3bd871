"""The importer's word lists and wording, read from `words.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _words() -> dict[str, Any]:
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    return data


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Return the word list called `name`, longest words first; raises KeyError if unknown."""
    return tuple(sorted(_words()[name], key=lambda word: (-len(word), word)))


def reason(name: str) -> str:
    """Return the wording of the reason `name` for leaving text out."""
    return str(_words()["reasons"][name])


def warning(name: str, **values: object) -> str:
    """Return the wording of the warning `name` with its values filled in."""
    return str(_words()["warnings"][name]).format(**values)


def error(name: str, **values: object) -> str:
    """Return the wording of the error `name` with its values filled in."""
    return str(_words()["errors"][name]).format(**values)
