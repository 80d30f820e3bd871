"""/broadcast: a notice to every chat, after a preview."""

from __future__ import annotations

from telegram import Update

from bot import notices
from bot.services import PlanContext
from bot.storage import audience
from handlers.admin import pending
from handlers.admin.guard import admins_only
from handlers.admin.pending import Action
from handlers.markup import Block, Span, escape, paged
from handlers.places import place_of, send_html
from handlers.presses import acknowledge, change_message
from handlers.wording import say

_ACTION = Action("broadcast", confirm="bc", cancel="bx")


@admins_only
async def broadcast(update: Update, context: PlanContext) -> None:
    """Show what would be sent, and to how many."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - commands are messages
    place = place_of(update)
    # Behind the command as it was typed, line breaks and all.
    text = "".join((message.text or "").split(maxsplit=1)[1:]).strip()
    if not text:
        await send_html(context, place, escape(say("broadcast_how")))
        return
    services = context.services
    html = paged([Block((Span(text),))])[0]
    async with services.database.read() as connection:
        chats = await audience.known_chats(connection)
    if not chats:
        await send_html(context, place, escape(say("broadcast_nobody")))
        return
    await send_html(context, place, escape(say("broadcast_preview", count=len(chats))))
    keyboard = await pending.keep(update, context, _ACTION, {"html": html})
    await send_html(context, place, html, keyboard)


@admins_only
async def confirm(update: Update, context: PlanContext) -> None:
    """Queue the notice for every chat; pressing twice queues it once."""
    services = context.services
    shown = await pending.find(update, context, _ACTION)
    if shown is None:
        return
    async with services.database.write() as connection:
        chats = await audience.known_chats(connection)
        now = services.clock.now()
        await notices.put(connection, shown.id, str(shown.payload["html"]), chats, now)
    await acknowledge(update, context)
    await change_message(update, context, None, None)
    await send_html(context, place_of(update), escape(say("broadcast_started", count=len(chats))))


@admins_only
async def cancel(update: Update, context: PlanContext) -> None:
    """Send nothing."""
    await acknowledge(update, context)
    await change_message(update, context, escape(say("broadcast_cancelled")), None)
