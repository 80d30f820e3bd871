"""A bot of ours that runs within a test, against the Bot API of the test."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.app import PlanBot, Worker, make_services
from bot.clock import Clock, clock_from
from bot.live import LiveKnowledge, Loaded
from bot.pacing import Limits
from bot.runners import serve_bot
from bot.settings import Settings, load_settings
from bot.storage.migrations import open_database
from bot.transport import Timeouts, Transport
from tests.botapi import BotApi, Person
from tests.telegram.invented import invented_knowledge

NOW = datetime(2031, 3, 3, 2, 0, tzinfo=UTC)


@dataclass(slots=True)
class Setup:
    """How a bot is to run; `workers` run beside it."""

    mode: str = "polling"
    admins: Sequence[Person] = ()
    load: Callable[[], Loaded] = invented_knowledge
    stamp: Callable[[], object] | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits.none)
    workers: Sequence[Worker] = ()
    clock: Clock = field(default_factory=lambda: clock_from(NOW))
    port: int = 0
    read_timeout: float = 5.0
    patience: float = 1.0


def settings_for(api: BotApi, folder: Path, setup: Setup) -> Settings:
    """The settings of a bot against `api`, with its files in `folder`."""
    environ = {
        "PLANBOT_TOKEN": api.token,
        "PLANBOT_API_URL": api.base_url,
        "PLANBOT_DATA": str(folder),
        "PLANBOT_ADMINS": ",".join(str(admin.id) for admin in setup.admins),
    }
    if setup.mode == "webhook":
        port = setup.port or free_port()
        environ["PLANBOT_LISTEN"] = f"127.0.0.1:{port}"
        environ["PLANBOT_WEBHOOK_URL"] = f"http://127.0.0.1:{port}/updates"
    return load_settings({**environ, **setup.environ})


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def made(api: BotApi, folder: Path, setup: Setup | None = None) -> AsyncIterator[PlanBot]:
    """Make a bot that does not run yet."""
    setup = setup or Setup()
    settings = settings_for(api, folder, setup)
    transport = Transport(timeouts=Timeouts(connect=5.0, read=setup.read_timeout))
    async with await open_database(settings.database_url) as database:
        services = make_services(
            settings,
            setup.clock,
            database,
            LiveKnowledge(setup.load, setup.stamp),
            transport,
            limits=setup.limits,
        )
        try:
            yield PlanBot(services, transport, setup.workers, patience=setup.patience)
        finally:
            await transport.shutdown()


@asynccontextmanager
async def running(api: BotApi, folder: Path, setup: Setup | None = None) -> AsyncIterator[PlanBot]:
    """Run a bot within the block; what makes it end by itself fails the test."""
    setup = setup or Setup()
    async with made(api, folder, setup) as bot:
        task = asyncio.ensure_future(serve_bot(bot, setup.mode))
        try:
            await _ready(api, task, setup.mode)
            yield bot
            if task.done():
                task.result()
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def settled(api: BotApi, bot: PlanBot) -> None:
    """Wait until the bot has taken and handled everything there is."""
    await api.taken(within=30)
    async with asyncio.timeout(30):
        await bot.intake.idle()


async def _ready(api: BotApi, task: asyncio.Task[None], mode: str) -> None:
    """Wait until the bot takes updates, or until it has ended."""
    updates = api.world.updates

    def ready() -> bool:
        taking = updates.polling if mode == "polling" else updates.webhook is not None
        introduced = bool(api.calls("setMyShortDescription"))
        return task.done() or (taking and introduced)

    await api.wait_for(ready, within=30)
    if task.done():
        task.result()
