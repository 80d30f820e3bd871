"""/calendar: a chat's deadlines as a file, and as an address to subscribe to."""

from __future__ import annotations

from telegram import Update

from bot.letters import File
from bot.reminders.feed import calendar_of, feed_address
from bot.services import PlanContext
from bot.storage import feeds
from bot.transport import Upload
from handlers import buttons
from handlers.buttons import Verb
from handlers.markup import escape
from handlers.places import Page, deliver, place_of, send_html, send_pages
from handlers.presses import acknowledge, change_message
from handlers.reminders.rights import manages
from handlers.reminders.wording import tell

_FILE = "planbot.ics"


async def calendar(update: Update, context: PlanContext) -> None:
    """Send the file, and the address where there is one."""
    services, place = context.services, place_of(update)
    body, count = await calendar_of(services, place.chat)
    if not count:
        await send_html(context, place, escape(tell("calendar_empty")))
        return
    caption = escape(tell("calendar_caption", count=count))
    upload = Upload(_FILE, body, "text/calendar")
    letter = File(place.chat, upload, False, caption, None, place.thread, place.reply_to)
    await deliver(context, letter, first=True)
    if services.settings.webhook_url is None:
        return
    async with services.database.write() as connection:
        word = await feeds.word(connection, place.chat, services.clock.now())
    await send_pages(context, place, [_page(context, "calendar_feed", word)])


@manages
async def renew(update: Update, context: PlanContext) -> None:
    """Give the chat another address; the last one leads nowhere any more."""
    services = context.services
    async with services.database.write() as connection:
        word = await feeds.renew(connection, place_of(update).chat, services.clock.now())
    await acknowledge(update, context)
    page = _page(context, "calendar_renewed", word)
    await change_message(update, context, page.html, page.keyboard)


def _page(context: PlanContext, name: str, word: str) -> Page:
    address = feed_address(context.services.settings, word) or ""
    row = [buttons.button(tell("calendar_renew"), Verb.CALENDAR, "new")]
    return Page(f"{escape(tell(name))}\n<code>{escape(address)}</code>", buttons.keyboard([row]))
