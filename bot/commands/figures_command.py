"""`planbot figures`: every figure of the plans."""

from __future__ import annotations

import argparse

from bot.commands.listing import list_records
from bot.settings import Settings
from bot.terminal.listing import Listing
from knowledge.ask.reply import figure_json


def run(args: argparse.Namespace, settings: Settings) -> int:
    """List the figures."""
    return list_records(
        args,
        settings,
        Listing.figures,
        lambda plan: (
            figure_json(plan.id, item) | {"start": item.start, "end": item.end}
            for item in plan.figures
        ),
    )
