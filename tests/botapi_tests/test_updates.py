from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.botapi import BotApi, Person


async def ids(bot: Bot, offset: int | None = None, limit: int | None = None) -> list[int]:
    return [update.update_id for update in await bot.get_updates(offset=offset, limit=limit)]


async def test_an_update_stays_until_a_higher_offset_confirms_it(bot: Bot, person: Person) -> None:
    person.says("甲")
    person.says("乙")
    first, second = await ids(bot)
    assert await ids(bot) == [first, second]
    assert await ids(bot, offset=first) == [first, second]
    assert await ids(bot, offset=second) == [second]
    assert await ids(bot, offset=first) == [second]
    assert await ids(bot, offset=second + 1) == []
    assert await ids(bot) == []


async def test_a_negative_offset_keeps_the_last_ones(bot: Bot, person: Person) -> None:
    for text in "甲乙丙":
        person.says(text)
    _, _, last = await ids(bot)
    assert await ids(bot, offset=-1) == [last]
    assert await ids(bot) == [last]


async def test_a_limit_gives_the_earliest(bot: Bot, person: Person) -> None:
    for text in "甲乙丙":
        person.says(text)
    everything = await ids(bot)
    assert await ids(bot, limit=2) == everything[:2]


async def test_a_long_poll_returns_as_soon_as_something_is_said(
    api: BotApi, bot: Bot, person: Person
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await api.wait_for(lambda: api.world.updates.polling)
    person.says("甲")
    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "甲"


async def test_a_long_poll_ends_empty_after_its_timeout(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poll_ends_the_first_with_a_conflict(
    api: BotApi, bot: Bot, person: Person
) -> None:
    async with Bot(api.token, base_url=api.base_url) as rival:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        await api.wait_for(lambda: api.world.updates.polling)
        second = asyncio.create_task(rival.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await api.wait_for(lambda: api.world.updates.polling)
        person.says("甲")
        assert len(await second) == 1


async def test_only_the_kinds_asked_for_arrive(api: BotApi, bot: Bot, person: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    said = person.says("甲")
    person.edits(said, "乙")
    # Not named again, the choice stays.
    assert [bool(update.message) for update in await bot.get_updates()] == [True]
    await bot.get_updates(allowed_updates=[])
    person.edits(said, "丙")
    assert [bool(update.edited_message) for update in await bot.get_updates()] == [False, True]


async def test_a_kind_of_update_from_the_future_is_delivered(api: BotApi, bot: Bot) -> None:
    update_id = api.push({"telepathy": {"from": 1}})
    (update,) = await bot.get_updates()
    assert update.update_id == update_id
    assert update.api_kwargs == {"telepathy": {"from": 1}}


async def test_a_whole_application_polls_and_answers(api: BotApi, person: Person) -> None:
    async def echo(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        await context.bot.send_message(person.id, "收到")

    application = Application.builder().token(api.token).base_url(api.base_url).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling()
        await application.start()
        answer = await api.reply_to(person.says("在吗"))
        assert answer.text == "收到"
        await api.taken()
        await application.updater.stop()
        await application.stop()


async def test_waiting_in_vain_says_what_did_happen(api: BotApi, bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "只有这一条")
    with pytest.raises(AssertionError, match=r"1 sent, the last .*只有这一条"):
        await api.wait_for(2, within=0.01)
