"""/unanswered: what the plans did not answer, and teaching the words people use for it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

from telegram import ForceReply, InlineKeyboardMarkup, Message, Update
from telegram.ext import filters

from bot import teaching
from bot.letters import Text
from bot.services import PlanContext
from bot.storage import unanswered as storage
from bot.storage.unanswered import Unanswered
from handlers import buttons
from handlers.admin.guard import admins_only
from handlers.admin.reload import refusal
from handlers.ask import answer_text
from handlers.buttons import Verb
from handlers.groups import replies_to_us
from handlers.markup import cut, escape
from handlers.places import Page, place_of, send_html, send_pages
from handlers.presses import acknowledge, change_message, expired, query_of
from handlers.wording import say
from knowledge.plan.model import Plan
from knowledge.plan.problems import PlanFileError

_MOST = 20
_MARK = re.compile(r"〔(alias|synonym) ([0-9a-f]{24})〕")
_PAIR = re.compile(r"\s*([^=＝\n]{1,60}?)\s*[=＝]\s*([^=＝\n]{1,60}?)\s*")


class Teaching(filters.MessageFilter):
    """Replies to a message that asked for an alias or a synonym."""

    def filter(self, message: Message) -> bool:
        """Tell whether the message is one."""
        asked = message.reply_to_message
        return (
            asked is not None
            and replies_to_us(message)
            and _MARK.search(asked.text or "") is not None
        )


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
    found = await _find(context, _key(update))
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
        [buttons.button(say("unanswered_resolve"), Verb.ADMIN, "rs", found.key)],
        [buttons.button(say("up"), Verb.ADMIN, "un")],
    ]
    await change_message(update, context, escape(text), buttons.keyboard(rows))


@admins_only
async def resolve(update: Update, context: PlanContext) -> None:
    """Take a question off the list."""
    services = context.services
    async with services.database.write() as connection:
        done = await storage.resolve(connection, _key(update), services.clock.now())
    text = say("unanswered_resolved" if done else "unanswered_gone")
    await acknowledge(update, context, text)
    page = await _list_page(context)
    await change_message(update, context, page.html, page.keyboard)


@admins_only
async def ask_alias(update: Update, context: PlanContext) -> None:
    """Ask for an alias."""
    await _ask_for(update, context, "alias")


@admins_only
async def ask_synonym(update: Update, context: PlanContext) -> None:
    """Ask for a synonym."""
    await _ask_for(update, context, "synonym")


@admins_only
async def teach(update: Update, context: PlanContext) -> None:
    """Write an alias or synonym into the keeper's file, read the plans again, and ask again."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - the filter lets only replies through
    assert message.reply_to_message is not None  # noqa: S101 - as above
    mark = _MARK.search(message.reply_to_message.text or "")
    pair = _PAIR.fullmatch(message.text or "")
    place = place_of(update)
    if mark is None or pair is None:
        await send_html(context, place, escape(say("teach_bad")))
        return
    services = context.services
    folder = services.settings.plans
    if folder is None:
        await send_html(context, place, escape(say("plans_bundled")))
        return
    left, right = pair.groups()
    plan = _plan_with(services.knowledge.library.newest_first(), mark[1], left, right)
    if plan is None:
        await send_html(context, place, escape(say("teach_no_program", name=left)))
        return
    add = teaching.add_alias if mark[1] == "alias" else teaching.add_synonym
    try:
        keeper = await asyncio.to_thread(_write, folder, plan, add, left, right)
        await services.knowledge.reload()
    except PlanFileError as error:
        await send_pages(context, place, refusal("reload_refused", error))
        return
    found = await _find(context, mark[2])
    question = found.question if found is not None else right
    text = say("teach_done", file=keeper.name, question=cut(question, 300))
    await send_html(context, place, escape(text))
    async with services.database.write() as connection:
        await storage.resolve(connection, mark[2], services.clock.now())
    # Asked again as anybody would: if it still has no answer it is on the list again.
    await answer_text(update, context, question, place)


def _write(
    folder: Path, plan: Plan, add: Callable[[Path, str, str], Path], left: str, right: str
) -> Path:
    path = teaching.plan_file(folder, plan.id)
    if path is None:
        raise FileNotFoundError(f"no file of the plan {plan.id!r}")
    return add(path, left, right)


def _plan_with(plans: list[Plan], kind: str, left: str, right: str) -> Plan | None:
    """Return the plan to add to: that of the program, or the one that writes the synonym."""
    if kind == "alias":
        return next((p for p in plans if any(item.name == left for item in p.programs)), None)
    return next((plan for plan in plans if right in plan.source), plans[0] if plans else None)


async def _ask_for(update: Update, context: PlanContext, kind: str) -> None:
    found = await _find(context, _key(update))
    if found is None:
        await expired(update, context)
        return
    await acknowledge(update, context)
    place = place_of(update)
    if context.services.settings.plans is None:
        await send_html(context, place, escape(say("plans_bundled")))
        return
    mark = say("teach_mark", kind=kind, key=found.key)
    html = escape(f"“{cut(found.question, 300)}”\n{say(f'{kind}_how')}\n{mark}")
    letter = Text(place.chat, html, ForceReply(selective=True))
    await context.services.sender.send(letter)


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


async def _find(context: PlanContext, key: str) -> Unanswered | None:
    async with context.services.database.read() as connection:
        return await storage.find(connection, key)


def _key(update: Update) -> str:
    parts = buttons.arguments(query_of(update).data)
    return parts[1] if len(parts) > 1 else ""


def _back() -> InlineKeyboardMarkup | None:
    return buttons.keyboard([[buttons.button(say("up"), Verb.ADMIN, "un")]])
