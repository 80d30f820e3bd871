"""Checking plan files and keepers' files, on request and before they are used."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from knowledge.plan.dump import keeper_path
from knowledge.plan.file import read_plan
from knowledge.plan.model import Plan
from knowledge.plan.problems import Problem
from knowledge.plan.wording import problem_text

__all__ = ["Problem", "check_paths", "read_plans"]

_KEEPER = ".keeper.yaml"


def check_paths(paths: Iterable[Path]) -> list[Problem]:
    """Return all problems of the plan files, keepers' files and folders of them at `paths`.

    Two plans among them with one id are a problem too.
    """
    return read_plans(paths)[1]


def read_plans(paths: Iterable[Path]) -> tuple[list[Plan], list[Problem]]:
    """Read the plan files at `paths`, folders included: the readable plans, and all problems."""
    plans: list[Plan] = []
    problems: list[Problem] = []
    seen: dict[str, Path] = {}
    for path in dict.fromkeys(_plan_files(paths, problems)):
        plan, found = read_plan(path)
        problems += found
        if plan is None:
            continue
        if plan.id in seen:
            other = seen[plan.id].name
            message = problem_text("same_id", id=plan.id, other=other)
            problems.append(Problem(path, _id_line(path), message))
        seen.setdefault(plan.id, path)
        plans.append(plan)
    return plans, problems


def _plan_files(paths: Iterable[Path], problems: list[Problem]) -> Iterable[Path]:
    """Return the plan files the paths stand for, noting those that stand for none."""
    for path in paths:
        if path.is_dir():
            inside = sorted(path.glob("*.yaml"))
            files = [file for file in inside if not file.name.endswith(_KEEPER)]
            plans = {keeper_path(file) for file in files}
            keepers = [file for file in inside if file.name.endswith(_KEEPER)]
            problems += [_orphan(file) for file in keepers if file not in plans]
            if not files:
                problems.append(Problem(path, 1, problem_text("no_plans")))
            yield from files
        elif not path.exists():
            problems.append(Problem(path, 1, problem_text("missing")))
        elif path.name.endswith(_KEEPER):
            plan = _plan_of(path)
            if plan.exists():
                yield plan
            else:
                problems.append(_orphan(path))
        elif path.suffix == ".yaml":
            yield path
        else:
            problems.append(Problem(path, 1, problem_text("not_plan")))


def _plan_of(keeper: Path) -> Path:
    return keeper.with_name(keeper.name.removesuffix(_KEEPER) + ".yaml")


def _orphan(keeper: Path) -> Problem:
    return Problem(keeper, 1, problem_text("orphan", file=_plan_of(keeper).name))


def _id_line(path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith("id:")), 1)
