"""The Telegram bot put together: services, the library's application, and what runs beside it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes

from bot import notices
from bot.alarms import Alarms
from bot.api import BotApi
from bot.clock import Clock
from bot.conversation import Conversation
from bot.housekeeping import follow_plans, keep_house
from bot.intake import Intake
from bot.journal import Journal
from bot.logs import log_error
from bot.metrics import Metrics
from bot.pacing import Limits
from bot.reminders.service import make_reminders, make_worker
from bot.sender import Sender
from bot.services import Knowledge, PlanApplication, PlanContext, Services
from bot.settings import Settings
from bot.storage import chats
from bot.storage.database import Database
from bot.talks import Talks
from bot.transport import Transport
from bot.updates import Json
from handlers.errors import report
from handlers.profile import introduce
from handlers.reminders.letters import write
from handlers.table import first, handlers

_LOG = logging.getLogger(__name__)


async def deliver_reminders(services: Services) -> None:
    """Make reminders when they fall due and send them."""
    worker = make_worker(
        services.settings,
        services.clock,
        services.database,
        services.sender,
        lambda: services.knowledge.library.plans,
        write,
        services.metrics.registry,
    )
    await worker.run()


# Runs beside the handling of updates until it is cancelled.
Worker: TypeAlias = Callable[[Services], Coroutine[Any, Any, None]]

BACKGROUND: tuple[Worker, ...] = (
    keep_house,
    follow_plans,
    deliver_reminders,
)


def make_services(
    settings: Settings,
    clock: Clock,
    database: Database,
    knowledge: Knowledge,
    transport: Transport,
    *,
    limits: Limits | None = None,
) -> Services:
    """Return the services of a bot whose token is in `settings`.

    Args:
        settings: what the operator chose.
        clock: tells the time and waits.
        database: what is kept, open.
        knowledge: the plans, loaded.
        transport: the connections to Telegram.
        limits: how fast messages may leave; Telegram's own if not given.
    """
    api = BotApi(
        transport,
        f"{settings.api_url}{settings.token}",
        f"{settings.file_url}{settings.token}",
    )
    metrics = Metrics()
    sender = Sender(api, clock, limits=limits, observer=metrics)

    journal = Journal()
    talks = Talks(database, journal)

    async def follow(old: int, new: int) -> None:
        talks.drop(old)
        talks.drop(new)
        async with database.write() as connection:
            await chats.migrate(connection, old, new)

    sender.on_migration(follow)
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        api=api,
        sender=sender,
        knowledge=knowledge,
        conversation=Conversation(knowledge.answers, talks, clock, settings.timezone),
        journal=journal,
        talks=talks,
        metrics=metrics,
        alarms=Alarms(),
        reminders=make_reminders(settings, clock, database, lambda: knowledge.library.plans),
    )


def make_application(services: Services, transport: Transport) -> PlanApplication:
    """Return the library's application with every handler; initialise it before use."""
    builder = (
        ApplicationBuilder()
        .application_class(PlanApplication, kwargs={"services": services})
        .token(services.settings.token or "")
        .base_url(services.settings.api_url)
        .base_file_url(services.settings.file_url)
        .request(transport)
        .get_updates_request(transport)
        .context_types(ContextTypes(context=PlanContext))
        # Updates come through our own intake, and time through our own clock.
        .updater(None)
        .job_queue(None)
    )
    application = builder.build()
    assert isinstance(application, PlanApplication)  # noqa: S101 - the class given above
    application.add_handlers(first(), group=-1)
    application.add_handlers(handlers())
    application.add_error_handler(report)
    return application


class PlanBot:
    """A bot that handles updates, wherever they come from.

    Args:
        services: what its handlers work with.
        transport: the connections to Telegram.
        workers: what runs beside the handling of updates.
        patience: how many seconds what is being handled may take when the bot ends.
    """

    def __init__(
        self,
        services: Services,
        transport: Transport,
        workers: Sequence[Worker] = BACKGROUND,
        *,
        patience: float = 10.0,
    ) -> None:
        self.services = services
        self.application = make_application(services, transport)
        self.intake = Intake(
            services.database,
            services.clock,
            self._handle,
            services.metrics,
            services.journal,
            services.talks,
        )
        self._workers = workers
        self._patience = patience

    async def run(self, source: Callable[[PlanBot], Awaitable[None]], *, alone: bool) -> None:
        """Handle the updates of `source` until it ends or this is cancelled.

        Args:
            source: brings updates to `intake`.
            alone: no other process handles the updates of this bot.
        """
        await self.application.initialize()
        working = [asyncio.create_task(self.intake.run(alone=alone), name="intake")]
        working += [asyncio.create_task(worker(self.services)) for worker in self._workers]
        working.append(asyncio.ensure_future(source(self)))
        try:
            done, _ = await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in working[1:]:
                task.cancel()
            await asyncio.gather(*working[1:], return_exceptions=True)
            await self.intake.close(self._patience)
            working[0].cancel()
            await asyncio.gather(working[0], return_exceptions=True)
            await self.services.sender.close()
            await self.application.shutdown()

    async def introduce(self) -> None:
        """Tell Telegram what the bot says of itself; what fails is logged."""
        await introduce(self.services)

    async def _handle(self, payload: Json) -> None:
        if await notices.deliver(self.services.sender, payload):
            return
        try:
            update = Update.de_json(payload, self.application.bot)
        except Exception as error:  # noqa: BLE001 - whatever a new kind of update makes it raise
            log_error(_LOG, f"update {payload['update_id']} cannot be read and is skipped", error)
            return
        await self.application.process_update(update)
