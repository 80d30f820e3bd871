"""/plan: sections, tasks and their text, by buttons that change one message."""

from __future__ import annotations

from telegram import InlineKeyboardButton, Update

from bot.services import PlanContext
from handlers import buttons, markup
from handlers.buttons import Verb, plan_tag
from handlers.markup import Style, escape
from handlers.places import Page, place_of, send_html, send_pages
from handlers.presses import acknowledge, change_message, expired, find_plan, find_task, query_of
from handlers.render import task_blocks
from handlers.wording import say
from knowledge.plan.library import Library
from knowledge.plan.model import Plan, Task

_IN_A_ROW = 5
_TEXT_UNITS = 3500


async def plan(update: Update, context: PlanContext) -> None:
    """Show the sections of the plan, or the plans where there are several."""
    library = context.services.knowledge.library
    if not library.plans:
        await send_html(context, place_of(update), escape(say("no_plan")))
        return
    await send_pages(context, place_of(update), [first_page(library)])


async def show_plans(update: Update, context: PlanContext) -> None:
    """Show the first page in the message with the button."""
    library = context.services.knowledge.library
    await _show(update, context, first_page(library) if library.plans else None)


async def show_sections(update: Update, context: PlanContext) -> None:
    """Show the sections of the plan that a button names."""
    parts = buttons.arguments(query_of(update).data)
    found = find_plan(context.services.knowledge.library, parts[0]) if parts else None
    page = None if found is None else sections_page(found, context.services.knowledge.library)
    await _show(update, context, page)


async def show_section(update: Update, context: PlanContext) -> None:
    """Show the tasks of the section that a button names."""
    parts = buttons.arguments(query_of(update).data)
    page = None
    if len(parts) == 2 and parts[1].isdecimal():
        found = find_plan(context.services.knowledge.library, parts[0])
        page = None if found is None else _section_page(found, int(parts[1]))
    await _show(update, context, page)


async def show_task(update: Update, context: PlanContext) -> None:
    """Show the text of the task that a button names, a page of it."""
    parts = buttons.arguments(query_of(update).data)
    found = find_task(context.services.knowledge.library, parts)
    number = int(parts[3]) if len(parts) > 3 and parts[3].isdecimal() else 0
    await _show(update, context, None if found is None else task_page(*found, number))


def first_page(library: Library) -> Page:
    """Return where browsing begins."""
    if len(library.plans) == 1:
        return sections_page(library.plans[0], library)
    rows = [
        [buttons.button(plan.title or plan.id, Verb.SECTIONS, plan_tag(plan.id))]
        for plan in library.newest_first()[: markup.MOST_ENTITIES // 2]
    ]
    title = escape(say("plans_title", count=len(library.plans)))
    return Page(title, buttons.keyboard(rows))


def sections_page(plan: Plan, library: Library) -> Page:
    """Return a plan's title with a button for each section."""
    rows = []
    for number, title in _sections(plan):
        count = sum(task.section == number for task in plan.tasks)
        label = say("section_count", title=title, count=count)
        rows.append([buttons.button(label, Verb.SECTION, plan_tag(plan.id), number)])
    if len(library.plans) > 1:
        rows.append([buttons.button(say("up"), Verb.PLANS)])
    return Page(
        f"<b>{escape(markup.cut(plan.title or plan.id, 1000))}</b>", buttons.keyboard(rows)
    )


def task_page(plan: Plan, task: Task, number: int = 0) -> Page:
    """Return a page of a task's text, with buttons to the others and back."""
    texts = markup.paged(task_blocks(plan, task), _TEXT_UNITS)
    number = min(number, len(texts) - 1)
    address = (plan_tag(plan.id), task.section, task.number)
    row: list[InlineKeyboardButton] = []
    if number > 0:
        row.append(buttons.button(say("previous"), Verb.TASK, *address, number - 1))
    if number < len(texts) - 1:
        row.append(buttons.button(say("next"), Verb.TASK, *address, number + 1))
    up = [buttons.button(say("up"), Verb.SECTION, plan_tag(plan.id), task.section)]
    text = texts[number]
    if len(texts) > 1:
        text += "\n" + escape(say("page_of", page=number + 1, pages=len(texts)))
    return Page(text, buttons.keyboard([row, up]))


def _section_page(plan: Plan, number: int) -> Page | None:
    title = dict(_sections(plan)).get(number)
    if title is None:
        return None
    tasks = [task for task in plan.tasks if task.section == number]
    names = [
        markup.plain(say("task", number=task.number) + f" {task.title or _opening(task)}")
        for task in tasks
    ]
    text = markup.paged([markup.plain(title, Style.BOLD), *names], _TEXT_UNITS)[0]
    shown = [
        buttons.button(str(task.number), Verb.TASK, plan_tag(plan.id), number, task.number)
        for task in tasks[:90]
    ]
    rows = [shown[at : at + _IN_A_ROW] for at in range(0, len(shown), _IN_A_ROW)]
    rows.append([buttons.button(say("up"), Verb.SECTIONS, plan_tag(plan.id))])
    return Page(text, buttons.keyboard(rows))


def _opening(task: Task) -> str:
    return markup.cut(task.text.strip(), 30)


def _sections(plan: Plan) -> list[tuple[int, str]]:
    """Return the number and title of each section, and of what stands in none."""
    found = [(section.number, f"{section.label}{section.title}") for section in plan.sections]
    known = {number for number, _ in found}
    if any(task.section not in known for task in plan.tasks):
        found.append((0, say("tasks_without_section")))
    return found


async def _show(update: Update, context: PlanContext, page: Page | None) -> None:
    if page is None:
        await expired(update, context)
        return
    await acknowledge(update, context)
    await change_message(update, context, page.html, page.keyboard)
