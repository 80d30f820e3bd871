"""Writing a plan's files: all of them or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from knowledge.plan.dump import keeper_path, plan_text, source_path
from knowledge.plan.model import Plan
from knowledge.plan.problems import PlanFileError, Problem
from knowledge.plan.wording import keeper_template, problem_text


def write_plan(plan: Plan, path: Path) -> None:
    """Write the plan file at `path`, its source text beside it, and a keeper's file if missing.

    All or nothing: where one file cannot be written, the others keep what they held. A keeper's
    file that exists is never touched. Raises PlanFileError.
    """
    source = source_path(path)
    _refuse_foreign(plan, path, source)
    files = {source: plan.source.encode("utf-8"), path: plan_text(plan, path).encode("utf-8")}
    keeper = keeper_path(path)
    if not keeper.exists():
        files[keeper] = keeper_template().encode("utf-8")
    try:
        _replace_all(files)
    except OSError as fault:
        message = problem_text("write", detail=fault.strerror or fault)
        raise PlanFileError([Problem(path, 1, message)]) from fault


def _refuse_foreign(plan: Plan, path: Path, source: Path) -> None:
    """Refuse to write over a text that no plan file stands beside: it is somebody's document."""
    if path.exists() or not source.exists():
        return
    if source.read_bytes() != plan.source.encode("utf-8"):
        raise PlanFileError([Problem(path, 1, problem_text("foreign", file=source.name))])


def _replace_all(files: Mapping[Path, bytes]) -> None:
    """Replace the contents of all `files`; on a fault put back what was there and raise it."""
    staged: dict[Path, Path] = {}
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    done: list[Path] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = _stage(path, data)
        for path, temporary in staged.items():
            os.replace(temporary, path)  # noqa: PTH105 - the name of the atomic call
            done.append(path)
    except BaseException:
        for path in done:
            _put_back(path, before[path])
        raise
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _stage(path: Path, data: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        Path(name).chmod(mode)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _put_back(path: Path, data: bytes | None) -> None:
    with suppress(OSError):
        if data is None:
            path.unlink()
        else:
            os.replace(_stage(path, data), path)  # noqa: PTH105
