"""/program: what a name is, or all names by section, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import InlineKeyboardButton, Update

from bot.services import PlanContext
from handlers import buttons
from handlers.ask import answer_message
from handlers.buttons import Verb, plan_tag
from handlers.markup import escape
from handlers.places import Page, place_of, send_html, send_pages
from handlers.presses import acknowledge, change_message, query_of
from handlers.wording import say
from knowledge.plan.library import Library
from knowledge.plan.model import Plan, Program

_ON_A_PAGE = 10
_IN_A_ROW = 2
# A longer label is cut on a phone where it shares its row.
_SHORT = 10


async def program(update: Update, context: PlanContext) -> None:
    """Answer what stands behind /program, or list every name."""
    text = " ".join(context.args or ())
    if text:
        await answer_message(update, context, text)
        return
    page = programs_page(context.services.knowledge.library, 0)
    if page is None:
        await send_html(context, place_of(update), escape(say("programs_none")))
        return
    await send_pages(context, place_of(update), [page])


async def show_programs(update: Update, context: PlanContext) -> None:
    """Turn to the page that a button names."""
    parts = buttons.arguments(query_of(update).data)
    number = int(parts[0]) if parts and parts[0].isdecimal() else 0
    page = programs_page(context.services.knowledge.library, number)
    await acknowledge(update, context)
    if page is not None:
        await change_message(update, context, page.html, page.keyboard)


def programs_page(library: Library, number: int) -> Page | None:
    """Return a page of the list of names, None where there is none."""
    names = _names(library)
    if not names:
        return None
    pages = -(-len(names) // _ON_A_PAGE)
    number = min(number, pages - 1)
    shown = names[number * _ON_A_PAGE : (number + 1) * _ON_A_PAGE]
    text = [escape(say("programs_title", count=len(names)))]
    last = ""
    for plan, item in shown:
        section = plan.section(item.task.section)
        heading = plan.title if section is None else f"{section.label}{section.title}"
        if heading != last:
            text.append(f"\n<b>{escape(heading)}</b>")
            last = heading
        text.append(f"· {escape(item.name)} ({escape(say('task', number=item.task.number))})")
    keys = [
        buttons.button(item.name, Verb.NAME, plan_tag(plan.id), item.start) for plan, item in shown
    ]
    rows = _rows(keys)
    turn = []
    if number > 0:
        turn.append(buttons.button(say("previous"), Verb.PROGRAMS, number - 1))
    if number < pages - 1:
        turn.append(buttons.button(say("next"), Verb.PROGRAMS, number + 1))
    text.append("\n" + escape(say("programs_page", page=number + 1, pages=pages)))
    return Page("\n".join(text), buttons.keyboard([*rows, turn]))


def _rows(keys: Iterable[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Return buttons in rows, short ones side by side and a long one alone."""
    rows: list[list[InlineKeyboardButton]] = []
    for key in keys:
        last = rows[-1] if rows else []
        if last and len(last) < _IN_A_ROW and max(len(last[0].text), len(key.text)) <= _SHORT:
            last.append(key)
        else:
            rows.append([key])
    return rows


def _names(library: Library) -> list[tuple[Plan, Program]]:
    """Return the first mention of each name, in the order of the plans."""
    found: dict[tuple[str, str], tuple[Plan, Program]] = {}
    for plan in library.newest_first():
        for item in plan.programs:
            found.setdefault((plan.id, item.name), (plan, item))
    return list(found.values())
