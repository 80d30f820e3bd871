"""The buttons under an answer: the whole task, what else it says, another meaning, a choice."""

from __future__ import annotations

from collections.abc import Iterator

from telegram import Update

from bot.journal import KeepUnanswered
from bot.services import PlanContext
from bot.storage import buttons as kept_buttons
from handlers import buttons, markup
from handlers.ask import answer_text, find_question, said_in
from handlers.buttons import Verb
from handlers.markup import Style
from handlers.places import Page, place_of, send_html, send_pages
from handlers.presses import acknowledge, expired, find_task, query_of
from handlers.render import task_blocks
from handlers.wording import say
from knowledge.plan.model import Plan, Task

_MOST_NAMES = 20


async def full(update: Update, context: PlanContext) -> None:
    """Send the whole text of a task."""
    found = find_task(context.services.knowledge.library, buttons.arguments(query_of(update).data))
    if found is None:
        await expired(update, context)
        return
    await acknowledge(update, context)
    pages = [Page(text) for text in markup.paged(task_blocks(*found))]
    await send_pages(context, place_of(update), pages)


async def more(update: Update, context: PlanContext) -> None:
    """List what else a task names and sets, the names as buttons."""
    found = find_task(context.services.knowledge.library, buttons.arguments(query_of(update).data))
    if found is None:
        await expired(update, context)
        return
    await acknowledge(update, context)
    plan, task = found
    names = list(_names(plan, task))
    rows = [[buttons.button(name, Verb.NAME, buttons.plan_tag(plan.id), at)] for name, at in names]
    blocks = [markup.plain(say("more_title", number=task.number), Style.BOLD)]
    blocks += [markup.plain(f"· {quote}") for quote in _quotes(plan, task)]
    if len(blocks) == 1 and not rows:
        blocks = [markup.plain(say("more_none"))]
    pages = [Page(text) for text in markup.paged(blocks)]
    pages[-1] = Page(pages[-1].html, buttons.keyboard(rows))
    await send_pages(context, place_of(update), pages)


async def choose(update: Update, context: PlanContext) -> None:
    """Ask what a button says."""
    await acknowledge(update, context)
    await answer_text(update, context, buttons.rest(query_of(update).data), place_of(update))


async def choose_kept(update: Update, context: PlanContext) -> None:
    """Ask what a button stands for that could not hold it."""
    services = context.services
    place = place_of(update)
    name = buttons.rest(query_of(update).data)
    async with services.database.read() as connection:
        kept = await kept_buttons.find(connection, place.chat, name, services.clock.now())
    text = kept.get("text") if isinstance(kept, dict) else None
    if not isinstance(text, str):
        await expired(update, context)
        return
    await acknowledge(update, context)
    await answer_text(update, context, text, place)


async def choose_name(update: Update, context: PlanContext) -> None:
    """Ask about the program whose first mention a button points at."""
    parts = buttons.arguments(query_of(update).data)
    for plan in context.services.knowledge.library.plans:
        for program in plan.programs:
            if parts == (buttons.plan_tag(plan.id), str(program.start)):
                await acknowledge(update, context)
                await answer_text(update, context, program.name, place_of(update))
                return
    await expired(update, context)


async def not_meant(update: Update, context: PlanContext) -> None:
    """Take back a correction that was wrong: note it, and let the next question stand alone."""
    services = context.services
    await acknowledge(update, context)
    said = said_in(update)
    question = await find_question(context, said)
    await services.conversation.forget(said)
    if question:
        services.journal.note(update.update_id, KeepUnanswered(question))
    await send_html(context, place_of(update), markup.escape(say("not_meant_done")))


def _names(plan: Plan, task: Task) -> Iterator[tuple[str, int]]:
    """Yield each name in a task once, with where it stands."""
    seen: set[str] = set()
    for program in plan.programs:
        if program.task == task.key and program.name not in seen and len(seen) < _MOST_NAMES:
            seen.add(program.name)
            yield program.name, program.start


def _quotes(plan: Plan, task: Task) -> list[str]:
    """Return the sentences of a task that set a figure or a time, each once."""
    marks = [item.start for item in plan.figures if item.task == task.key]
    marks += [item.start for item in plan.deadlines if item.task == task.key]
    return [
        clause.text
        for clause in plan.clauses
        if clause.task == task.key and any(clause.start <= at < clause.end for at in marks)
    ]
