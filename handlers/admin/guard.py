"""Who may: every handler for administrators goes through here."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, TypeAlias

from telegram import Update
from telegram.constants import ChatType

from bot.services import PlanContext
from handlers.markup import escape
from handlers.places import place_of, send_html
from handlers.presses import expired
from handlers.wording import say

Action: TypeAlias = Callable[[Update, PlanContext], Coroutine[Any, Any, None]]


def allowed(update: Update, context: PlanContext) -> bool:
    """Tell whether an update comes from an administrator in a private chat."""
    user, chat = update.effective_user, update.effective_chat
    private = chat is not None and chat.type == ChatType.PRIVATE
    return private and context.services.is_admin(user.id if user is not None else None)


def admins_only(action: Action) -> Action:
    """Let only administrators through; to others a button is just out of date."""

    @wraps(action)
    async def guarded(update: Update, context: PlanContext) -> None:
        if allowed(update, context):
            await action(update, context)
        elif update.callback_query is not None:
            await expired(update, context)
        else:
            await send_html(context, place_of(update), escape(say("admins_only")))

    return guarded
