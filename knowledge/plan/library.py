"""All the plans a bot knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.plan.check import read_plans
from knowledge.plan.model import Plan
from knowledge.plan.problems import PlanFileError


@dataclass(frozen=True, slots=True)
class Library:
    """Plans in the order of their ids, which are all different."""

    plans: tuple[Plan, ...]

    def get(self, plan_id: str) -> Plan | None:
        """Return the plan with this id, or None."""
        for plan in self.plans:
            if plan.id == plan_id:
                return plan
        return None

    def newest_first(self) -> list[Plan]:
        """Return the plans, the latest year first."""
        return newest_first(self.plans)


def newest_first(plans: Iterable[Plan]) -> list[Plan]:
    """Return plans, the latest year first."""
    return sorted(plans, key=lambda plan: (-(plan.year or 0), plan.id))


def load_library(folder: Path) -> Library:
    """Load all plan files in `folder`; raises PlanFileError with all problems of all files."""
    plans, problems = read_plans([folder])
    if problems:
        raise PlanFileError(problems)
    return Library(tuple(sorted(plans, key=lambda plan: plan.id)))


def bundled_plans() -> Path:
    """Return the folder of the plans that come with the program."""
    return Path(__file__).with_name("data")
