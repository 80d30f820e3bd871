from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from tests.botapi import BotApi, FloodLimits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def api(clock: Clock) -> AsyncIterator[BotApi]:
    async with BotApi(clock=clock, flood=FloodLimits()) as server:
        yield server


async def refused_for(bot: Bot, chat_id: int) -> int:
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(chat_id, "甲")
    wait = caught.value.retry_after
    assert isinstance(wait, timedelta)
    return int(wait.total_seconds())


async def test_one_message_a_second_to_one_chat(api: BotApi, bot: Bot, clock: Clock) -> None:
    person, other = api.person(), api.person()
    await bot.send_message(person.id, "甲")
    assert await refused_for(bot, person.id) == 1
    await bot.send_message(other.id, "甲")
    clock.now += 1
    await bot.send_message(person.id, "乙")
    assert [message.text for message in api.sent_to(person)] == ["甲", "乙"]


async def test_thirty_messages_a_second_in_all(api: BotApi, bot: Bot, clock: Clock) -> None:
    people = [api.person() for _ in range(31)]
    for person in people[:30]:
        await bot.send_message(person.id, "甲")
    assert await refused_for(bot, people[30].id) == 1
    clock.now += 1
    await bot.send_message(people[30].id, "甲")
    assert len(api.sent) == 31


async def test_twenty_messages_a_minute_to_one_group(api: BotApi, bot: Bot, clock: Clock) -> None:
    group, person = api.group(), api.person()
    for _ in range(20):
        await bot.send_message(group.id, "甲")
        await bot.send_message(person.id, "甲")
        clock.now += 1
    assert await refused_for(bot, group.id) == 40
    await bot.send_message(person.id, "甲")
    clock.now += 40
    await bot.send_message(group.id, "乙")
    assert len(api.sent_to(group)) == 21


async def test_a_refused_message_does_not_count(api: BotApi, bot: Bot, clock: Clock) -> None:
    person = api.person()
    await bot.send_message(person.id, "甲")
    clock.now += 0.6
    assert await refused_for(bot, person.id) == 1
    clock.now += 0.5
    await bot.send_message(person.id, "乙")
    assert len(api.sent) == 2
