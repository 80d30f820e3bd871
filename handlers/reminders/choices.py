"""The buttons that choose when to remind: how many days before, and at which hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from telegram import InlineKeyboardButton, Update

from handlers import buttons
from handlers.buttons import Verb
from handlers.presses import query_of
from handlers.reminders.wording import tell

_LEADS = (30, 14, 7, 3, 1, 0)
_HOURS = (8, 9, 12, 18, 20)
_IN_ROW = 3


def lead_rows(leads: Iterable[int], *carried: str | int) -> list[list[InlineKeyboardButton]]:
    """Return a button for each number of days before that can be chosen, or is.

    Args:
        leads: those that are chosen, in days.
        carried: what each button carries before its number.
    """
    chosen = set(leads)
    row = [
        buttons.button(
            tell("lead" if day else "lead_today", mark=_mark(chosen=day in chosen), days=day),
            Verb.SUBSCRIPTION,
            *(*carried, day),
        )
        for day in sorted({*_LEADS, *chosen}, reverse=True)
    ]
    return [row[at : at + _IN_ROW] for at in range(0, len(row), _IN_ROW)]


def hour_row(hour: dt.time, *carried: str | int) -> list[InlineKeyboardButton]:
    """Return a button for each hour that can be chosen; `carried` as for `lead_rows`."""
    return [
        buttons.button(
            tell("hour", mark=_mark(chosen=dt.time(at) == hour), hour=f"{at:02}:00"),
            Verb.SUBSCRIPTION,
            *(*carried, at),
        )
        for at in _HOURS
    ]


def numbers_in(update: Update) -> list[int]:
    """Return the numbers that a pressed button carries behind its letters."""
    parts = buttons.arguments(query_of(update).data)[1:]
    # No id has more digits than the database can hold.
    return [int(part) for part in parts if part.isdecimal() and len(part) < 18]


def _mark(*, chosen: bool) -> str:
    return "✓ " if chosen else ""
