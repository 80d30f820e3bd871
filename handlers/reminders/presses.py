"""The buttons under a reminder: done, later, tomorrow, and taking back what was pressed."""

from __future__ import annotations

import datetime as dt
import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.reminders.calendar_rules import in_utc
from bot.reminders.duties import Duty
from bot.reminders.planner import own_duties
from bot.reminders.scopes import Scope, ScopeKind
from bot.reminders.standing import WishError
from bot.services import PlanContext
from bot.storage import occurrences
from bot.storage.occurrences import Occurrence
from handlers import buttons
from handlers.buttons import Verb
from handlers.markup import escape
from handlers.places import place_of
from handlers.presses import acknowledge, change_message, query_of
from handlers.reminders.letters import title_of
from handlers.reminders.wording import tell, time_words

_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)
_IN_LIST = re.compile(r"(\d+) ")


async def done(update: Update, context: PlanContext) -> None:
    """Note that the chat is done with what a button names, and, in a group, who said so."""
    number = _number(update)
    place, user = place_of(update), query_of(update).from_user
    presses = context.services.reminders.presses
    try:
        found, new = await presses.complete(place.chat, number, user.id)
    except WishError:
        await acknowledge(update, context, tell("gone"), alert=True)
        return
    await acknowledge(update, context, tell("done") if new else tell("done_before"))
    if not new:
        return
    title = title_of(await _duty(context, found), found.subject.key)
    chat = update.effective_chat
    group = chat is not None and chat.type != ChatType.PRIVATE
    line = tell("done_line_by" if group else "done_line", title=title, name=user.full_name)
    await _note(update, context, line, ("undo", "u", number))


async def undo(update: Update, context: PlanContext) -> None:
    """Note that the chat is not done after all."""
    try:
        presses = context.services.reminders.presses
        found = await presses.reopen(place_of(update).chat, _number(update))
    except WishError:
        await acknowledge(update, context, tell("gone"), alert=True)
        return
    await acknowledge(update, context)
    await _note(update, context, tell("undone_line"), ("done", "d", found.id))


async def later(update: Update, context: PlanContext) -> None:
    """Remind once more in an hour."""
    await _snooze(update, context, context.services.clock.now() + _HOUR)


async def next_day(update: Update, context: PlanContext) -> None:
    """Remind once more tomorrow, at the chat's hour."""
    settings = await context.services.reminders.desk.settings(place_of(update).chat)
    today = context.services.clock.now().astimezone(settings.timezone).date()
    await _snooze(update, context, in_utc(today + _DAY, settings.hour, settings.timezone))


async def _snooze(update: Update, context: PlanContext, until: dt.datetime) -> None:
    services = context.services
    chat, number = place_of(update).chat, _number(update)
    ids = [number]
    if buttons.arguments(query_of(update).data)[0].isupper():
        ids = await _all_of_message(update, context) or ids
    try:
        for item in ids:
            await services.reminders.presses.snooze(chat, item, until)
    except WishError:
        await acknowledge(update, context, tell("gone"), alert=True)
        return
    settings = await services.reminders.desk.settings(chat)
    time = time_words(until, settings.timezone)
    await acknowledge(update, context, tell("snoozed_until", time=time), alert=True)


async def _all_of_message(update: Update, context: PlanContext) -> list[int]:
    """Return the occurrences that the message with the button told of, each deadline once."""
    message = query_of(update).message
    if message is None:
        return []
    async with context.services.database.read() as connection:
        found = await occurrences.of_message(connection, message.chat.id, message.message_id)
    by_day = {(item.subject.key, item.subject.due_on): item.id for item in found}
    return list(by_day.values())


async def _duty(context: PlanContext, found: Occurrence) -> Duty | None:
    key = found.subject.key
    duty = context.services.reminders.standing.catalogue.get(key)
    if duty is None and key.startswith("own/"):
        scope = Scope(ScopeKind.OWN, key.removeprefix("own/"))
        async with context.services.database.read() as connection:
            duty = next(iter(await own_duties(connection, [scope])), None)
    return duty


async def _note(
    update: Update, context: PlanContext, line: str, instead: tuple[str, str, int]
) -> None:
    """Add a line to the message with the button, and put another button in its place.

    Args:
        update: the press.
        context: of the press.
        line: plain text.
        instead: what the other button says, its letter and its occurrence.
    """
    query = query_of(update)
    message = query.message
    if not isinstance(message, Message) or message.text is None:
        return
    keyboard = message.reply_markup
    rows = [
        [_replaced(item, *instead) if item.callback_data == query.data else item for item in row]
        for row in (keyboard.inline_keyboard if keyboard is not None else ())
    ]
    html = f"{message.text_html}\n{escape(line)}"
    await change_message(update, context, html, InlineKeyboardMarkup(rows))


def _replaced(
    old: InlineKeyboardButton, name: str, letter: str, number: int
) -> InlineKeyboardButton:
    """Return a button in the place of another one, with the number that it had in its list."""
    listed = _IN_LIST.match(old.text)
    label = tell(f"{name}_number", number=listed[1]) if listed else tell(name)
    return buttons.button(label, Verb.REMINDER, letter, number)


def _number(update: Update) -> int:
    """Return the occurrence that a button names, 0, which is nobody's, for no number."""
    parts = buttons.arguments(query_of(update).data)
    number = parts[1] if len(parts) > 1 else ""
    return int(number) if number.isdecimal() and len(number) < 18 else 0
