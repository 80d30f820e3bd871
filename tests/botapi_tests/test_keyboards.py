from __future__ import annotations

import httpx
import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
)

from tests.botapi import BotApi, Person
from tests.botapi_tests.refusing import refused


def button(text: str = "甲", data: str = "x") -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=data)


async def test_a_keyboard_is_recorded_button_by_button(
    api: BotApi, bot: Bot, person: Person
) -> None:
    link = InlineKeyboardButton("网页", url="https://example.org")
    rows = [[button("已完成", "done:1"), link], [button("退订", "off")]]
    await bot.send_message(person.id, "甲", reply_markup=InlineKeyboardMarkup(rows))
    (message,) = api.sent
    assert message.labels == ["已完成", "网页", "退订"]
    assert message.button("已完成").data == "done:1"
    assert message.keyboard[0][1].action == "url"
    with pytest.raises(AssertionError, match="0 buttons"):
        message.button("没有")


async def test_callback_data_is_64_bytes_at_most_not_characters(
    api: BotApi, bot: Bot, person: Person
) -> None:
    for data in ("x" * 64, "字" * 21 + "x"):
        await bot.send_message(
            person.id, "甲", reply_markup=InlineKeyboardMarkup([[button("甲", data)]])
        )
    for data in ("x" * 65, "字" * 22):
        with refused("BUTTON_DATA_INVALID"):
            await bot.send_message(
                person.id, "甲", reply_markup=InlineKeyboardMarkup([[button("甲", data)]])
            )
    assert len(api.sent) == 2


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"text": "甲"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "甲", "callback_data": ""}, "Text buttons are unallowed"),
        ({"text": "甲", "callback_data": "x", "url": "https://a.org"}, "exactly one action"),
        ({"callback_data": "x"}, 'Field "text" must be of type String'),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({"text": "甲", "url": "not a link"}, "BUTTON_URL_INVALID"),
        ({"text": "甲", "callback_data": "x", "style": "green"}, "button style"),
    ],
)
async def test_a_button_needs_a_label_and_exactly_one_action(
    api: BotApi, person: Person, raw: dict[str, str], words: str
) -> None:
    # The library would not let such buttons out, so they go by plain HTTP.
    body = {"chat_id": person.id, "text": "甲", "reply_markup": {"inline_keyboard": [[raw]]}}
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{api.base_url}{api.token}/sendMessage", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["description"]
    assert api.sent == []


async def test_text_to_copy_is_1_to_256_units(api: BotApi, bot: Bot, person: Person) -> None:
    def copying(text: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup(
            [[InlineKeyboardButton("复制", copy_text=CopyTextButton(text))]]
        )

    await bot.send_message(person.id, "甲", reply_markup=copying("字" * 256))
    with refused("BUTTON_COPY_TEXT_INVALID"):
        await bot.send_message(person.id, "甲", reply_markup=copying("字" * 257))
    assert api.sent[0].keyboard[0][0].value == {"text": "字" * 256}


async def test_eight_buttons_fit_a_row_and_a_hundred_a_keyboard(
    api: BotApi, bot: Bot, person: Person
) -> None:
    full = [[button()] * 8] * 12 + [[button()] * 4]
    await bot.send_message(person.id, "甲", reply_markup=InlineKeyboardMarkup(full))
    with refused("REPLY_MARKUP_INVALID"):
        await bot.send_message(
            person.id, "甲", reply_markup=InlineKeyboardMarkup([[button()] * 9])
        )
    with refused("reply markup is too long"):
        await bot.send_message(
            person.id, "甲", reply_markup=InlineKeyboardMarkup([*full, [button()]])
        )
    assert len(api.sent[0].labels) == 100


async def test_a_reply_keyboard_has_no_inline_buttons(
    api: BotApi, bot: Bot, person: Person
) -> None:
    await bot.send_message(person.id, "甲", reply_markup=ReplyKeyboardMarkup([["今天"]]))
    assert api.sent[0].labels == []
    assert api.sent[0].now.markup is not None
