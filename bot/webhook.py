"""Updates that Telegram posts: the address and the secret it is told, and taking them in."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from urllib.parse import urlsplit

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.intake import Intake
from bot.logs import log_error
from bot.settings import Settings

_LOG = logging.getLogger(__name__)

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


def webhook_secret(settings: Settings) -> str:
    """Return what Telegram repeats with each post: the one chosen, or one made of the token."""
    token = (settings.token or "").encode()
    return settings.webhook_secret or hmac.new(token, b"webhook", hashlib.sha256).hexdigest()


def webhook_path(settings: Settings) -> str:
    """Return the path that updates are posted to."""
    path = urlsplit(settings.webhook_url or "").path
    return path if path.strip("/") else "/telegram"


def webhook_address(settings: Settings) -> str:
    """Return the address that Telegram is told."""
    parts = urlsplit(settings.webhook_url or f"http://{settings.listen}")
    return parts._replace(path=webhook_path(settings)).geturl()


class WebhookReceiver:
    """Takes the updates that Telegram posts: 200 once they are stored.

    Args:
        intake: stores them, and has them handled.
        settings: say where they are posted, and with which secret.
    """

    def __init__(self, intake: Intake, settings: Settings) -> None:
        self._intake = intake
        self._path = webhook_path(settings)
        self._secret = webhook_secret(settings)

    def add_to(self, app: web.Application) -> None:
        """Serve the path on `app`."""
        app.router.add_post(self._path, self._post)

    async def _post(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        try:
            await self._intake.receive([update])
        except SQLAlchemyError as error:
            log_error(_LOG, "an update could not be stored, Telegram will post it again", error)
            return web.Response(status=500)
        return web.Response()
