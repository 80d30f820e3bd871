from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.botapi import BotApi, Person
from tests.botapi_tests.refusing import refused

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("甲", callback_data="1")]])


async def test_an_edit_keeps_the_history(api: BotApi, bot: Bot, person: Person) -> None:
    sent = await bot.send_message(person.id, "一", reply_markup=KEYS)
    edited = await bot.edit_message_text(
        "<b>二</b>", person.id, sent.message_id, parse_mode="HTML"
    )
    (message,) = api.sent
    assert [version.content.text for version in message.versions] == ["一", "二"]
    assert message.content.parts("bold") == ["二"]
    assert message.labels == []
    assert isinstance(edited, Message)
    assert edited.text == "二"
    assert edited.edit_date is not None


@pytest.mark.parametrize("text", ["一", " 一\n", "<i></i>一"])
async def test_the_same_text_and_keyboard_is_not_modified(
    bot: Bot, person: Person, text: str
) -> None:
    sent = await bot.send_message(person.id, "一", reply_markup=KEYS)
    with refused("message is not modified: specified new message content and reply markup"):
        await bot.edit_message_text(
            text, person.id, sent.message_id, reply_markup=KEYS, parse_mode="HTML"
        )


async def test_another_keyboard_alone_is_a_modification(
    api: BotApi, bot: Bot, person: Person
) -> None:
    sent = await bot.send_message(person.id, "一")
    await bot.edit_message_reply_markup(person.id, sent.message_id, reply_markup=KEYS)
    assert api.sent[0].labels == ["甲"]
    with refused("message is not modified"):
        await bot.edit_message_reply_markup(person.id, sent.message_id, reply_markup=KEYS)
    await bot.edit_message_reply_markup(person.id, sent.message_id)
    assert api.sent[0].labels == []
    assert api.sent[0].text == "一"


async def test_only_the_bots_own_messages_can_be_edited(bot: Bot, person: Person) -> None:
    said = person.says("问")
    with refused("message can't be edited"):
        await bot.edit_message_text("答", person.id, said.message_id)
    with refused("message to edit not found"):
        await bot.edit_message_text("答", person.id, 999)


async def test_a_deleted_message_is_gone(api: BotApi, bot: Bot, person: Person) -> None:
    sent = await bot.send_message(person.id, "一")
    await bot.delete_message(person.id, sent.message_id)
    assert api.sent[0].deleted
    with refused("message to edit not found"):
        await bot.edit_message_text("二", person.id, sent.message_id)
    with refused("message to delete not found"):
        await bot.delete_message(person.id, sent.message_id)
    with refused("message to delete not found"):
        await bot.delete_message(person.id, 999)


async def test_what_others_wrote_needs_rights_to_delete(
    api: BotApi, bot: Bot, person: Person
) -> None:
    group = api.group(members=[person])
    with refused("message can't be deleted"):
        await bot.delete_message(group.id, person.says("问", chat=group).message_id)
    assert await bot.delete_message(person.id, person.says("问").message_id)


async def test_a_message_is_deletable_for_48_hours() -> None:
    now = [1_790_000_000.0]
    async with (
        BotApi(clock=lambda: now[0]) as api,
        Bot(api.token, base_url=api.base_url) as bot,
    ):
        person = api.person()
        sent = await bot.send_message(person.id, "一")
        now[0] += 48 * 3600 + 1
        with refused("message can't be deleted for everyone"):
            await bot.delete_message(person.id, sent.message_id)


async def test_a_caption_and_a_text_are_edited_by_different_methods(
    api: BotApi, bot: Bot, person: Person
) -> None:
    photo = await bot.send_photo(person.id, b"\x89PNG0000", caption="一")
    text = await bot.send_message(person.id, "一")
    await bot.edit_message_caption(person.id, photo.message_id, caption="二")
    assert api.sent[0].text == "二"
    with refused("there is no text in the message to edit"):
        await bot.edit_message_text("二", person.id, photo.message_id)
    with refused("there is no caption in the message to edit"):
        await bot.edit_message_caption(person.id, text.message_id, caption="二")
