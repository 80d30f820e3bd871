"""/timezone, a shared location, and /quiet: when a chat's reminders come."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import process
from telegram import Update
from telegram.constants import ChatType

from bot.quiet import QuietHours
from bot.services import PlanContext
from handlers import buttons
from handlers.buttons import Verb
from handlers.markup import cut, escape
from handlers.places import Page, place_of, send_html, send_pages
from handlers.presses import acknowledge, change_message, expired, query_of
from handlers.reminders.rights import manages
from handlers.reminders.wording import data, says, tell, time_words

_BEIJING = "Asia/Shanghai"

# As Chinese keyboards write hours.
_BARE_HOUR = re.compile(r"(?<![\d:])(\d{1,2})(?![\d:])")
_HALF_WIDTH = str.maketrans("\uff1a\u2014\uff0d\uff5e~", ":----")


@manages
async def timezone(update: Update, context: PlanContext) -> None:
    """Say which zone holds, or choose another."""
    text = " ".join(context.args or ()).strip()
    if not text:
        await _say(update, context, await _now(update, context, "zone_now"))
        return
    zone = _zone(text)
    if zone is None:
        names = process.extractOne(text, sorted(available_timezones()), score_cutoff=70)
        nearest = tell("zone_nearest", name=names[0]) if names else ""
        refused = tell("zone_unknown", text=cut(text, 60), nearest=nearest)
        await _say(update, context, refused)
        return
    await context.services.reminders.desk.set_chat(place_of(update).chat, timezone=zone)
    await _say(update, context, await _now(update, context, "zone_set"))


async def location(update: Update, context: PlanContext) -> None:
    """Offer the zones that a shared location may be in: by its longitude, and Beijing's."""
    message = update.effective_message
    where = message.location if message is not None else None
    if where is None or message is None or message.chat.type != ChatType.PRIVATE:
        return
    hours = round(where.longitude / 15)
    # The names count the other way round (POSIX).
    name = f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"
    offset = f"UTC{hours:+d}"
    row = [buttons.button(tell("zone_beijing"), Verb.SUBSCRIPTION, "tz", _BEIJING)]
    if hours != 8:
        label = tell("zone_offset", offset=offset)
        row.insert(0, buttons.button(label, Verb.SUBSCRIPTION, "tz", name))
    page = Page(escape(tell("zone_guess", offset=offset)), buttons.keyboard([row]))
    await send_pages(context, place_of(update), [page])


@manages
async def choose_zone(update: Update, context: PlanContext) -> None:
    """Take the zone that a button names."""
    zone = _zone(buttons.arguments(query_of(update).data)[-1])
    if zone is None:
        await expired(update, context)
        return
    await context.services.reminders.desk.set_chat(place_of(update).chat, timezone=zone)
    await acknowledge(update, context)
    text = await _now(update, context, "zone_set")
    await change_message(update, context, escape(text), None)


@manages
async def quiet(update: Update, context: PlanContext) -> None:
    """Say which hours are quiet, or choose others."""
    text = " ".join(context.args or ()).strip()
    desk, chat = context.services.reminders.desk, place_of(update).chat
    name = "quiet_now"
    if text:
        try:
            hours = _quiet_hours(text)
        except ValueError:
            await _say(update, context, tell("quiet_bad", text=cut(text, 60)))
            return
        await desk.set_chat(chat, quiet=hours)
        name = "quiet_set"
    hours_now = str((await desk.settings(chat)).quiet).replace("off", tell("quiet_off"))
    await _say(update, context, tell(name, quiet=hours_now))


def _quiet_hours(text: str) -> QuietHours:
    """Read hours as people write them; raise ValueError for anything else."""
    if says("quiet_never", text):
        return QuietHours.none()
    return QuietHours.parse(_BARE_HOUR.sub(r"\1:00", text.translate(_HALF_WIDTH)))


def _zone(text: str) -> ZoneInfo | None:
    name = data()["zones"].get(text, text)
    # Names are folders to the zone database, so only those that it lists are asked for.
    known = {zone.lower(): zone for zone in available_timezones()}
    found = known.get(str(name).lower())
    return None if found is None else ZoneInfo(found)


async def _now(update: Update, context: PlanContext, name: str) -> str:
    settings = await context.services.reminders.desk.settings(place_of(update).chat)
    time = time_words(context.services.clock.now(), settings.timezone)
    return tell(name, zone=settings.timezone.key, time=time)


async def _say(update: Update, context: PlanContext, text: str) -> None:
    await send_html(context, place_of(update), escape(text))
