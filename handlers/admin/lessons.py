"""Teaching the words of a question that was not answered, into a keeper's file."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from telegram import ForceReply, Message, Update
from telegram.ext import filters

from bot import teaching
from bot.letters import Text
from bot.services import PlanContext
from bot.storage import unanswered as storage
from bot.storage.unanswered import Unanswered
from handlers.admin.guard import admins_only
from handlers.admin.reload import refusal
from handlers.admin.unanswered import find, key_of
from handlers.ask import answer_text
from handlers.groups import replies_to_us
from handlers.markup import cut, escape
from handlers.places import Place, place_of, send_html, send_pages
from handlers.presses import acknowledge, expired
from handlers.wording import say
from knowledge.plan.model import Plan
from knowledge.plan.problems import PlanFileError

_MARK = re.compile(r"〔(alias|synonym|phrasing) ([0-9a-f]{24})〕")
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
async def ask_alias(update: Update, context: PlanContext) -> None:
    """Ask for an alias."""
    await _ask_for(update, context, "alias")


@admins_only
async def ask_synonym(update: Update, context: PlanContext) -> None:
    """Ask for a synonym."""
    await _ask_for(update, context, "synonym")


@admins_only
async def ask_phrasing(update: Update, context: PlanContext) -> None:
    """Ask for the words of the plan that answer the question."""
    await _ask_for(update, context, "phrasing")


@admins_only
async def note_untold(update: Update, context: PlanContext) -> None:
    """Write the question into the keeper's file of the newest plan as one it does not tell of."""
    found = await find(context, key_of(update))
    if found is None:
        await expired(update, context)
        return
    await acknowledge(update, context)
    services, place = context.services, place_of(update)
    plans = services.knowledge.library.newest_first()
    folder = services.settings.plans
    if folder is None or not plans:
        await send_html(context, place, escape(say("plans_bundled")))
        return
    keeper = await _taught(
        context, place, teaching.add_untold, _file_of(folder, plans[0]), found.question
    )
    if keeper is not None:
        await send_html(context, place, escape(say("untold_done", file=keeper.name)))
        await _settle(context, found.key)


@admins_only
async def teach(update: Update, context: PlanContext) -> None:
    """Write an alias or synonym into the keeper's file, read the plans again, and ask again."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - the filter lets only replies through
    assert message.reply_to_message is not None  # noqa: S101 - as above
    mark = _MARK.search(message.reply_to_message.text or "")
    said = (message.text or "").strip()
    place, services = place_of(update), context.services
    found = await find(context, mark[2]) if mark is not None else None
    pair = _pair(mark[1], said, found) if mark is not None else None
    if mark is None or pair is None:
        await send_html(context, place, escape(say("teach_bad")))
        return
    folder = services.settings.plans
    if folder is None:
        await send_html(context, place, escape(say("plans_bundled")))
        return
    left, right = pair
    plan = _plan_with(services.knowledge.library.newest_first(), mark[1], left, right)
    if plan is None:
        await send_html(context, place, escape(say("teach_no_program", name=left)))
        return
    keeper = await _taught(context, place, _ADD[mark[1]], _file_of(folder, plan), left, right)
    if keeper is None:
        return
    question = found.question if found is not None else right
    text = say("teach_done", file=keeper.name, question=cut(question, 300))
    await send_html(context, place, escape(text))
    await _settle(context, mark[2])
    # Asked again as anybody would: if it still has no answer it is on the list again.
    await answer_text(update, context, question, place)


# What each kind of lesson is added by.
_ADD: Mapping[str, Callable[[Path, str, str], Path]] = {
    "alias": teaching.add_alias,
    "synonym": teaching.add_synonym,
    "phrasing": teaching.add_phrasing,
}


def _pair(kind: str, said: str, found: Unanswered | None) -> tuple[str, str] | None:
    """Return what to add: the two sides of “=”, or the plan's words and the question."""
    if kind == "phrasing":
        return (said, found.question) if said and found is not None else None
    pair = _PAIR.fullmatch(said)
    return (pair[1], pair[2]) if pair is not None else None


async def _taught(
    context: PlanContext, place: Place, add: Callable[..., Path], *values: Path | str
) -> Path | None:
    """Change a keeper's file and read the plans again; where it is wrong, say so: None."""
    try:
        keeper = await asyncio.to_thread(add, *values)
        await context.services.knowledge.reload()
    except PlanFileError as error:
        await send_pages(context, place, refusal("reload_refused", error))
        return None
    return keeper


async def _settle(context: PlanContext, key: str) -> None:
    """Take a question that was dealt with off the list."""
    services = context.services
    async with services.database.write() as connection:
        await storage.resolve(connection, key, services.clock.now())


def _file_of(folder: Path, plan: Plan) -> Path:
    path = teaching.plan_file(folder, plan.id)
    if path is None:
        raise FileNotFoundError(f"no file of the plan {plan.id!r}")
    return path


def _plan_with(plans: list[Plan], kind: str, left: str, right: str) -> Plan | None:
    """Return the plan to add to: that of the program, or the one that writes the words."""
    if kind == "alias":
        return next((p for p in plans if any(item.name == left for item in p.programs)), None)
    if kind == "phrasing":
        return next((plan for plan in plans if left in plan.source), plans[0] if plans else None)
    return next((plan for plan in plans if right in plan.source), plans[0] if plans else None)


async def _ask_for(update: Update, context: PlanContext, kind: str) -> None:
    found = await find(context, key_of(update))
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
