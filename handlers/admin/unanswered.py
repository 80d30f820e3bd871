"""/unanswered: what the plans did not answer, with buttons for what can be done about it."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Update

from bot.services import PlanContext
from bot.storage import unanswered as storage
from bot.storage.unanswered import Unanswered
from handlers import buttons
from handlers.admin.guard import admins_only
from handlers.buttons import Verb
from handlers.markup import cut, escape
from handlers.places import Page, place_of, send_pages
from handlers.presses import acknowledge, change_message, query_of
from handlers.wording import say

_MOST = 20


@admins_only
async def unanswered(update: Update, context: PlanContext) -> None:
    """List the open questions, those asked most often first."""
    page = await _list_page(context)
    await send_pages(context, place_of(update), [page])


@admins_only
async def show_list(update: Update, context: PlanContext) -> None:
    """Show the list in the message with the button."""
    await acknowledge(update, context)
    page = await _list_page(context)
    await change_message(update, context, page.html, page.keyboard)


@admins_only
async def show_one(update: Update, context: PlanContext) -> None:
    """Show a question with what can be done about it."""
    found = await find(context, key_of(update))
    await acknowledge(update, context)
    if found is None:
        await change_message(update, context, escape(say("unanswered_gone")), _back())
        return
    zone = context.services.settings.timezone
    text = say(
        "unanswered_one",
        question=cut(found.question, 300),
        asked=found.asked,
        last=f"{found.last_seen.astimezone(zone):%Y-%m-%d %H:%M}",
    )
    rows = [
        [
            buttons.button(say("unanswered_alias"), Verb.ADMIN, "al", found.key),
            buttons.button(say("unanswered_synonym"), Verb.ADMIN, "sy", found.key),
        ],
        [
            buttons.button(say("unanswered_phrasing"), Verb.ADMIN, "ph", found.key),
            buttons.button(say("unanswered_untold"), Verb.ADMIN, "nt", found.key),
        ],
        [buttons.button(say("unanswered_resolve"), Verb.ADMIN, "rs", found.key)],
        [buttons.button(say("up"), Verb.ADMIN, "un")],
    ]
    await change_message(update, context, escape(text), buttons.keyboard(rows))


@admins_only
async def resolve(update: Update, context: PlanContext) -> None:
    """Take a question off the list."""
    services = context.services
    async with services.database.write() as connection:
        done = await storage.resolve(connection, key_of(update), services.clock.now())
    text = say("unanswered_resolved" if done else "unanswered_gone")
    await acknowledge(update, context, text)
    page = await _list_page(context)
    await change_message(update, context, page.html, page.keyboard)


async def _list_page(context: PlanContext) -> Page:
    async with context.services.database.read() as connection:
        found = await storage.top(connection, _MOST)
        count = await storage.count(connection)
    if not found:
        return Page(escape(say("unanswered_none")))
    rows = [
        [
            buttons.button(
                say("unanswered_row", question=cut(item.question, 40), asked=item.asked),
                *(Verb.ADMIN, "uq", item.key),
            )
        ]
        for item in found
    ]
    return Page(escape(say("unanswered_title", count=count)), buttons.keyboard(rows))


async def find(context: PlanContext, key: str) -> Unanswered | None:
    """Return an open question by its key; None where it was dealt with."""
    async with context.services.database.read() as connection:
        return await storage.find(connection, key)


def key_of(update: Update) -> str:
    """Return the key of the question a button is for, "" for none."""
    parts = buttons.arguments(query_of(update).data)
    return parts[1] if len(parts) > 1 else ""


def _back() -> InlineKeyboardMarkup | None:
    return buttons.keyboard([[buttons.button(say("up"), Verb.ADMIN, "un")]])
