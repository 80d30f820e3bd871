"""When a chat is reminded where a subscription says nothing else."""

from __future__ import annotations

import datetime as dt

from telegram import Update

from bot.services import PlanContext
from bot.storage.chats import ChatSettings
from handlers import buttons
from handlers.buttons import Verb
from handlers.markup import escape
from handlers.places import Page, place_of
from handlers.presses import acknowledge, change_message, expired
from handlers.reminders.choices import hour_row, lead_rows, numbers_in
from handlers.reminders.rights import manages
from handlers.reminders.wording import rule_words, tell


@manages
async def show(update: Update, context: PlanContext) -> None:
    """Show what holds for the chat, with the buttons to change it."""
    settings = await context.services.reminders.desk.settings(place_of(update).chat)
    await _show(update, context, settings)


@manages
async def toggle_lead(update: Update, context: PlanContext) -> None:
    """Remind so many days before as well, or not any more."""
    desk, chat = context.services.reminders.desk, place_of(update).chat
    found = numbers_in(update)
    if len(found) != 1:
        await expired(update, context)
        return
    leads = set((await desk.settings(chat)).leads) ^ set(found)
    await _show(update, context, await desk.set_chat(chat, leads=leads))


@manages
async def set_hour(update: Update, context: PlanContext) -> None:
    """Remind at another hour."""
    found = numbers_in(update)
    if len(found) != 1 or found[0] >= 24:
        await expired(update, context)
        return
    desk, chat = context.services.reminders.desk, place_of(update).chat
    await _show(update, context, await desk.set_chat(chat, hour=dt.time(found[0])))


@manages
async def reset(update: Update, context: PlanContext) -> None:
    """Go back to what holds for a chat that chose nothing."""
    desk, chat = context.services.reminders.desk, place_of(update).chat
    await _show(update, context, await desk.set_chat(chat, leads=None, hour=None))


async def _show(update: Update, context: PlanContext, settings: ChatSettings) -> None:
    await acknowledge(update, context)
    page = _page(settings)
    await change_message(update, context, page.html, page.keyboard)


def _page(settings: ChatSettings) -> Page:
    lines = [tell("defaults", rule=rule_words(settings.leads, settings.hour))]
    lines.append(tell("defaults_note"))
    rows = lead_rows(settings.leads, "cl")
    rows.append(hour_row(settings.hour, "ch"))
    rows.append(
        [
            buttons.button(tell("defaults_reset"), Verb.SUBSCRIPTION, "cr"),
            buttons.button(tell("back"), Verb.SUBSCRIPTION, "g", 0),
        ]
    )
    return Page("\n".join(map(escape, lines)), buttons.keyboard(rows))
