"""/broadcast: a notice to every chat, after a preview."""

from __future__ import annotations

from telegram import Update

from bot import notices
from bot.services import PlanContext
from bot.storage import audience
from bot.storage import buttons as kept_buttons
from handlers import buttons
from handlers.admin.guard import admins_only
from handlers.buttons import Verb
from handlers.markup import Block, Span, escape, paged
from handlers.places import place_of, send_html
from handlers.presses import acknowledge, change_message, expired, query_of
from handlers.wording import say

_KIND = "broadcast"


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
    async with services.database.write() as connection:
        chats = await audience.known_chats(connection)
        payload = {"kind": _KIND, "html": html, "update": update.update_id}
        kept = await kept_buttons.keep(connection, place.chat, payload, services.clock.now())
    if not chats:
        await send_html(context, place, escape(say("broadcast_nobody")))
        return
    await send_html(context, place, escape(say("broadcast_preview", count=len(chats))))
    row = [
        buttons.button(say("broadcast_confirm"), Verb.ADMIN, "bc", kept),
        buttons.button(say("broadcast_cancel"), Verb.ADMIN, "bx"),
    ]
    await send_html(context, place, html, buttons.keyboard([row]))


@admins_only
async def confirm(update: Update, context: PlanContext) -> None:
    """Queue the notice for every chat; pressing twice queues it once."""
    services = context.services
    place = place_of(update)
    name = buttons.arguments(query_of(update).data)[1:2]
    async with services.database.write() as connection:
        now = services.clock.now()
        kept = await kept_buttons.find(connection, place.chat, "".join(name), now)
        html = kept.get("html") if isinstance(kept, dict) and kept.get("kind") == _KIND else None
        chats = await audience.known_chats(connection)
        if html is not None:
            await notices.put(connection, "".join(name), str(html), chats, now)
    if html is None:
        await expired(update, context)
        return
    await acknowledge(update, context)
    await change_message(update, context, None, None)
    await send_html(context, place, escape(say("broadcast_started", count=len(chats))))


@admins_only
async def cancel(update: Update, context: PlanContext) -> None:
    """Send nothing."""
    await acknowledge(update, context)
    await change_message(update, context, escape(say("broadcast_cancelled")), None)
