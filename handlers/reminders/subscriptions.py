"""/subscriptions: what a chat is subscribed to, and the buttons to change, pause and end it."""

from __future__ import annotations

import datetime as dt

from telegram import InlineKeyboardButton, Update

from bot.reminders.scopes import ScopeKind
from bot.reminders.standing import Listed
from bot.services import PlanContext
from handlers import buttons
from handlers.buttons import Verb
from handlers.markup import cut, escape
from handlers.places import Page, place_of, send_pages
from handlers.presses import acknowledge, change_message, expired
from handlers.reminders.choices import hour_row, lead_rows, numbers_in
from handlers.reminders.places import next_words, what
from handlers.reminders.rights import manages
from handlers.reminders.wording import rule_words, tell

_ON_PAGE = 6


async def subscriptions(update: Update, context: PlanContext) -> None:
    """List what the chat is subscribed to."""
    await send_pages(context, place_of(update), [await _list(context, place_of(update).chat, 0)])


async def show_list(update: Update, context: PlanContext) -> None:
    """Show a page of the list in the message with the button."""
    parts = numbers_in(update)
    await acknowledge(update, context)
    page = await _list(context, place_of(update).chat, parts[0] if parts else 0)
    await change_message(update, context, page.html, page.keyboard)


@manages
async def manage(update: Update, context: PlanContext) -> None:
    """Show one subscription with the buttons to change it."""
    await _change(update, context, [])


@manages
async def toggle_lead(update: Update, context: PlanContext) -> None:
    """Remind so many days before as well, or not any more."""
    await _change(update, context, ["lead"])


@manages
async def set_hour(update: Update, context: PlanContext) -> None:
    """Remind at another hour."""
    await _change(update, context, ["hour"])


@manages
async def follow_chat(update: Update, context: PlanContext) -> None:
    """Remind when the chat's own choice says."""
    await _change(update, context, ["follow"])


@manages
async def pause_or_resume(update: Update, context: PlanContext) -> None:
    """Pause a subscription, or have it go on."""
    await _change(update, context, ["pause"])


@manages
async def end(update: Update, context: PlanContext) -> None:
    """End a subscription."""
    numbers = numbers_in(update)
    if not numbers:
        await expired(update, context)
        return
    desk = context.services.reminders.desk
    chat = place_of(update).chat
    listed = await desk.find(chat, numbers[0])
    name = what(listed.scope, context.services.knowledge.library, listed)
    await desk.end(chat, numbers[0])
    await acknowledge(update, context)
    row = [buttons.button(tell("back"), Verb.SUBSCRIPTION, "g", 0)]
    await change_message(
        update, context, escape(tell("ended", what=name)), buttons.keyboard([row])
    )


async def _change(update: Update, context: PlanContext, wish: list[str]) -> None:
    """Grant a wish about the subscription that a button names, and show how it is now."""
    numbers = numbers_in(update)
    if not numbers:
        await expired(update, context)
        return
    desk = context.services.reminders.desk
    chat, number = place_of(update).chat, numbers[0]
    listed = await desk.find(chat, number)
    match wish:
        case ["lead"] if len(numbers) == 2:
            leads = set(listed.rule.leads) ^ {numbers[1]}
            listed = await desk.set_leads(chat, number, leads)
        case ["hour"] if len(numbers) == 2 and numbers[1] < 24:
            listed = await desk.set_hour(chat, number, dt.time(numbers[1]))
        case ["follow"]:
            listed = await desk.follow_chat(chat, number)
        case ["pause"]:
            paused = listed.subscription.paused_at is not None
            listed = await (desk.resume if paused else desk.pause)(chat, number)
        case _:
            pass
    await acknowledge(update, context)
    page = _manage_page(listed, context)
    await change_message(update, context, page.html, page.keyboard)


async def _list(context: PlanContext, chat: int, start: int) -> Page:
    desk, library = context.services.reminders.desk, context.services.knowledge.library
    found = await desk.listed(chat)
    settings = await desk.settings(chat)
    lines = []
    if settings.paused is not None:
        lines.append(tell("subscriptions_paused", reason=settings.paused))
    defaults_row = [buttons.button(tell("defaults_button"), Verb.SUBSCRIPTION, "c")]
    if not found:
        text = "\n".join([*lines, tell("subscriptions_none")])
        return Page(escape(text), buttons.keyboard([defaults_row]))
    quiet = str(settings.quiet).replace("off", tell("quiet_off"))
    zone = settings.timezone.key
    lines.append(tell("subscriptions_title", count=len(found), zone=zone, quiet=quiet))
    start = min(start, (len(found) - 1) // _ON_PAGE * _ON_PAGE)
    manages_row: list[InlineKeyboardButton] = []
    for number, listed in enumerate(found[start : start + _ON_PAGE], start=start + 1):
        lines.append("")
        name = cut(what(listed.scope, library, listed), 120)
        lines.append(tell("row", number=number, what=name))
        lines.append(next_words(listed, context.services.clock.now()))
        manages_row.append(
            buttons.button(tell("manage", number=number), Verb.SUBSCRIPTION, "v", listed.id)
        )
    turns = []
    if start:
        turns.append(
            buttons.button(tell("previous_page"), Verb.SUBSCRIPTION, "g", start - _ON_PAGE)
        )
    if start + _ON_PAGE < len(found):
        turns.append(buttons.button(tell("next_page"), Verb.SUBSCRIPTION, "g", start + _ON_PAGE))
    rows = [manages_row[:3], manages_row[3:], turns, defaults_row]
    return Page(escape("\n".join(lines)), buttons.keyboard(rows))


def _manage_page(listed: Listed, context: PlanContext) -> Page:
    number = listed.id
    lines = [what(listed.scope, context.services.knowledge.library, listed)]
    rows: list[list[InlineKeyboardButton]] = []
    if not listed.scope.digest:
        lines.append(rule_words(listed.rule.leads, listed.rule.hour))
        rows += lead_rows(listed.rule.leads, "l", number)
    rows.append(hour_row(listed.rule.hour, "h", number))
    if listed.subscription.leads is not None or listed.subscription.hour is not None:
        rows.append([buttons.button(tell("follow_defaults"), Verb.SUBSCRIPTION, "f", number)])
    lines.append(next_words(listed, context.services.clock.now()))
    own = listed.scope.kind is ScopeKind.OWN
    if own:
        lines.append(tell("own_hint", number=listed.scope.target))
    paused = listed.subscription.paused_at is not None
    rows.append(
        [
            buttons.button(tell("resume" if paused else "pause"), Verb.SUBSCRIPTION, "z", number),
            buttons.button(tell("end_own" if own else "end"), Verb.SUBSCRIPTION, "x", number),
            buttons.button(tell("back"), Verb.SUBSCRIPTION, "g", 0),
        ]
    )
    return Page("\n".join(map(escape, lines)), buttons.keyboard(rows))
