"""Running the bot: where its updates come from, and what stops it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.api import RefusedError
from bot.app import PlanBot, make_services
from bot.clock import clock_from
from bot.health import Health, ListenError, serve
from bot.live import LiveKnowledge, load, seed, stamp
from bot.logs import log_error, set_up_logs
from bot.reminders.feed import CalendarFeed
from bot.services import Services
from bot.settings import Settings
from bot.storage.database import StorageError
from bot.storage.migrations import open_database
from bot.transport import MaybeSentError, NotSentError, Timeouts, Transport
from bot.updates import has_id
from bot.webhook import WebhookReceiver, webhook_address, webhook_secret
from knowledge.plan.problems import PlanFileError

_LOG = logging.getLogger(__name__)

ALLOWED = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]

_POLL = 50
_MOST = 100
_LONGEST_PAUSE = 30.0
# One refusal may be a hiccup of theirs; this many in a row are meant.
_REFUSALS = 3
_LARGEST = 4 * 1024 * 1024


class TokenRejectedError(Exception):
    """Telegram does not know the token, or does not any more."""


def run_bot(settings: Settings, mode: str) -> int:
    """Run the bot until SIGINT or SIGTERM and return its exit code."""
    set_up_logs(settings.log, settings.log_level, secret=(settings.token, settings.webhook_secret))
    try:
        asyncio.run(_run(settings, mode))
    except KeyboardInterrupt:
        return 0
    except (StorageError, ListenError, PlanFileError, TokenRejectedError) as error:
        sys.stderr.write(f"planbot: {error}\n")
        return 1
    return 0


async def _run(settings: Settings, mode: str) -> None:
    seed(settings)
    knowledge = LiveKnowledge(lambda: load(settings), lambda: stamp(settings))
    transport = Transport()
    clock = clock_from(settings.now)
    async with await open_database(settings.database_url) as database:
        services = make_services(settings, clock, database, knowledge, transport)
        bot = PlanBot(services, transport)
        running = asyncio.ensure_future(serve_bot(bot, mode))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):  # Windows
                loop.add_signal_handler(number, running.cancel)
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await running
        finally:
            await transport.shutdown()


async def serve_bot(bot: PlanBot, mode: str) -> None:
    """Handle updates by `polling` or by `webhook` until cancelled.

    Raises:
        ListenError: an address cannot be listened at.
        TokenRejectedError: Telegram does not accept the token.
    """
    services = bot.services
    settings = services.settings
    health = Health(services, bot.intake)
    async with AsyncExitStack() as listening:
        if settings.metrics_listen is not None:
            app = web.Application()
            health.add_to(app)
            health.add_metrics_to(app)
            listening.push_async_callback((await serve(app, settings.metrics_listen)).cleanup)
        if mode == "webhook":
            app = web.Application(client_max_size=_LARGEST)
            health.add_to(app)
            WebhookReceiver(bot.intake, settings).add_to(app)
            CalendarFeed(services).add_to(app)
            listening.push_async_callback((await serve(app, settings.listen)).cleanup)
        await _wait_for_telegram(services)
        if mode == "webhook":
            await bot.run(_webhook, alone=False)
        else:
            await bot.run(_poll, alone=True)


async def _wait_for_telegram(services: Services) -> None:
    """Return once Telegram has accepted the token."""
    backoff = Backoff(services)
    while True:
        try:
            me = await services.api.call("getMe")
        except RefusedError as error:
            await backoff.refused(error)
        except (NotSentError, MaybeSentError) as error:
            _LOG.warning("Telegram cannot be reached, trying again: %s", error)
            await backoff.pause()
        else:
            _LOG.info("running as @%s", me.get("username"))
            return


async def _poll(bot: PlanBot) -> None:
    """Ask Telegram for updates; what was stored is confirmed with the next request."""
    services = bot.services
    await _call_until_done(services, "deleteWebhook", {"drop_pending_updates": False})
    await bot.introduce()
    backoff = Backoff(services)
    offset: int | None = None
    while True:
        await bot.intake.room()
        wanted: dict[str, Any] = {"timeout": _POLL, "limit": _MOST, "allowed_updates": ALLOWED}
        if offset is not None:
            wanted["offset"] = offset
        try:
            updates = await services.api.call(
                "getUpdates", wanted, timeouts=Timeouts(read=_POLL + 15.0)
            )
            await bot.intake.receive(updates)
        except RefusedError as error:
            await backoff.refused(error)
        except (NotSentError, MaybeSentError) as error:
            _LOG.warning("no updates, trying again: %s", error)
            await backoff.pause()
        except SQLAlchemyError as error:
            log_error(_LOG, "updates could not be stored, asking for them again", error)
            await backoff.pause()
        else:
            backoff.reset()
            # With nothing left all is confirmed; after a quiet week the ids begin anew.
            offset = _after(updates)


def _after(updates: list[Any]) -> int | None:
    ids = [update["update_id"] for update in updates if has_id(update)]
    return max(ids) + 1 if ids else None


async def _webhook(bot: PlanBot) -> None:
    """Tell Telegram where to post updates, and wait."""
    settings = bot.services.settings
    wanted = {
        "url": webhook_address(settings),
        "secret_token": webhook_secret(settings),
        "allowed_updates": ALLOWED,
        "max_connections": 100,
        "drop_pending_updates": False,
    }
    await _call_until_done(bot.services, "setWebhook", wanted)
    await bot.introduce()
    await asyncio.Event().wait()


async def _call_until_done(services: Services, method: str, wanted: dict[str, Any]) -> None:
    backoff = Backoff(services)
    while True:
        try:
            await services.api.call(method, wanted)
        except RefusedError as error:
            await backoff.refused(error)
        except (NotSentError, MaybeSentError) as error:
            _LOG.warning("%s failed, trying again: %s", method, error)
            await backoff.pause()
        else:
            return


class Backoff:
    """Pauses that grow while something fails, and the end of patience with a refused token."""

    def __init__(self, services: Services) -> None:
        self._clock = services.clock
        self._pauses = 0
        self._refusals = 0

    async def pause(self, at_least: float = 0.0) -> None:
        """Wait, longer than the last time."""
        seconds = max(at_least, min(_LONGEST_PAUSE, 0.5 * 2**self._pauses))
        self._pauses += 1
        await self._clock.sleep_until(self._clock.now() + timedelta(seconds=seconds))

    async def refused(self, error: RefusedError) -> None:
        """Wait after a refusal.

        Raises:
            TokenRejectedError: it was the token, several times in a row.
        """
        if error.status in (401, 404):
            self._refusals += 1
            if self._refusals >= _REFUSALS:
                raise TokenRejectedError(
                    "Telegram rejects the token (it is wrong or was revoked): get a new one from "
                    "@BotFather and set PLANBOT_TOKEN"
                ) from error
        if error.status == 409:
            _LOG.warning("another program uses this token as well: %s", error.description)
        else:
            _LOG.warning("Telegram refuses: %s", error)
        await self.pause(float(error.retry_after or 0))

    def reset(self) -> None:
        """Begin with short pauses again."""
        self._pauses = self._refusals = 0
