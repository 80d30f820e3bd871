"""/figures and /deadlines: every target and every time a plan sets, as text or as a picture."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from telegram import Update

from bot.services import PlanContext
from bot.transport import Upload
from handlers import buttons
from handlers.ask import answer_message, find_answer
from handlers.buttons import Verb, plan_tag
from handlers.markup import escape
from handlers.pictures import deadlines_picture, figures_picture
from handlers.places import Page, place_of, send_html, send_pages, send_picture
from handlers.presses import acknowledge, expired, find_plan, query_of
from handlers.wording import say
from knowledge.plan.model import Plan

_PICTURES: dict[str, tuple[Callable[[Plan], bytes], str]] = {
    "f": (figures_picture, "picture_figures"),
    "d": (deadlines_picture, "picture_deadlines"),
}
_MOST_PLANS = 4


async def figures(update: Update, context: PlanContext) -> None:
    """List every figure, or those of what stands behind the command."""
    plans = [plan for plan in context.services.knowledge.library.plans if plan.figures]
    await _list(update, context, "f", plans, "figures")


async def deadlines(update: Update, context: PlanContext) -> None:
    """List every deadline, or those of what stands behind the command."""
    plans = [plan for plan in context.services.knowledge.library.plans if plan.deadlines]
    await _list(update, context, "d", plans, "deadlines")


async def picture(update: Update, context: PlanContext) -> None:
    """Send the picture that a button names."""
    parts = buttons.arguments(query_of(update).data)
    plan = find_plan(context.services.knowledge.library, parts[1]) if len(parts) == 2 else None
    if plan is None or parts[0] not in _PICTURES:
        await expired(update, context)
        return
    await acknowledge(update, context)
    draw, caption = _PICTURES[parts[0]]
    png = await asyncio.to_thread(draw, plan)
    title = escape(say(caption, title=plan.title or plan.id)[:200])
    upload = Upload(f"{parts[0]}.png", png, "image/png")
    await send_picture(context, place_of(update), upload, title)


async def _list(
    update: Update, context: PlanContext, code: str, plans: list[Plan], name: str
) -> None:
    text = " ".join(context.args or ())
    if text:
        await answer_message(update, context, say(f"{name}_of", name=text))
        return
    if not plans:
        await send_html(context, place_of(update), escape(say(f"{name}_none")))
        return
    library = context.services.knowledge.library
    ordered = [plan for plan in library.newest_first() if plan in plans][:_MOST_PLANS]
    rows = []
    for plan in ordered:
        title = say("picture") if len(ordered) == 1 else f"{say('picture')}:{plan.title}"
        rows.append([buttons.button(title, Verb.PICTURE, code, plan_tag(plan.id))])
    pages = await find_answer(update, context, say(f"{name}_question"))
    old = pages[-1].keyboard
    kept = [list(row) for row in old.inline_keyboard] if old is not None else []
    pages[-1] = Page(pages[-1].html, buttons.keyboard([*rows, *kept]))
    await send_pages(context, place_of(update), pages)
