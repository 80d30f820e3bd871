"""What is no text, and commands that do not exist: a friendly line, never silence."""

from __future__ import annotations

from telegram import Update

from bot.services import PlanContext
from handlers.markup import escape
from handlers.places import place_of, send_html
from handlers.wording import say


async def other_kind(update: Update, context: PlanContext) -> None:
    """Say what can be read: voice, photos, stickers and the like cannot."""
    message = update.effective_message
    document = message is not None and message.document is not None
    text = say("other_kind_document" if document else "other_kind")
    await send_html(context, place_of(update), escape(text))


async def unknown_command(update: Update, context: PlanContext) -> None:
    """Say that there is no such command."""
    await send_html(context, place_of(update), escape(say("unknown_command")))
