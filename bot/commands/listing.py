"""What the listing commands share: the plans they are about, and text or JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.commands.running import say, say_json, start_clock
from bot.commands.selection import chosen_plans
from bot.settings import Settings
from bot.terminal.listing import Listing
from bot.terminal.wording import load_wording
from knowledge.plan.model import Plan


def open_listing(plans: Sequence[Plan], settings: Settings) -> Listing:
    """Return the lists of `plans` as seen today."""
    today = start_clock(None, settings).now().astimezone(settings.timezone).date()
    return Listing(plans, load_wording(), today)


def list_records(
    args: argparse.Namespace,
    settings: Settings,
    lines: Callable[[Listing], Iterable[str]],
    rows: Callable[[Plan], Iterable[dict[str, Any]]],
) -> int:
    """Print the records of the chosen plans, as `lines` or as one list of all `rows`."""
    plans = chosen_plans(args.plan, settings)
    if args.json:
        say_json([row for plan in plans for row in rows(plan)])
    else:
        for line in lines(open_listing(plans, settings)):
            say(line)
    return 0
