"""/remind: deadlines of a chat's own."""

from __future__ import annotations

import re

from telegram import Update

from bot.reminders.desk import Subscribed
from bot.reminders.standing import WishError
from bot.services import PlanContext
from handlers.markup import escape, units
from handlers.places import Page, place_of, send_html, send_pages
from handlers.reminders.places import numbered_task
from handlers.reminders.rights import manages
from handlers.reminders.subscribe import confirmation
from handlers.reminders.wording import NoSuchDayError, day_words, find_day, tell
from knowledge.plan.library import Library

_LONGEST = 200
_NUMBERED = re.compile(r"#(\d{1,15})\s+")


@manages
async def remind(update: Update, context: PlanContext) -> None:
    """Add a deadline, or give one that is there another day and other words."""
    message = update.effective_message
    text = " ".join(context.args or ()).strip() if message is not None else ""
    services, place = context.services, place_of(update)
    settings = await services.reminders.desk.settings(place.chat)
    today = services.clock.now().astimezone(settings.timezone).date()
    numbered = _NUMBERED.match(text)
    try:
        found = find_day(text[numbered.end() :] if numbered else text, today)
    except NoSuchDayError as error:
        await _say(update, context, tell("remind_no_such_day", day=error))
        return
    if found is None or not (found[1] or found[2]):
        await _say(update, context, tell("remind_how", year=today.year + 1))
        return
    day, before, after = found
    subject, words = (before, after) if after else ("", before)
    if units(subject) > _LONGEST or units(words) > _LONGEST:
        await _say(update, context, tell("remind_long", most=_LONGEST))
        return
    own = services.reminders.own
    if numbered:
        number = int(numbered[1])
        try:
            changed = await own.change(place.chat, number, day, after or before)
        except WishError as error:
            if error.name != "not_yours":
                raise
            await _say(update, context, tell("remind_no_number", number=number))
            return
        text = tell("remind_changed", day=day_words(changed.due_on), words=changed.words)
        await _say(update, context, text)
        return
    listed = await own.add(place.chat, place.thread or 0, subject, day, words)
    lines = [tell("remind_added", day=day_words(day), words=words)]
    if subject:
        known = _known(subject, services.knowledge.library)
        name = "remind_about" if known else "remind_unknown"
        lines.append(tell(name, subject=subject))
    page = confirmation(Subscribed(listed, new=True), context)
    rest = page.html.partition("\n")[2]
    html = "\n".join([*map(escape, lines), rest])
    await send_pages(context, place, [Page(html, page.keyboard)])


def _known(subject: str, library: Library) -> bool:
    """Tell whether a plan has a program or a task of this name or number."""
    if numbered_task(subject, library) is not None:
        return True
    return any(
        subject in (program.name, *program.aliases, *program.parts)
        for plan in library.plans
        for program in plan.programs
    )


async def _say(update: Update, context: PlanContext, text: str) -> None:
    await send_html(context, place_of(update), escape(text))
