"""Real processes, killed: nothing is lost, and no kill doubles more than one message."""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.botapi import RemoteBotApi
from tests.reminders.nursery import DUE, LONG_LIFE, RESTART, Nursery, prepare
from tests.reminders.plans import FERRY_KEY
from tests.reminders.victim import STEPS

TOLD = f"reminder:{FERRY_KEY}:2024-05-31:7"


@pytest.fixture
async def telegram() -> AsyncIterator[RemoteBotApi]:
    async with RemoteBotApi() as api:
        yield api


async def survive(
    url: str, telegram: RemoteBotApi, people: list[int], fates: list[tuple[str, int]]
) -> None:
    """Kill a process by each of these fates, let one finish, and count what arrived."""
    now = DUE
    async with Nursery(telegram) as nursery:
        for step, count in fates:
            ends = await nursery.run(url, now, (step, count))
            assert ends == [-signal.SIGKILL], f"it was not killed {step}"
            now += RESTART
        assert await nursery.run(url, now, LONG_LIFE) == [0]
    sent = await telegram.sent()
    arrived = Counter(message["chat_id"] for message in sent)
    assert set(arrived) == set(people), "a reminder was lost"
    crashes = sum(step in ("after acceptance", "before commit") for step, _ in fates)
    assert arrived.total() - len(people) <= crashes
    texts: dict[int, list[str]] = {}
    for message in sent:
        texts.setdefault(message["chat_id"], []).append(message["text"])
    for told in texts.values():
        assert told[0].splitlines()[0] == TOLD
        assert all("doubtful" in text for text in told[1:]), (
            "a copy did not say that it may be one"
        )


async def test_ten_kills_lose_nothing_and_each_doubles_at_most_one_message(
    database_url: str, telegram: RemoteBotApi
) -> None:
    people = await prepare(database_url, telegram, 12)
    # All that is due is one claim, and each of its messages passes the later steps.
    fates = [(step, 1 if step == "before claim" else 2) for step in STEPS * 2]
    await survive(database_url, telegram, people, fates)


@pytest.mark.soak
async def test_sixty_kills_lose_nothing_and_each_doubles_at_most_one_message(
    database_url: str, telegram: RemoteBotApi
) -> None:
    people = await prepare(database_url, telegram, 150)
    chance = random.Random(11)  # noqa: S311
    fates = [(step, 1 if step == "before claim" else chance.randint(1, 2)) for step in STEPS * 12]
    chance.shuffle(fates)
    # Later processes find less to do, but always one claim, send and commit at least.
    await survive(database_url, telegram, people, fates)


async def test_two_processes_on_one_database_send_each_reminder_once(
    database_url: str, telegram: RemoteBotApi
) -> None:
    people = await prepare(database_url, telegram, 40)
    async with Nursery(telegram) as nursery:
        assert await nursery.run(database_url, DUE, LONG_LIFE, LONG_LIFE) == [0, 0]
    arrived = Counter(message["chat_id"] for message in await telegram.sent())
    assert arrived == dict.fromkeys(people, 1)
