from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot

from tests.botapi import BotApi, Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture(autouse=True)
def periods_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this the library warns each time it raises RetryAfter, and warnings are errors."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with Bot(api.token, base_url=api.base_url, base_file_url=api.file_url) as client:
        yield client


@pytest.fixture
def person(api: BotApi) -> Person:
    return api.person()
