"""Buttons: what is written into one, and how it is read back.

Telegram allows 64 bytes, and hands back whatever a client sends. So what a button says is short,
starts with a version, and is checked when it comes back; what does not fit is kept in the
database and named by its id.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

VERSION = "1"
MOST_BYTES = 64
LONGEST_LABEL = 60


class Verb(StrEnum):
    """What a press asks for."""

    ASK = "ask"
    ASK_KEPT = "askk"
    FULL = "full"
    MORE = "more"
    UP = "up"
    DOWN = "dn"
    WHY = "why"
    NOT_MEANT = "not"
    SECTIONS = "secs"
    SECTION = "sec"
    TASK = "task"
    PROGRAMS = "prog"
    FIGURES = "fig"
    DEADLINES = "dl"
    PICTURE = "pic"
    SUBSCRIBE = "sub"
    SUBSCRIPTION = "subs"
    REMINDER = "rem"
    CALENDAR = "ics"
    FORGET = "forg"
    NAME = "nm"
    PLANS = "pls"
    ADMIN = "adm"


def data(verb: Verb, *arguments: str | int) -> str:
    """Return what a button carries; raise ValueError where that is more than it can."""
    packed = ":".join((VERSION, verb.value, *map(str, arguments)))
    if len(packed.encode()) > MOST_BYTES:
        raise ValueError(f"{len(packed.encode())} bytes do not fit into a button")
    return packed


def fits(verb: Verb, *arguments: str | int) -> bool:
    """Tell whether a button can carry this."""
    packed = ":".join((VERSION, verb.value, *map(str, arguments)))
    return len(packed.encode()) <= MOST_BYTES


def pattern(verb: Verb, first: str = "") -> re.Pattern[str]:
    """Return what the data of every button with this verb matches.

    Args:
        verb: what a press asks for.
        first: a regular expression of the first argument; without it, any or none.
    """
    argument = f":{first}" if first else ""
    return re.compile(rf"^{VERSION}:{re.escape(verb.value)}{argument}(?::|$)")


def admin_pattern(action: str) -> re.Pattern[str]:
    """Return what the data of every administrator's button for `action` matches."""
    return re.compile(rf"^{VERSION}:{Verb.ADMIN.value}:{re.escape(action)}(?::|$)")


def arguments(packed: str | None) -> tuple[str, ...]:
    """Return what follows the verb."""
    return tuple((packed or "").split(":")[2:])


def rest(packed: str | None) -> str:
    """Return all that follows the verb as one, whatever stands in it."""
    parts = (packed or "").split(":", 2)
    return parts[2] if len(parts) > 2 else ""


def plan_tag(plan_id: str) -> str:
    """Return a short name of a plan, whose id may be long."""
    return hashlib.sha256(plan_id.encode()).hexdigest()[:6]


def button(label: str, verb: Verb, *parts: str | int) -> InlineKeyboardButton:
    """Return a button; a long label is cut."""
    short = label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
    return InlineKeyboardButton(short, callback_data=data(verb, *parts))


def keyboard(rows: Sequence[Sequence[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    """Return a keyboard of the rows that hold a button, or None."""
    filled = [list(row) for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None
