"""Where a passage stands, in words."""

from __future__ import annotations

from collections.abc import Iterable

from bot.terminal.wording import Wording
from knowledge.plan.model import Plan, TaskKey


class Places:
    """Names plans, sections and tasks as the plans themselves do."""

    def __init__(self, plans: Iterable[Plan], wording: Wording) -> None:
        self._plans = {plan.id: plan for plan in plans}
        self._wording = wording

    def plan(self, plan: Plan) -> str:
        """Return a plan's title, with its year before it where the title does not say it."""
        title = plan.title or plan.id
        if plan.year is None or str(plan.year) in title:
            return title
        return self._wording.say("plan", year=plan.year, title=title)

    def task(self, plan: Plan, key: TaskKey) -> str:
        """Return a section's heading and a task's number and title, as far as there are any."""
        return self._joined(self._steps(plan, key.section or None, key.number))

    def full(self, plan_id: str, section: int | None, number: int | None) -> str:
        """Return the plan's title, the section's heading and the task's number and title."""
        plan = self._plans.get(plan_id)
        if plan is None:
            return plan_id
        return self._joined([self.plan(plan), *self._steps(plan, section, number)])

    def _joined(self, steps: Iterable[str]) -> str:
        return self._wording.say("place_joiner").join(step for step in steps if step)

    def _steps(self, plan: Plan, section: int | None, number: int | None) -> list[str]:
        steps: list[str] = []
        heading = plan.section(section) if section else None
        if heading is not None:
            label, title = heading.label, heading.title
            steps.append(self._wording.say("section", label=label, title=title).strip())
        if number:
            key = TaskKey(section or 0, number)
            title = next((task.title for task in plan.tasks if task.key == key), "")
            name = "task" if title else "untitled"
            steps.append(self._wording.say(name, task=number, title=title))
        return steps
