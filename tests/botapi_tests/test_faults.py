from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.botapi import (
    BotApi,
    Broken,
    Hold,
    Moment,
    Person,
    Refuse,
    blocked,
    chat_not_found,
    flood_wait,
    lost_after,
    lost_before,
    migrated,
    server_error,
)


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (flood_wait(7), RetryAfter, "Flood control exceeded"),
        (blocked(), Forbidden, "bot was blocked by the user"),
        (chat_not_found(), BadRequest, "Chat not found"),
        (migrated(-100123), ChatMigrated, "-100123"),
        (server_error(500), NetworkError, "Internal Server Error"),
        (server_error(502), NetworkError, "Bad Gateway"),
        (Broken(), NetworkError, "Parsing the server response"),
    ],
)
async def test_a_refusal_happens_as_often_as_arranged_and_has_no_effect(
    api: BotApi,
    bot: Bot,
    person: Person,
    fault: Refuse | Broken,
    kind: type[TelegramError],
    words: str,
) -> None:
    api.fail_next(fault, method="sendMessage", times=2)
    for _ in range(2):
        with pytest.raises(kind, match=words):
            await bot.send_message(person.id, "甲")
    assert api.sent == []
    await bot.send_message(person.id, "甲")
    assert len(api.sent) == 1
    assert len(api.calls("sendMessage")) == 3
    assert api.faults.left == 0


async def test_a_flood_wait_says_how_long(api: BotApi, bot: Bot, person: Person) -> None:
    api.fail_next(flood_wait(7))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(person.id, "甲")
    assert caught.value.retry_after == timedelta(seconds=7)


async def test_a_fault_can_be_for_one_chat_or_one_method(
    api: BotApi, bot: Bot, person: Person
) -> None:
    other = api.person()
    api.fail_next(blocked(), chat=other)
    api.fail_next(chat_not_found(), method="deleteMessage")
    await bot.send_message(person.id, "甲")
    with pytest.raises(Forbidden):
        await bot.send_message(other.id, "甲")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.delete_message(person.id, api.sent[0].message_id)
    assert [message.chat_id for message in api.sent] == [person.id]


async def test_a_fault_for_any_method_leaves_polling_alone(
    api: BotApi, bot: Bot, person: Person
) -> None:
    api.fail_next(server_error())
    assert await bot.get_updates() == ()
    with pytest.raises(NetworkError):
        await bot.send_message(person.id, "甲")
    api.fail_next(server_error(), method="getUpdates")
    with pytest.raises(NetworkError):
        await bot.get_updates()


async def test_a_connection_lost_before_acceptance_leaves_no_message(
    api: BotApi, bot: Bot, person: Person
) -> None:
    api.fail_next(lost_before())
    with pytest.raises(NetworkError):
        await bot.send_message(person.id, "甲")
    assert api.sent == []
    assert len(api.calls("sendMessage")) == 1


async def test_a_connection_lost_after_acceptance_leaves_the_message_there(
    api: BotApi, bot: Bot, person: Person
) -> None:
    api.fail_next(lost_after())
    with pytest.raises(NetworkError):
        await bot.send_message(person.id, "甲")
    assert [message.text for message in api.sent] == ["甲"]


async def test_a_slow_answer_comes_when_the_test_says(
    api: BotApi, bot: Bot, person: Person
) -> None:
    hold = Hold(Moment.BEFORE)
    api.fail_next(hold, method="sendMessage")
    sending = asyncio.create_task(bot.send_message(person.id, "甲"))
    await hold.arrived.wait()
    assert api.sent == []
    hold.released.set()
    assert (await sending).text == "甲"


async def test_a_message_accepted_may_be_answered_too_late(
    api: BotApi, bot: Bot, person: Person
) -> None:
    hold = Hold(Moment.AFTER)
    api.fail_next(hold, method="sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(person.id, "甲", read_timeout=0.2)
    await hold.arrived.wait()
    assert [message.text for message in api.sent] == ["甲"]
