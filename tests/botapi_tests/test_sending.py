from __future__ import annotations

import httpx
import pytest
from telegram import Bot, ReplyParameters
from telegram.error import ChatMigrated, Forbidden, InvalidToken

from tests.botapi import BotApi, Person, Role
from tests.botapi_tests.refusing import refused

# The topic every forum starts with: it is written to without a thread id.
GENERAL_TOPIC = 1
PNG = b"\x89PNG\r\n\x1a\n0000"


async def test_a_wrong_token_is_unauthorized(api: BotApi) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=api.base_url):
            pass
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{api.base_url}1:wrong/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(api: BotApi) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{api.base_url}{api.token}/sendTelepathy")
    assert answer.status_code == 404
    assert answer.json()["ok"] is False


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
async def test_parameters_come_by_query_form_json_or_multipart(
    api: BotApi, person: Person, how: str
) -> None:
    url = f"{api.base_url}{api.token}/SENDmessage"
    values = {"chat_id": str(person.id), "text": "甲"}
    async with httpx.AsyncClient() as client:
        if how == "query":
            answer = await client.get(url, params=values)
        elif how == "form":
            answer = await client.post(url, data=values)
        elif how == "json":
            answer = await client.post(url, json={"chat_id": person.id, "text": "甲"})
        else:
            answer = await client.post(url, data=values, files={"unused": b"x"})
    assert answer.json()["result"]["text"] == "甲"
    assert api.sent[0].chat_id == person.id


async def test_the_bot_learns_who_it_is(bot: Bot, api: BotApi) -> None:
    me = await bot.get_me()
    assert (me.id, me.username) == (api.bot.id, api.bot.username)


async def test_a_chat_the_bot_never_met_is_not_found(bot: Bot) -> None:
    with refused("chat not found"):
        await bot.send_message(12345, "甲")


async def test_who_blocked_the_bot_gets_nothing(api: BotApi, bot: Bot, person: Person) -> None:
    person.blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(person.id, "甲")
    person.unblocks_bot()
    await bot.send_message(person.id, "乙")
    assert [message.text for message in api.sent] == ["乙"]


async def test_a_group_that_removed_the_bot_refuses_it(
    api: BotApi, bot: Bot, person: Person
) -> None:
    group = api.group(members=[person])
    person.changes_bot(group, Role.KICKED)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "甲")


async def test_a_bot_that_left_cannot_write(api: BotApi, bot: Bot, person: Person) -> None:
    group = api.supergroup(members=[person])
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="not a member of the supergroup"):
        await bot.send_message(group.id, "甲")


async def test_a_migrated_group_names_its_successor(api: BotApi, bot: Bot, person: Person) -> None:
    old = api.group(members=[person])
    new = api.migrate(old, person)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(old.id, "甲")
    assert caught.value.new_chat_id == new.id
    await bot.send_message(new.id, "甲")
    assert [message.chat_id for message in api.sent] == [new.id]


async def test_a_topic_must_exist(api: BotApi, bot: Bot, person: Person) -> None:
    forum = api.supergroup(topics=["项目", "通知"])
    await bot.send_message(forum.id, "甲", message_thread_id=forum.topic("通知"))
    assert api.sent[0].thread_id == forum.topic("通知")
    for thread in (999, GENERAL_TOPIC):
        with refused("message thread not found"):
            await bot.send_message(forum.id, "甲", message_thread_id=thread)
    with refused("message thread not found"):
        await bot.send_message(person.id, "甲", message_thread_id=forum.topic("通知"))


async def test_a_reply_in_a_topic_stays_in_it(api: BotApi, bot: Bot, person: Person) -> None:
    forum = api.supergroup(topics=["项目"], members=[person])
    asked = person.says("问", chat=forum, topic="项目")
    await bot.send_message(
        forum.id, "答", reply_parameters=ReplyParameters(message_id=asked.message_id)
    )
    assert api.sent[0].thread_id == forum.topic("项目")


