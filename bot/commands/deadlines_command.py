"""`planbot deadlines`: every deadline of the plans."""

from __future__ import annotations

import argparse

from bot.commands.listing import list_records
from bot.settings import Settings
from bot.terminal.listing import Listing
from knowledge.ask.reply import deadline_json


def run(args: argparse.Namespace, settings: Settings) -> int:
    """List the deadlines, and after them what the plans' keepers added."""
    return list_records(
        args,
        settings,
        Listing.deadlines,
        lambda plan: (
            deadline_json(plan.id, item)
            | {
                "governs": [plan.quote(span) for span in item.governs],
                "start": item.start,
                "end": item.end,
            }
            for item in plan.deadlines
        ),
    )
