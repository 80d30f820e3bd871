"""A bare environment: the built wheel and what it depends on, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def build_wheel(folder: Path) -> Path:
    """Build the project's wheel into `folder`, without the network, and return its path."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--wheel",
        "--outdir",
        folder,
    ]
    subprocess.run([*command, ROOT], check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return wheel


def runtime_distributions() -> dict[str, Distribution]:
    """Return the installed distributions that the project needs to run, by their names.

    The project's own requirements are followed from one to the next; extras that nobody asks for
    (the tools of development) are left out.
    """
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement("planbot")]
    while waiting:
        asked = waiting.pop()
        name, extras = canonicalize_name(asked.name), frozenset(asked.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found[name] = distribution(name)
        waiting += _required(found[name], extras)
    del found["planbot"]
    return found


def _required(package: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    for line in package.requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def bare_environment(folder: Path, wheel: Path) -> Path:
    """Make an environment in `folder` with the wheel and its dependencies; return its programs.

    The dependencies' files are linked one by one from where they are installed.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    for package in runtime_distributions().values():
        for file in package.files or ():
            target = site / file
            if ".." in file.parts or "__pycache__" in file.parts:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                target.symlink_to(Path(str(package.locate_file(file))))
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python"]
    options = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", *options, wheel], check=True, capture_output=True, timeout=60)
    return folder / "bin"


def clean_environment(home: Path) -> dict[str, str]:
    """Return an environment without this project's and this Python's variables."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONWARNINGS": "default",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
