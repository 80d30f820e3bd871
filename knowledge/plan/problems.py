"""What may be wrong with a plan's files, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a file: `line` counts from 1; `message`: what is wrong, what was expected."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        """Return the problem as `file:line: message`."""
        return f"{self.path}:{self.line}: {self.message}"


class PlanFileError(Exception):
    """Plan files cannot be read or written; `problems` says why, a line each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
