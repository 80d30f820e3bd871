"""/subscribe and the button under an answer: choosing what to be reminded of, in two taps."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Update

from bot.patience import patiently
from bot.reminders.calendar_rules import day_ends
from bot.reminders.desk import Subscribed
from bot.reminders.duties import Duty
from bot.reminders.scopes import Scope, ScopeKind, covered
from bot.services import PlanContext
from handlers import buttons
from handlers.buttons import Verb
from handlers.markup import cut, escape
from handlers.places import Page, place_of, send_html, send_pages
from handlers.presses import acknowledge, change_message, expired, find_task, query_of
from handlers.reminders.places import (
    Offer,
    deadline_offer,
    next_words,
    numbered_task,
    plan_offers,
    program_offer,
    scope_of,
    task_offers,
    what,
)
from handlers.reminders.rights import manages
from handlers.reminders.wording import rule_words, says, tell
from knowledge.ask.reply import Context
from knowledge.plan.model import TaskKey

# Whatever a plan holds, these remind of it.
_WIDE = (ScopeKind.EVERYTHING, ScopeKind.WEEKLY, ScopeKind.MONTHLY)
_ABOVE_A_TASK = (*_WIDE, ScopeKind.SECTION)
_MOST = 40
_MOST_NAMED = 10


@manages
async def subscribe(update: Update, context: PlanContext) -> None:
    """Offer what can be subscribed to, or subscribe to what stands behind the command."""
    text = " ".join(context.args or ()).strip()
    library = context.services.knowledge.library
    for name, kind in (
        ("everything", ScopeKind.EVERYTHING),
        ("weekly", ScopeKind.WEEKLY),
        ("monthly", ScopeKind.MONTHLY),
    ):
        if text and says(name, text):
            await _subscribe(update, context, Scope(kind))
            return
    if text:
        offers = await patiently(lambda: _offers(context, text))
    else:
        offers = list(plan_offers(library))
    if not offers:
        await send_html(context, place_of(update), escape(tell("not_found", text=cut(text, 60))))
        return
    named = tell("quoted", text=cut(text, 60)) if text else None
    await send_pages(context, place_of(update), [await _choices(context, update, offers, named)])


async def offer(update: Update, context: PlanContext) -> None:
    """Offer what can be subscribed to about the task that a button names."""
    library = context.services.knowledge.library
    found = find_task(library, buttons.arguments(query_of(update).data))
    if found is None:
        await expired(update, context)
        return
    await acknowledge(update, context)
    plan, task = found
    offers = list(task_offers(plan, task.key, _duties(context)))
    named = tell("task", number=task.number)
    await send_pages(context, place_of(update), [await _choices(context, update, offers, named)])


@manages
async def choose(update: Update, context: PlanContext) -> None:
    """Subscribe to what a button carries."""
    code = buttons.arguments(query_of(update).data)
    scope = scope_of(code, context.services.knowledge.library, _duties(context))
    if scope is None:
        await expired(update, context)
        return
    place = place_of(update)
    found = await context.services.reminders.desk.subscribe(place.chat, place.thread or 0, scope)
    await acknowledge(update, context)
    page = confirmation(found, context)
    await change_message(update, context, page.html, page.keyboard)


async def _subscribe(update: Update, context: PlanContext, scope: Scope) -> None:
    place = place_of(update)
    found = await context.services.reminders.desk.subscribe(place.chat, place.thread or 0, scope)
    await send_pages(context, place, [confirmation(found, context)])


def confirmation(found: Subscribed, context: PlanContext) -> Page:
    """Return what says that a place is subscribed, with the way to change it."""
    listed = found.listed
    name = what(listed.scope, context.services.knowledge.library, listed)
    lines = [tell("subscribed" if found.new else "subscribed_before", what=name)]
    now = context.services.clock.now()
    lines.append(next_words(listed, now))
    past = [
        tell("expired_item", title=duty.quote or duty.words, day=_full_day(duty))
        for duty in listed.duties
        if duty.date is not None and day_ends(duty.date, listed.rule.zone) <= now
    ]
    open_ones = [duty.quote for duty in listed.duties if duty.open]
    for words, items in (("past_note", past), ("open_note", open_ones)):
        if items:
            joined = tell("joiner").join(dict.fromkeys(items[:_MOST_NAMED]))
            lines.append(tell(words, items=cut(joined, 600)))
    rows = [[buttons.button(tell("manage_one"), Verb.SUBSCRIPTION, "v", found.listed.id)]]
    return Page("\n".join(map(escape, lines)), buttons.keyboard(rows))


def _full_day(duty: Duty) -> str:
    day = duty.date
    return "" if day is None else f"{day.year}-{day.month:02}-{day.day:02}"


def _duties(context: PlanContext) -> list[Duty]:
    return list(context.services.reminders.standing.catalogue.values())


def _offers(context: PlanContext, text: str) -> list[Offer]:
    """Return what a text may mean: a numbered task, or what an answer to it speaks of."""
    services = context.services
    library, duties = services.knowledge.library, _duties(context)
    numbered = numbered_task(text, library)
    if numbered is not None:
        return list(task_offers(*numbered, duties))
    today = services.clock.now().astimezone(services.settings.timezone).date()
    reply = services.knowledge.answers.answer(text, Context(), today).reply
    found: list[Offer] = []
    names = {word for duty in duties for word in duty.programs}
    found += [program_offer(name) for name in reply.understood.programs if name in names]
    for plan_id, deadline in reply.deadlines[:_MOST_NAMED]:
        found += [
            deadline_offer(duty)
            for duty in duties
            if (duty.plan, duty.task, duty.quote) == (plan_id, deadline.task, deadline.quote)
        ]
    for item in reply.evidence[:3]:
        plan = library.get(item.plan)
        if plan is not None and item.task is not None:
            found += task_offers(plan, TaskKey(item.section or 0, item.task), duties)
    return list({str(one.scope): one for one in found}.values())


async def _choices(
    context: PlanContext, update: Update, offers: Iterable[Offer], named: str | None
) -> Page:
    """Return the page to choose on.

    Args:
        context: of the update.
        update: what asks for it.
        offers: what could be chosen; what holds no deadline is left out.
        named: what the person asked for, None for nothing in particular.
    """
    duties = context.services.reminders.standing.catalogue
    left = [item for item in offers if item.scope.kind in _WIDE or covered(item.scope, duties)]
    settings = await context.services.reminders.desk.settings(place_of(update).chat)
    rule = rule_words(settings.leads, settings.hour)
    rows = [[buttons.button(item.label, Verb.SUBSCRIBE, *item.code)] for item in left[:_MOST]]
    lines = [tell("choose", rule=rule), tell("subscribe_how")]
    if named is not None and all(item.scope.kind in _ABOVE_A_TASK for item in left):
        lines.insert(0, tell("nothing_here", what=named))
    return Page(escape("\n".join(lines)), buttons.keyboard(rows))
