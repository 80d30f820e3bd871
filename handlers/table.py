"""The one list of everything the bot reacts to. Order matters: the first that fits is taken."""

from __future__ import annotations

from typing import Any

from telegram.ext import BaseHandler, CommandHandler

from bot.services import PlanContext
from handlers import start


def handlers() -> list[BaseHandler[Any, PlanContext, None]]:
    """Return the handlers, read from top to bottom."""
    return [
        # Commands
        CommandHandler("start", start.start),
        # Reminders: subscribe, remind, calendar
    ]
