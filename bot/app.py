"""The Telegram bot put together: services, the library's application, and what runs beside it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from telegram.ext import ApplicationBuilder, ContextTypes

from bot.api import BotApi
from bot.clock import Clock
from bot.pacing import Limits
from bot.sender import Sender
from bot.services import Knowledge, PlanApplication, PlanContext, Services
from bot.settings import Settings
from bot.storage import chats
from bot.storage.database import Database
from bot.transport import Transport
from handlers.table import handlers

# Runs beside the handling of updates until it is cancelled.
Worker: TypeAlias = Callable[[Services], Coroutine[Any, Any, None]]

BACKGROUND: tuple[Worker, ...] = ()


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
    sender = Sender(api, clock, limits=limits)

    async def follow(old: int, new: int) -> None:
        async with database.write() as connection:
            await chats.migrate(connection, old, new)

    sender.on_migration(follow)
    return Services(settings, clock, database, api, sender, knowledge)


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
    application.add_handlers(handlers())
    return application
