"""Button presses: answering them, changing the message they are under, and those out of date."""

from __future__ import annotations

import logging

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update

from bot.api import RefusedError
from bot.letters import Edit, Failed, Sent, Text
from bot.services import LaterError, PlanContext
from bot.transport import MaybeSentError, NotSentError
from handlers.buttons import plan_tag
from handlers.places import thread_of
from handlers.wording import say
from knowledge.plan.library import Library
from knowledge.plan.model import Plan, Task, TaskKey

_LOG = logging.getLogger(__name__)


def query_of(update: Update) -> CallbackQuery:
    """Return the press that `update` is about."""
    query = update.callback_query
    assert query is not None  # noqa: S101 - the handler lets only presses through
    return query


async def acknowledge(
    update: Update, context: PlanContext, text: str = "", *, alert: bool = False
) -> None:
    """Answer a press, once; one that is too old to be answered needs no answer."""
    wanted: dict[str, object] = {"callback_query_id": query_of(update).id}
    if text:
        wanted |= {"text": text, "show_alert": alert}
    try:
        await context.services.api.call("answerCallbackQuery", wanted)
    except (RefusedError, NotSentError, MaybeSentError) as error:
        _LOG.info("a press was not answered: %s", error)


async def expired(update: Update, context: PlanContext) -> None:
    """Answer a press of a button that means nothing any more, or never did."""
    await acknowledge(update, context, say("expired"), alert=True)


async def change_message(
    update: Update,
    context: PlanContext,
    html: str | None,
    keyboard: InlineKeyboardMarkup | None,
) -> None:
    """Give the message with the pressed button a new text, or only new buttons for None.

    A text that can no longer be changed is sent as a new message.

    Raises:
        LaterError: it could not be done, for a reason that may pass.
    """
    message = query_of(update).message
    if message is None:
        return
    sender = context.services.sender
    edit = Edit(message.chat.id, message.message_id, html, keyboard)
    outcome = await sender.send(edit)
    if isinstance(outcome, Failed) and not outcome.passing and html is not None:
        thread = thread_of(message) if isinstance(message, Message) else None
        outcome = await sender.send(Text(message.chat.id, html, keyboard, thread))
    if isinstance(outcome, Failed) and outcome.passing:
        raise LaterError(outcome.reason)
    if not isinstance(outcome, Sent):
        _LOG.info("a message was not changed: %s", outcome)


def find_plan(library: Library, tag: str) -> Plan | None:
    """Return the plan that a button names."""
    return next((plan for plan in library.plans if plan_tag(plan.id) == tag), None)


def find_task(library: Library, address: tuple[str, ...]) -> tuple[Plan, Task] | None:
    """Return the task that a button names by plan, section and number."""
    if len(address) < 3 or not all(part.isdecimal() for part in address[1:3]):
        return None
    plan = find_plan(library, address[0])
    if plan is None:
        return None
    key = TaskKey(int(address[1]), int(address[2]))
    task = next((task for task in plan.tasks if task.key == key), None)
    return None if task is None else (plan, task)
