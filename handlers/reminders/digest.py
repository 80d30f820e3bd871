"""/digest: an overview every week or every month, for who wants one."""

from __future__ import annotations

from telegram import Update

from bot.reminders.scopes import Scope, ScopeKind
from bot.services import PlanContext
from handlers import buttons
from handlers.buttons import Verb
from handlers.markup import escape
from handlers.places import Page, place_of, send_pages
from handlers.presses import acknowledge, change_message, expired, query_of
from handlers.reminders.rights import manages
from handlers.reminders.wording import tell

_KINDS = {"w": ScopeKind.WEEKLY, "m": ScopeKind.MONTHLY}


@manages
async def digest(update: Update, context: PlanContext) -> None:
    """Offer the overviews."""
    await send_pages(context, place_of(update), [await _page(update, context)])


@manages
async def toggle(update: Update, context: PlanContext) -> None:
    """Send an overview from now on, or not any more."""
    parts = buttons.arguments(query_of(update).data)
    kind = _KINDS.get(parts[1]) if len(parts) == 2 else None
    if kind is None:
        await expired(update, context)
        return
    desk, place = context.services.reminders.desk, place_of(update)
    scope = Scope(kind)
    before = [item for item in await desk.listed(place.chat) if item.scope == scope]
    for item in before:
        await desk.end(place.chat, item.id)
    if not before:
        await desk.subscribe(place.chat, place.thread or 0, scope)
    await acknowledge(update, context)
    page = await _page(update, context)
    await change_message(update, context, page.html, page.keyboard)


async def _page(update: Update, context: PlanContext) -> Page:
    desk, chat = context.services.reminders.desk, place_of(update).chat
    listed, settings = await desk.listed(chat), await desk.settings(chat)
    scopes = {item.scope.kind for item in listed}
    rows = []
    for code, kind in _KINDS.items():
        label = tell("digest_on" if kind in scopes else "digest_off", what=tell(f"choose_{kind}"))
        rows.append([buttons.button(label, Verb.SUBSCRIPTION, "d", code)])
    text = tell("digest_choose", hour=f"{settings.hour:%H:%M}")
    return Page(escape(text), buttons.keyboard(rows))
