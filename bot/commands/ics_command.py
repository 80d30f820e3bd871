"""`planbot ics`: the deadlines as an iCalendar file."""

from __future__ import annotations

import argparse
import sys

from bot.calendar import deadline_calendar
from bot.commands.selection import chosen_plans
from bot.settings import Settings


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write the calendar to the file given, or to standard output."""
    data = deadline_calendar(chosen_plans(args.plan, settings))
    if args.output is None:
        sys.stdout.buffer.write(data)
    else:
        args.output.write_bytes(data)
    return 0
