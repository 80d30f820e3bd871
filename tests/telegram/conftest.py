"""A Bot API on loopback, and our own way of calling it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.api import BotApi as Calls
from bot.app import PlanBot
from bot.transport import Timeouts, Transport
from tests.botapi import BotApi
from tests.clock import ManualClock
from tests.telegram.running import running


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """Telegram, as strict as it is."""
    async with BotApi() as server:
        yield server


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands still."""
    return ManualClock()


@pytest.fixture
async def calls(api: BotApi) -> AsyncIterator[Calls]:
    """Our calls to `api`, which give up on a slow answer soon."""
    transport = Transport(timeouts=Timeouts(connect=5.0, read=0.3))
    yield Calls(transport, f"{api.base_url}{api.token}", f"{api.file_url}{api.token}")
    await transport.shutdown()


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    """Each way in which updates come, in turn."""
    return str(request.param)


@pytest.fixture
async def bot(api: BotApi, tmp_path: Path) -> AsyncIterator[PlanBot]:
    """A bot that runs."""
    async with running(api, tmp_path) as made:
        yield made
