"""What is asked of the bot over HTTP by machines: whether it is ready, and its counters."""

from __future__ import annotations

import asyncio

from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.intake import Intake
from bot.metrics import CONTENT_TYPE
from bot.services import Services
from bot.storage import inbox
from bot.values import Listen

_PATIENCE = 5.0


class ListenError(Exception):
    """The address cannot be listened at; the message says which and why."""


class Health:
    """Answers `/healthz`, for whoever starts and stops us, and `/metrics`, for Prometheus.

    Args:
        services: the bot's.
        intake: its queue.
    """

    def __init__(self, services: Services, intake: Intake) -> None:
        self._services = services
        self._intake = intake

    def add_to(self, app: web.Application) -> None:
        """Serve `/healthz` on `app`."""
        app.router.add_get("/healthz", self._healthz)

    def add_metrics_to(self, app: web.Application) -> None:
        """Serve `/metrics` on `app`, which the public must not reach."""
        app.router.add_get("/metrics", self._metrics)

    async def _healthz(self, _request: web.Request) -> web.Response:
        """Say 200 where plans are loaded and the database answers, else 503 and what is not."""
        plans = len(self._services.knowledge.library.plans)
        database = await self._database_answers()
        ready = plans > 0 and database
        status = {"ready": ready, "plans": plans, "database": database}
        return web.json_response(status, status=200 if ready else 503)

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE), self._services.database.read() as connection:
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError, TimeoutError):
            return False
        return True

    async def _metrics(self, _request: web.Request) -> web.Response:
        metrics = self._services.metrics
        async with self._services.database.read() as connection:
            waiting = await inbox.counts(connection)
        metrics.queue.labels("updates").set(waiting.pending)
        metrics.queue.labels("held").set(self._intake.held)
        metrics.queue.labels("sends").set(self._services.sender.waiting)
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE})


async def serve(app: web.Application, listen: Listen) -> web.AppRunner:
    """Listen at an address; clean the returned runner up when done.

    Raises:
        ListenError: it is in use, or not ours to use.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, listen.host, listen.port).start()
    except OSError as error:
        await runner.cleanup()
        reason = error.strerror or str(error)
        raise ListenError(f"cannot listen at {listen}: {reason}") from error
    return runner
