"""The wheel, installed into a bare environment, works by itself."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.smoke.bare import (
    ROOT,
    bare_environment,
    build_wheel,
    clean_environment,
    runtime_distributions,
)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a bare environment with the built wheel."""
    folder = tmp_path_factory.mktemp("bare")
    return bare_environment(folder / "env", build_wheel(folder))


def planbot(bare: Path, folder: Path, *args: str) -> str:
    """Run the installed program in an empty folder and return what it wrote."""
    ran = subprocess.run(
        [bare / "planbot", *args],
        cwd=folder,
        env=clean_environment(folder / "home"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.stderr == ""
    assert ran.returncode == 0
    return ran.stdout


def test_the_installed_program_answers_from_the_plan_that_comes_with_it(
    bare: Path, tmp_path: Path
) -> None:
    names = json.loads(planbot(bare, tmp_path, "programs", "--json"))
    name = next(row["name"] for row in names if row["kind"] == "program")
    answer = planbot(bare, tmp_path, "ask", f"{name}是什么")
    assert name in answer
    assert list(tmp_path.iterdir()) == []


def test_plan_and_lexicon_in_the_wheel_are_whole(bare: Path, tmp_path: Path) -> None:
    assert planbot(bare, tmp_path, "check") == ""


def test_nothing_but_the_program_and_its_dependencies_is_there(bare: Path) -> None:
    code = "import importlib.metadata as m; print(*{d.name for d in m.distributions()})"
    ran = subprocess.run([bare / "python", "-c", code], capture_output=True, text=True, check=True)
    there = {name.lower().replace("_", "-").replace(".", "-") for name in ran.stdout.split()}
    assert there == {*runtime_distributions(), "planbot"}
    assert "pytest" not in there


def test_every_dependency_is_in_the_lock_with_the_installed_version() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(
        line.split(";")[0].rstrip(" \\").split("==")
        for line in lock.splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    )
    installed = {name: package.version for name, package in runtime_distributions().items()}
    assert installed == {name: pinned.get(name) for name in installed}
