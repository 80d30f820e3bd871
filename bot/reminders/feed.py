"""The feed: a chat's calendar at an address that only those know whom the chat tells."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

from bot.reminders.calendar_rules import Rule
from bot.reminders.ics import chat_calendar, chat_items
from bot.reminders.standing import rule_of
from bot.services import Services
from bot.settings import Settings
from bot.storage import feeds

_PATH = "/calendar/{word}.ics"
_TYPE = "text/calendar"


def feed_address(settings: Settings, word: str) -> str | None:
    """Return the address of the feed with this word, None where nothing is served."""
    if settings.webhook_url is None:
        return None
    parts = urlsplit(settings.webhook_url)
    return parts._replace(path=_PATH.format(word=word), query="", fragment="").geturl()


async def calendar_of(services: Services, chat: int) -> tuple[bytes, int]:
    """Return the calendar of a chat, and how many entries it has."""
    reminders = services.reminders
    listed = await reminders.desk.listed(chat)
    settings = await reminders.desk.settings(chat)
    rule: Rule = rule_of(settings, None, None)
    items = chat_items(listed, services.knowledge.library.plans, rule)
    return chat_calendar(items), len(items)


class CalendarFeed:
    """Serves the calendars.

    Args:
        services: the bot's.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, app: web.Application) -> None:
        """Serve the calendars on `app`."""
        app.router.add_get(_PATH, self._get)

    async def _get(self, request: web.Request) -> web.Response:
        async with self._services.database.read() as connection:
            chat = await feeds.chat_of(connection, request.match_info["word"])
        if chat is None:
            return web.Response(status=404)
        body, _ = await calendar_of(self._services, chat)
        return web.Response(
            body=body,
            content_type=_TYPE,
            charset="utf-8",
            headers={"Cache-Control": "private, max-age=3600"},
        )
