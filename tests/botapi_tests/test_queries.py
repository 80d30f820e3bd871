from __future__ import annotations

import asyncio

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)

from tests.botapi import BotApi, Person
from tests.botapi_tests.refusing import refused

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("已完成", callback_data="done:1")]])
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def article(result_id: str, text: str = "甲") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(result_id, "题", InputTextMessageContent(text))


async def test_a_press_carries_the_buttons_data_and_its_message(
    api: BotApi, bot: Bot, person: Person
) -> None:
    sent = await bot.send_message(person.id, "甲", reply_markup=KEYS)
    press = person.presses(api.sent[0], "已完成")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert query.data == "done:1"
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    await query.answer("好", show_alert=True)
    assert press.answer is not None
    assert (press.answer.text, press.answer.alert) == ("好", True)


async def test_a_press_is_answered_only_once(api: BotApi, bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "甲", reply_markup=KEYS)
    press = person.presses(api.sent[0], "已完成")
    await bot.answer_callback_query(press.id)
    with refused(TOO_OLD):
        await bot.answer_callback_query(press.id)
    with refused(TOO_OLD):
        await bot.answer_callback_query("no such query")


async def test_a_test_can_wait_for_the_answer_to_a_press(
    api: BotApi, bot: Bot, person: Person
) -> None:
    await bot.send_message(person.id, "甲", reply_markup=KEYS)
    press = person.presses(api.sent[0], "已完成")
    async with asyncio.TaskGroup() as both:
        both.create_task(api.answered(press))
        both.create_task(bot.answer_callback_query(press.id, "好"))
    assert press.answer is not None
    assert press.answer.text == "好"


async def test_a_press_waits_only_so_long_for_its_answer() -> None:
    now = [1_790_000_000.0]
    async with (
        BotApi(clock=lambda: now[0], query_lifetime=15) as api,
        Bot(api.token, base_url=api.base_url) as bot,
    ):
        person = api.person()
        await bot.send_message(person.id, "甲", reply_markup=KEYS)
        press = person.presses(api.sent[0], "已完成")
        now[0] += 16
        with refused(TOO_OLD):
            await bot.answer_callback_query(press.id)
        assert press.answer is None


async def test_an_alert_is_200_units_at_most(api: BotApi, bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "甲", reply_markup=KEYS)
    press = person.presses(api.sent[0], "已完成")
    with refused("MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(press.id, "字" * 201)
    await bot.answer_callback_query(press.id, "字" * 200)


async def test_only_a_button_that_is_shown_can_be_pressed(
    api: BotApi, bot: Bot, person: Person
) -> None:
    sent = await bot.send_message(person.id, "甲", reply_markup=KEYS)
    await bot.edit_message_text("乙", person.id, sent.message_id)
    with pytest.raises(AssertionError, match="0 buttons"):
        person.presses(api.sent[0], "已完成")
    stale = person.presses_stale(api.sent[0], "done:1")
    assert (await bot.get_updates())[0].update_id == stale.update_id


async def test_an_inline_query_is_offered_results_and_one_is_chosen(
    api: BotApi, bot: Bot, person: Person
) -> None:
    question = person.asks_inline("三月")
    (update,) = await bot.get_updates()
    assert update.inline_query is not None
    assert update.inline_query.query == "三月"
    await bot.answer_inline_query(question.id, [article("a"), article("b")], cache_time=5)
    assert question.answer is not None
    assert [result["id"] for result in question.answer.results] == ["a", "b"]
    assert question.answer.cache_time == 5
    person.chooses(question, "b")
    chosen = (await bot.get_updates())[-1].chosen_inline_result
    assert chosen is not None
    assert (chosen.result_id, chosen.query) == ("b", "三月")
    with pytest.raises(AssertionError, match="was not offered"):
        person.chooses(question, "c")


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([article("a"), article("a")], "RESULT_ID_DUPLICATE"),
        ([article("字" * 22)], "RESULT_ID_INVALID"),
        ([article("a", "字" * 4097)], "MESSAGE_TOO_LONG"),
        ([article("a", " ")], "message text is empty"),
    ],
)
async def test_inline_results_have_short_unique_ids_and_sendable_texts(
    bot: Bot, person: Person, results: list[InlineQueryResultArticle], words: str
) -> None:
    question = person.asks_inline("三月")
    with refused(words):
        await bot.answer_inline_query(question.id, results)
    assert question.answer is None
    await bot.answer_inline_query(question.id, [article("字" * 21 + "x")])
    assert question.answer is not None


async def test_fifty_inline_results_are_the_most(bot: Bot, person: Person) -> None:
    question = person.asks_inline("三月")
    with refused("RESULTS_TOO_MUCH"):
        await answer(bot, question.id, 51)
    await answer(bot, question.id, 50)
    assert question.answer is not None
    assert len(question.answer.results) == 50
    with refused(TOO_OLD):
        await answer(bot, question.id, 1)


async def answer(bot: Bot, query_id: str, count: int) -> None:
    await bot.answer_inline_query(query_id, [article(str(number)) for number in range(count)])
