"""Updates answered a second, and how long each waits, beside echo bots of the library.

The Bot API of the tests runs in a process of its own. Our bot, with its database and every quote
looked up, an echo bot of python-telegram-bot over the same transport, and one as the library
comes, are measured one after another, several times over, in the same run.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.app import PlanBot, make_services
from bot.clock import SystemClock
from bot.knowledge_base import answerer_for
from bot.live import LiveKnowledge, Loaded, set_apart
from bot.pacing import Limits
from bot.runners import serve_bot
from bot.settings import load_settings
from bot.storage.migrations import open_database
from bot.transport import Transport
from knowledge.plan.library import Library
from tests.bench.material import plan, questions
from tests.bench.table import Line, quantile

_ROUNDS = 3
_WARM = 100
_UPDATES = 1500
_PACED = 300
_PACE = 100.0
_AT_ONCE = 32
_ROOT = Path(__file__).parents[2]

Runs = Callable[[str, str], AbstractAsyncContextManager[None]]


@dataclass(slots=True)
class Measured:
    """Replies a second with many updates waiting, and seconds to a reply when they come evenly."""

    rates: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return the median of the rates."""
        return statistics.median(self.rates)

    @property
    def last(self) -> float:
        """Return the 99th percentile of the waits, in seconds."""
        return quantile(self.waits, 0.99)


def lines() -> Iterator[Line]:
    """Measure our bot and both echo bots in turn."""
    logging.disable(logging.WARNING)
    try:
        found = asyncio.run(_measure())
    finally:
        logging.disable(logging.NOTSET)
    ours, same, default = found["ours"], found["same"], found["default"]
    rate = f"{ours.rate:.0f} /s"
    yield Line(
        "updates answered a second, echo on our transport",
        rate,
        f"{same.rate:.0f} /s",
        ours.rate / same.rate,
        "0.85; python-telegram-bot + aiohttp",
    )
    yield Line(
        "updates answered a second, echo by default",
        rate,
        f"{default.rate:.0f} /s",
        ours.rate / default.rate,
        "2; python-telegram-bot + httpx",
    )
    yield Line(
        f"update to reply at {_PACE:.0f} /s, p99",
        f"{ours.last * 1e3:.1f} ms",
        f"{same.last * 1e3:.1f} ms",
        ours.last / same.last,
        "python-telegram-bot + aiohttp",
    )


async def _measure() -> dict[str, Measured]:
    bots: dict[str, Runs] = {"ours": planbot, "same": echo_ours, "default": echo_default}
    found = {name: Measured() for name in bots}
    for _ in range(_ROUNDS):
        for name, runs in bots.items():
            async with server() as ask:
                where = await ask({"questions": list(questions())})
                async with runs(where["base_url"], where["token"]):
                    await ask({"flood": _WARM})
                    found[name].rates.append((await ask({"flood": _UPDATES}))["rate"])
                    answer = await ask({"paced": _PACED, "rate": _PACE})
                    found[name].waits += answer["waits"]
    return found


Ask = Callable[[dict[str, Any]], Any]


@asynccontextmanager
async def server() -> AsyncIterator[Ask]:
    """Run the Bot API in a process of its own; what is yielded gives it a command."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.telegram_server"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
        cwd=_ROOT,
    )

    async def ask(command: dict[str, Any]) -> Any:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(command).encode() + b"\n")
        await process.stdin.drain()
        return json.loads(await process.stdout.readline())

    try:
        yield ask
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.terminate()
        await process.wait()


@asynccontextmanager
async def planbot(base_url: str, token: str) -> AsyncIterator[None]:
    """Run our bot, whole but for Telegram's limits, which the echo bots do not keep either."""
    loaded = Loaded(Library((plan(),)), answerer_for((plan(),), remembered=1000))
    set_apart()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(
            {"PLANBOT_TOKEN": token, "PLANBOT_API_URL": base_url, "PLANBOT_DATA": folder}
        )
        transport = Transport()
        async with await open_database(settings.database_url) as database:
            services = make_services(
                settings,
                SystemClock(),
                database,
                LiveKnowledge(lambda: loaded),
                transport,
                limits=Limits.none(),
            )
            running = asyncio.ensure_future(serve_bot(PlanBot(services, transport), "polling"))
            try:
                yield
            finally:
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await running
                await transport.shutdown()


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(update.effective_message.text or "?")


@asynccontextmanager
async def echo_ours(base_url: str, token: str) -> AsyncIterator[None]:
    """Run an echo bot over our transport."""
    builder = ApplicationBuilder().request(Transport()).get_updates_request(Transport())
    async with _echo_bot(builder, base_url, token, at_once=_AT_ONCE):
        yield


@asynccontextmanager
async def echo_default(base_url: str, token: str) -> AsyncIterator[None]:
    """Run an echo bot as the library comes, handling one update after another."""
    async with _echo_bot(ApplicationBuilder(), base_url, token, at_once=0):
        yield


@asynccontextmanager
async def _echo_bot(
    builder: Any, base_url: str, token: str, *, at_once: int
) -> AsyncIterator[None]:
    builder = builder.token(token).base_url(base_url)
    if at_once:
        builder = builder.concurrent_updates(at_once)
    application = builder.job_queue(None).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    async with application:
        await application.start()
        await application.updater.start_polling()
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()
