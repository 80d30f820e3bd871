"""Chats that come back: who writes again after messages could not be delivered hears again."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatMemberStatus

from bot.services import PlanContext

_GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def welcome(update: Update, context: PlanContext) -> None:
    """Go on with the reminders of a chat that is heard from."""
    chat, member = update.effective_chat, update.my_chat_member
    if chat is None or (member is not None and member.new_chat_member.status in _GONE):
        return
    await context.services.reminders.desk.welcome_back(chat.id)
