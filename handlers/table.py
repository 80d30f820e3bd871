"""The one list of everything the bot reacts to. Order matters: the first that fits is taken."""

from __future__ import annotations

from typing import Any

from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.services import PlanContext
from handlers import ask, start

_NEW = filters.UpdateType.MESSAGE
_PRIVATE = _NEW & filters.ChatType.PRIVATE


def handlers() -> list[BaseHandler[Any, PlanContext, None]]:
    """Return the handlers, read from top to bottom."""
    return [
        # Commands
        CommandHandler("start", start.start, filters=_NEW),
        CommandHandler("ask", ask.ask_command, filters=_NEW),
        # Reminders: subscribe, remind, calendar
        # Texts
        MessageHandler(_PRIVATE & filters.TEXT & ~filters.COMMAND, ask.ask_private),
    ]
