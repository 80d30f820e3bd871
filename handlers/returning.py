"""Every update first: chats that are written to again, looked up only where there is a chance."""

from __future__ import annotations

from telegram import Update

from bot.services import PlanContext
from handlers.reminders import back


async def heard_from(update: Update, context: PlanContext) -> None:
    """Go on with the reminders of a chat that is heard from, unless they never stopped."""
    chat = update.effective_chat
    if chat is not None and not context.services.talks.is_open(chat.id):
        await back.welcome(update, context)
