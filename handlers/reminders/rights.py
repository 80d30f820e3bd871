"""Who may change the reminders of a chat: in a group its administrators, in private the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, TypeAlias

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.api import RefusedError
from bot.reminders.standing import WishError
from bot.services import PlanContext
from bot.transport import MaybeSentError, NotSentError
from handlers.markup import escape
from handlers.places import place_of, send_html
from handlers.presses import acknowledge
from handlers.reminders.wording import day_words, tell

Action: TypeAlias = Callable[[Update, PlanContext], Coroutine[Any, Any, None]]

_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


def manages(action: Action) -> Action:
    """Let only those through who may change the chat's reminders, and tell of wishes refused."""

    @wraps(action)
    async def guarded(update: Update, context: PlanContext) -> None:
        refusal = await _refusal(update, context)
        if refusal is None:
            try:
                await action(update, context)
            except WishError as error:
                refusal = words_of(error)
        if refusal is None:
            return
        if update.callback_query is not None:
            await acknowledge(update, context, refusal, alert=True)
        else:
            await send_html(context, place_of(update), escape(refusal))

    return guarded


def words_of(error: WishError) -> str:
    """Return why a wish was refused."""
    values = {
        name: day_words(value) if isinstance(value, dt.date) else value
        for name, value in error.values.items()
    }
    return tell(_NAMES.get(error.name, error.name), **values)


_NAMES = {"past_day": "remind_past", "far_day": "remind_far"}


async def _refusal(update: Update, context: PlanContext) -> str | None:
    """Return why somebody may not, None where they may."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None or chat.type == ChatType.PRIVATE:
        return None
    # An administrator who stays anonymous writes as the group itself.
    if update.callback_query is None and message is not None and message.sender_chat == chat:
        return None
    user = update.effective_user
    if user is None:
        return tell("admins_of_group")
    try:
        member = await context.services.api.call(
            "getChatMember", {"chat_id": chat.id, "user_id": user.id}
        )
    except (RefusedError, NotSentError, MaybeSentError):
        return tell("rights_unknown")
    return None if member.get("status") in _ADMINS else tell("admins_of_group")
