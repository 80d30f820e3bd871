"""The Chinese wording of plan files and of what may be wrong with them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _wording() -> dict[str, Any]:
    text = Path(__file__).with_name("wording.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
    return data


def problem_text(problem: str, **values: object) -> str:
    """Return the wording of the problem called `problem` with its values filled in."""
    return str(_wording()["problems"][problem]).format(**values)


def name_of(thing: str) -> str:
    """Return the Chinese name of a kind of record."""
    return str(_wording()["names"][thing])


def header(keeper: str, source: str) -> str:
    """Return the comment at the head of a plan file, naming its two neighbours."""
    return str(_wording()["header"]).format(keeper=keeper, source=source)


def keeper_template() -> str:
    """Return the text of a keeper's file in which nothing is set yet."""
    return str(_wording()["keeper"])
