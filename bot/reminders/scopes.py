"""Scopes: how much a subscription covers, from one deadline to everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.reminders.duties import Duty, DutyKind
from knowledge.plan.model import TaskKey


class ScopeKind(StrEnum):
    """What a subscription is to."""

    EVERYTHING = "everything"
    SECTION = "section"
    TASK = "task"
    PROGRAM = "program"
    DEADLINE = "deadline"
    OWN = "own"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


# The day on which each overview comes.
DIGEST_RULES = {
    ScopeKind.WEEKLY: "FREQ=WEEKLY;BYDAY=MO",
    ScopeKind.MONTHLY: "FREQ=MONTHLY;BYMONTHDAY=1",
}

# How many days each looks ahead.
DIGEST_DAYS = {ScopeKind.WEEKLY: 7, ScopeKind.MONTHLY: 31}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a subscription covers: `target` is a plan's id and place, a name, a key or an id."""

    kind: ScopeKind
    target: str = ""

    def __str__(self) -> str:
        """Return what `parse` reads."""
        return f"{self.kind}:{self.target}"

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Read a scope as it is kept; raise ValueError for anything else."""
        kind, separator, target = text.partition(":")
        if not separator:
            raise ValueError(f"not a scope: {text!r}")
        return cls(ScopeKind(kind), target)

    @classmethod
    def of_section(cls, plan: str, section: int) -> Scope:
        """Return the scope of a section of a plan."""
        return cls(ScopeKind.SECTION, f"{plan}/{section}")

    @classmethod
    def of_task(cls, plan: str, task: TaskKey) -> Scope:
        """Return the scope of a task of a plan."""
        return cls(ScopeKind.TASK, f"{plan}/{task.section}.{task.number}")

    @property
    def digest(self) -> bool:
        """Tell whether this is an overview and no single duty."""
        return self.kind in DIGEST_RULES

    def covers(self, duty: Duty) -> bool:
        """Tell whether a duty of a plan lies within this scope."""
        place = f"{duty.task.section}.{duty.task.number}" if duty.task else ""
        match self.kind:
            case ScopeKind.EVERYTHING:
                return self.target in ("", duty.plan)
            case ScopeKind.SECTION:
                return duty.task is not None and self.target == f"{duty.plan}/{duty.task.section}"
            case ScopeKind.TASK:
                return self.target == f"{duty.plan}/{place}"
            case ScopeKind.PROGRAM:
                return self.target in duty.programs
            case ScopeKind.DEADLINE:
                return self.target == duty.key
            case _:
                return False


def digest_duty(kind: ScopeKind) -> Duty:
    """Return the overview as something that comes round like any duty."""
    return Duty(
        key=f"digest/{kind}", kind=DutyKind.DIGEST, words=kind.value, rrule=DIGEST_RULES[kind]
    )


def covered(
    scope: Scope, catalogue: Mapping[str, Duty], own: Iterable[Duty] = ()
) -> tuple[Duty, ...]:
    """Return the duties within a scope.

    Args:
        scope: what a subscription is to.
        catalogue: the duties of the plans by their keys.
        own: the duties that chats set themselves, among which that of an OWN scope is looked for.
    """
    if scope.digest:
        return (digest_duty(scope.kind),)
    if scope.kind is ScopeKind.OWN:
        return tuple(duty for duty in own if duty.key == own_key(scope.target))
    if scope.kind is ScopeKind.DEADLINE:
        duty = catalogue.get(scope.target)
        return () if duty is None else (duty,)
    return tuple(duty for duty in catalogue.values() if scope.covers(duty))


def own_key(number: int | str) -> str:
    """Return the key of a duty that a chat set itself."""
    return f"own/{number}"
