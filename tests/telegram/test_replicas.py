"""Two processes of the real program behind a webhook, on one PostgreSQL database."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from bot.settings import load_settings
from bot.webhook import webhook_secret
from tests.botapi import TOKEN, BotApi, Incoming, Person
from tests.telegram.running import free_port
from tests.telegram.test_process import Settings, environment, started

pytestmark = pytest.mark.postgres

# In Shanghai; what /remind says of the first of March is due the day before at nine.
BEFORE, DUE = "2027-02-20T10:00:00", "2027-02-28T09:00:01"
REMIND = "/remind 2027-03-01 上报"
TOLD = "明天到期"


@dataclass(slots=True)
class Replicas:
    """Two processes, and the proxy before them."""

    api: BotApi
    folder: Path
    url: str
    ports: Sequence[int] = field(default_factory=lambda: (free_port(), free_port()))

    def settings(self, number: int, now: str) -> Settings:
        """What a replica is told."""
        return environment(
            self.folder / str(number),
            self.api.base_url,
            {
                "PLANBOT_DATABASE_URL": self.url,
                "PLANBOT_WEBHOOK_URL": "http://127.0.0.1:1/updates",
                "PLANBOT_LISTEN": f"127.0.0.1:{self.ports[number]}",
                "PLANBOT_NOW": now,
            },
        )

    async def ready(self) -> None:
        """Wait until both take updates, and take the posting over from Telegram."""
        updates = self.api.world.updates
        introduced = len(self.api.calls("setMyShortDescription")) + 2
        await self.api.wait_for(
            lambda: len(self.api.calls("setMyShortDescription")) >= introduced, within=60
        )
        updates.set_webhook(None, drop_pending=False)

    async def post(self, numbers: Sequence[int]) -> None:
        """Post what waits to these replicas by turns, and every third update to all of them."""
        secret = webhook_secret(load_settings({"PLANBOT_TOKEN": TOKEN}))
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        updates = self.api.world.updates
        async with aiohttp.ClientSession(headers=headers) as session:
            for place, update in enumerate(list(updates.pending)):
                turn = [numbers[place % len(numbers)]] if place % 3 else numbers
                for number in turn:
                    address = f"http://127.0.0.1:{self.ports[number]}/updates"
                    async with session.post(address, json=update) as reply:
                        assert reply.status == 200
                updates.taken(update)


@pytest.fixture
def replicas(api: BotApi, tmp_path: Path, postgres_url: str) -> Replicas:
    return Replicas(api, tmp_path, postgres_url.replace("+psycopg", ""))


def reminders(api: BotApi) -> Counter[int]:
    """How many reminders each chat had."""
    return Counter(message.chat_id for message in api.sent if TOLD in message.text)


async def subscribe(replicas: Replicas, people: Sequence[Person]) -> None:
    """Let two replicas hear of what people want to be reminded of, and end in order."""
    first, second = (started(replicas.settings(n, BEFORE), "--mode", "webhook") for n in (0, 1))
    ready = asyncio.ensure_future(replicas.ready())
    async with first as one, second as two:
        await ready
        said = [person.says(REMIND) for person in people]
        await replicas.post((0, 1))
        await replicas.api.wait_for(len(said), within=60)
        for process in (one, two):
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(asyncio.gather(one.communicate(), two.communicate()), 30)
        assert [one.returncode, two.returncode] == [0, 0]
    assert Counter(message.chat_id for message in replicas.api.sent) == {p.id: 1 for p in people}


def asked(people: Sequence[Person], questions: Sequence[str]) -> list[Incoming]:
    return [person.says(question) for question in questions for person in people]


async def test_each_update_is_answered_once_and_each_reminder_sent_once(
    api: BotApi, replicas: Replicas
) -> None:
    people = [api.person() for _ in range(12)]
    await subscribe(replicas, people)
    ready = asyncio.ensure_future(replicas.ready())
    first, second = (started(replicas.settings(n, DUE), "--mode", "webhook") for n in (0, 1))
    async with first, second:
        await ready
        said = asked(people, ("/privacy", "有哪些量化指标"))
        await replicas.post((0, 1))
        await api.wait_for(2 * len(people) + len(said), within=60)
    assert reminders(api) == {person.id: 1 for person in people}
    assert len(api.sent) == 2 * len(people) + len(said)


@pytest.mark.soak
async def test_what_a_killed_replica_held_the_other_does(api: BotApi, replicas: Replicas) -> None:
    people = [api.person() for _ in range(60)]
    await subscribe(replicas, people)
    before = len(api.sent)
    ready = asyncio.ensure_future(replicas.ready())
    first, second = (started(replicas.settings(n, DUE), "--mode", "webhook") for n in (0, 1))
    async with first as dies, second:
        await ready
        asked(people, ("/privacy",))
        await replicas.post((0, 1))
        await api.wait_for(before + 30, within=60)
        dies.kill()
        asked(people, ("有哪些量化指标",))
        await replicas.post((1,))
        # What it held is free when the lease ends.
        await api.wait_for(
            lambda: all(len(api.sent_to(person)) >= 4 for person in people), within=180
        )
    told = reminders(api)
    assert set(told) == {person.id for person in people}
    marked = sum("可能重复" in message.text for message in api.sent)
    # One kill doubles one reminder at most, and says so; what was under way is answered again.
    assert sum(told.values()) - len(people) <= marked <= 1
    for person in people:
        texts = {m.text for m in api.sent_to(person) if TOLD not in m.text}
        assert len(texts) == 3
