"""/reload: plans and lexicon read again without a restart, or not at all."""

from __future__ import annotations

from telegram import Update

from bot.services import PlanContext
from handlers.admin.guard import admins_only
from handlers.markup import Style, paged, plain
from handlers.places import Page, place_of, send_html, send_pages
from handlers.wording import say
from knowledge.plan.problems import PlanFileError


@admins_only
async def reload(update: Update, context: PlanContext) -> None:
    """Read the plans again; faulty ones are refused whole, with every fault listed."""
    try:
        library = await context.services.knowledge.reload()
    except PlanFileError as error:
        await send_pages(context, place_of(update), refusal("reload_refused", error))
        return
    names = say("joiner").join(plan.title or plan.id for plan in library.plans)
    text = paged([plain(say("reload_done", plans=names))])[0]
    await send_html(context, place_of(update), text)


def refusal(sentence: str, error: PlanFileError) -> list[Page]:
    """Return the messages that list the faults of plan files, without their folders."""
    faults = [
        plain(f"{problem.path.name}:{problem.line}: {problem.message}")
        for problem in error.problems
    ]
    return [Page(text) for text in paged([plain(say(sentence), Style.BOLD), *faults])]