async def test_a_reply_quotes_an_exact_part(api: BotApi, bot: Bot, person: Person) -> None:
    asked = person.says("请问😀三月要做什么")
    reply = ReplyParameters(message_id=asked.message_id, quote="三月要做什么")
    got = await bot.send_message(person.id, "答", reply_parameters=reply)
    assert api.sent[0].reply is not None
    assert api.sent[0].reply.quote == "三月要做什么"
    assert got.quote is not None
    assert got.quote.position == 4
    assert got.reply_to_message is not None
    assert got.reply_to_message.message_id == asked.message_id
    with refused("QUOTE_TEXT_INVALID"):
        await bot.send_message(
            person.id,
            "答",
            reply_parameters=ReplyParameters(message_id=asked.message_id, quote="四月"),
        )


async def test_a_reply_to_a_missing_message_needs_permission(
    api: BotApi, bot: Bot, person: Person
) -> None:
    with refused("message to be replied not found"):
        await bot.send_message(person.id, "答", reply_parameters=ReplyParameters(message_id=77))
    lenient = ReplyParameters(message_id=77, allow_sending_without_reply=True)
    await bot.send_message(person.id, "答", reply_parameters=lenient)
    assert [message.reply for message in api.sent] == [None]


async def test_message_ids_count_within_each_chat(api: BotApi, bot: Bot) -> None:
    first, second = api.person(), api.person()
    await bot.send_message(first.id, "甲")
    await bot.send_message(second.id, "乙")
    assert [message.message_id for message in api.sent] == [1, 1]


async def test_a_document_is_stored_and_can_be_fetched(
    api: BotApi, bot: Bot, person: Person
) -> None:
    got = await bot.send_document(person.id, b"BEGIN:VCALENDAR", filename="plan.ics", caption="历")
    assert api.sent[0].text == "历"
    assert api.sent[0].file is not None
    assert (api.sent[0].file.name, api.sent[0].file.content) == ("plan.ics", b"BEGIN:VCALENDAR")
    assert got.document is not None
    file = await bot.get_file(got.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"BEGIN:VCALENDAR"
    again = await bot.send_document(person.id, got.document.file_id)
    assert again.document is not None
    assert again.document.file_id == got.document.file_id


async def test_a_file_a_person_sent_can_be_fetched(api: BotApi, bot: Bot, person: Person) -> None:
    sent = person.sends_document("计划.docx", b"PK\x03\x04")
    file = await bot.get_file(sent.payload["document"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"PK\x03\x04"
    with refused("wrong file_id"):
        await bot.get_file("none")
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{api.file_url}{api.token}/documents/none")
    assert answer.status_code == 404


async def test_a_photo_must_be_an_image(api: BotApi, bot: Bot, person: Person) -> None:
    got = await bot.send_photo(person.id, PNG, caption="图")
    assert got.caption == "图"
    with refused("IMAGE_PROCESS_FAILED"):
        await bot.send_photo(person.id, b"not an image")
    with refused("file must be non-empty"):
        await bot.send_document(person.id, b"")
    with refused("wrong remote file identifier"):
        await bot.send_photo(person.id, "none")
    assert len(api.sent) == 1


async def test_a_caption_is_1024_units_at_most(api: BotApi, bot: Bot, person: Person) -> None:
    await bot.send_photo(person.id, PNG, caption="字" * 1024)
    with refused("message caption is too long"):
        await bot.send_photo(person.id, PNG, caption="字" * 1025)
    assert len(api.sent) == 1


async def test_a_chat_action_is_recorded_and_must_be_known(
    api: BotApi, bot: Bot, person: Person
) -> None:
    await bot.send_chat_action(person.id, "typing")
    assert api.world.actions == [(person.id, "typing")]
    with refused("wrong parameter action"):
        await bot.send_chat_action(person.id, "thinking")


async def test_markdown_is_refused_as_this_server_does_not_read_it(
    bot: Bot, person: Person
) -> None:
    with refused("unsupported parse_mode"):
        await bot.send_message(person.id, "*甲*", parse_mode="MarkdownV2")
