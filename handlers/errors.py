"""Errors: logged under a short id, told to the person in one line, and to administrators."""

from __future__ import annotations

import logging

from telegram import Update

from bot.letters import Text
from bot.logs import log_error
from bot.pacing import Priority
from bot.services import PlanContext
from handlers.markup import escape
from handlers.places import place_of
from handlers.wording import say

_LOG = logging.getLogger(__name__)


async def report(update: object, context: PlanContext) -> None:
    """Log an error and tell of it."""
    error = context.error
    assert error is not None  # noqa: S101 - this is called for errors
    services = context.services
    number = update.update_id if isinstance(update, Update) else 0
    name = log_error(_LOG, f"update {number} could not be handled", error)
    kind = type(error).__name__
    services.metrics.failed(kind)
    if isinstance(update, Update) and update.effective_chat is not None:
        place = place_of(update)
        text = escape(say("error", id=name))
        await services.sender.send(
            Text(place.chat, text, thread=place.thread, reply_to=place.reply_to)
        )
    if services.alarms.due(kind, services.clock.now()):
        for admin in sorted(services.settings.admins):
            text = escape(say("error_admin", kind=kind, id=name))
            await services.sender.send(Text(admin, text), Priority.REMINDER)
