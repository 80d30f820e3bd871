"""/start and /help: what the bot does, and links that open it at a task."""

from __future__ import annotations

import re

from telegram import InlineKeyboardButton, Update
from telegram.constants import ChatType

from bot.patience import patiently
from bot.samples import sample_questions
from bot.services import PlanContext, Services
from handlers import buttons
from handlers.browse import task_page
from handlers.buttons import Verb
from handlers.markup import escape
from handlers.places import place_of, send_html, send_pages
from handlers.wording import commands, say
from knowledge.plan.library import Library
from knowledge.plan.model import Plan, Task

_LINK = re.compile(r"t(?:(\d{1,4})-)?(\d{1,4})(?:-([0-9a-f]{6}))?")


async def start(update: Update, context: PlanContext) -> None:
    """Say what the bot does, with three questions to try; a link goes straight to its task."""
    library = context.services.knowledge.library
    linked = follow(library, context.args[0]) if context.args else None
    if linked is not None:
        await send_pages(context, place_of(update), [task_page(*linked)])
        return
    samples = await patiently(lambda: _samples(context.services))
    keyboard = buttons.keyboard([*samples, _links(library)])
    await send_html(context, place_of(update), escape(_greeting(library)), keyboard)


async def show_help(update: Update, context: PlanContext) -> None:
    """Explain how to ask, and list the commands."""
    chat, user = update.effective_chat, update.effective_user
    private = chat is not None and chat.type == ChatType.PRIVATE
    admin = private and context.services.is_admin(user.id if user else None)
    scope = "admin" if admin else "private" if private else "group"
    text = [say("help_private"), say("help_groups")]
    text += [say("help_inline", username=context.bot.username), say("help_silent")]
    listed = [f"/{name} {what}" for name, what in commands(scope)]
    html = "\n\n".join(map(escape, text))
    html += f"\n\n<b>{escape(say('commands_title'))}</b>\n" + "\n".join(map(escape, listed))
    await send_html(context, place_of(update), html)


def link_of(library: Library, plan: Plan, task: Task) -> str:
    """Return what stands behind ?start= to open a task: `t15`, as short as it is clear."""
    short = f"t{task.number}"
    if follow(library, short) == (plan, task):
        return short
    return f"t{task.section}-{task.number}-{buttons.plan_tag(plan.id)}"


def follow(library: Library, link: str) -> tuple[Plan, Task] | None:
    """Return the task that a link opens: of the newest plan, where it names none."""
    found = _LINK.fullmatch(link)
    if found is None:
        return None
    section, number, tag = found.groups()
    for plan in library.newest_first():
        if tag is not None and buttons.plan_tag(plan.id) != tag:
            continue
        for task in plan.tasks:
            if task.number == int(number) and section in (None, str(task.section)):
                return plan, task
    return None


def _greeting(library: Library) -> str:
    plans = library.plans
    if not plans:
        return say("start_none")
    if len(plans) == 1:
        return say("start", title=plans[0].title or plans[0].id)
    return say("start_many", count=len(plans))


def _samples(services: Services) -> list[list[InlineKeyboardButton]]:
    """Return a few questions about the newest plan that are answered."""
    plans, answers = services.knowledge.library.plans, services.knowledge.answers
    today = services.clock.now().astimezone(services.settings.timezone).date()
    questions = sample_questions(plans, answers, today, lambda text: buttons.fits(Verb.ASK, text))
    return [[buttons.button(text, Verb.ASK, text)] for text in questions]


def _links(library: Library) -> list[InlineKeyboardButton]:
    return [buttons.button(say("browse"), Verb.PLANS)] if library.plans else []
