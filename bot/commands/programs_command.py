"""`planbot programs`: every name the plans use."""

from __future__ import annotations

import argparse
from typing import Any

from bot.commands.listing import list_records
from bot.settings import Settings
from bot.terminal.listing import Listing
from knowledge.plan.model import Program


def run(args: argparse.Namespace, settings: Settings) -> int:
    """List the names."""
    return list_records(
        args,
        settings,
        Listing.programs,
        lambda plan: (program_json(plan.id, item) for item in plan.programs),
    )


def program_json(plan: str, program: Program) -> dict[str, Any]:
    """Return a name as a record of the plan with id `plan`."""
    return {
        "plan": plan,
        "section": program.task.section,
        "task": program.task.number,
        "name": program.name,
        "kind": program.kind.value,
        "aliases": list(program.aliases),
        "start": program.start,
        "end": program.end,
    }
