"""The invented library: its plan, a folder with its plan file, and the command line on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.__main__ import main
from knowledge.ask.answer import Answerer
from knowledge.plan.library import load_library
from knowledge.plan.model import Plan
from tests.bot.plans import library_answers, write_library


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Planbot = Callable[..., Ran]


@pytest.fixture(scope="session")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plan file of the invented library."""
    folder = tmp_path_factory.mktemp("plans")
    write_library(folder)
    return folder


@pytest.fixture(scope="session")
def library(library_folder: Path) -> Plan:
    """The plan of the invented library."""
    return load_library(library_folder).plans[0]


@pytest.fixture(scope="session")
def answers(library: Plan) -> Answerer:
    """What answers from the plan of the invented library."""
    return library_answers(library)


@pytest.fixture
def planbot(
    library_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Planbot:
    """The command line, with the invented library as its plans and an empty data folder."""
    for name in list(os.environ):
        if name.startswith("PLANBOT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PLANBOT_PLANS", str(library_folder))
    monkeypatch.setenv("PLANBOT_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def run(*args: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
        try:
            code = main(args)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run
