from __future__ import annotations

import pytest
from telegram import Bot, Message, Update

from tests.botapi import BotApi, Person, Role


async def newest(bot: Bot) -> Update:
    return (await bot.get_updates())[-1]


async def newest_message(bot: Bot) -> Message:
    message = (await newest(bot)).message
    assert message is not None
    return message


async def test_a_mention_is_found_where_it_stands_in_utf16(
    api: BotApi, bot: Bot, person: Person
) -> None:
    group = api.group(members=[person])
    person.says(f"😀@{api.bot.username} 三月有什么", chat=group)
    message = await newest_message(bot)
    assert message.chat.type == "group"
    assert message.parse_entities(["mention"]) == {message.entities[0]: "@test_plan_bot"}
    assert message.entities[0].offset == 2


async def test_a_command_is_marked_with_its_address(bot: Bot, person: Person) -> None:
    person.says("/start@test_plan_bot abc 3/4 月 #计划")
    message = await newest_message(bot)
    assert [(e.type, message.parse_entity(e)) for e in message.entities] == [
        ("bot_command", "/start@test_plan_bot"),
        ("hashtag", "#计划"),
    ]


async def test_a_topic_message_answers_the_topics_start(
    api: BotApi, bot: Bot, person: Person
) -> None:
    forum = api.supergroup(topics=["项目"], members=[person])
    person.says("问", chat=forum, topic="项目")
    message = await newest_message(bot)
    assert message.is_topic_message
    assert message.message_thread_id == forum.topic("项目")
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None


async def test_a_reply_carries_what_it_answers_and_quotes(
    api: BotApi, bot: Bot, person: Person
) -> None:
    await bot.send_message(person.id, "一二三")
    person.says("什么意思", reply_to=api.sent[0], quote="二")
    message = await newest_message(bot)
    assert message.reply_to_message is not None
    assert message.reply_to_message.from_user is not None
    assert message.reply_to_message.from_user.is_bot
    assert message.quote is not None
    assert (message.quote.text, message.quote.position) == ("二", 1)


async def test_an_edit_arrives_as_an_edited_message(bot: Bot, person: Person) -> None:
    said = person.says("@abc 三月")
    person.edits(said, "四月")
    edited = (await newest(bot)).edited_message
    assert edited is not None
    assert edited.text == "四月"
    assert edited.message_id == said.message_id
    assert edited.entities == ()


async def test_other_things_than_text_arrive_whole(bot: Bot, person: Person) -> None:
    person.sends_document("a.txt", b"x", caption="看")
    person.sends_photo(caption="图")
    person.sends_voice()
    person.sends_sticker()
    person.sends_poll("几点", ["三点", "四点"])
    person.sends_location(22.3, 114.2)
    messages = [update.message for update in await bot.get_updates()]
    document, photo, voice, sticker, poll, location = (m for m in messages if m is not None)
    assert document.document is not None
    assert (document.document.file_name, document.caption) == ("a.txt", "看")
    assert photo.photo[0].width == 90
    assert voice.voice is not None
    assert sticker.sticker is not None
    assert poll.poll is not None
    assert [option.text for option in poll.poll.options] == ["三点", "四点"]
    assert location.location is not None


async def test_blocking_arrives_as_a_change_of_the_bots_membership(
    bot: Bot, person: Person
) -> None:
    person.blocks_bot()
    change = (await newest(bot)).my_chat_member
    assert change is not None
    assert change.chat.id == person.id
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")


async def test_a_migration_tells_both_chats(api: BotApi, bot: Bot, person: Person) -> None:
    old = api.group(members=[person])
    new = api.migrate(old, person)
    gone, born = (update.message for update in await bot.get_updates())
    assert gone is not None
    assert born is not None
    assert (gone.chat.id, gone.migrate_to_chat_id) == (old.id, new.id)
    assert (born.chat.id, born.migrate_from_chat_id) == (new.id, old.id)


async def test_members_and_administrators_are_told_apart(
    api: BotApi, bot: Bot, person: Person
) -> None:
    admin, stranger = api.person(), api.person()
    group = api.supergroup(members=[person], admins=[admin])
    assert [a.user.id for a in await bot.get_chat_administrators(group.id)] == [admin.id]
    statuses = [
        (await bot.get_chat_member(group.id, who.id)).status for who in (person, admin, stranger)
    ]
    assert statuses == ["member", "administrator", "left"]
    chat = await bot.get_chat(group.id)
    assert (chat.type, chat.title) == ("supergroup", "超级群")


async def test_the_bots_own_role_can_change(api: BotApi, bot: Bot, person: Person) -> None:
    group = api.group(admins=[person])
    person.changes_bot(group, Role.ADMIN)
    assert (await bot.get_chat_member(group.id, api.bot.id)).status == "administrator"


async def test_nobody_presses_what_is_not_there(api: BotApi, bot: Bot, person: Person) -> None:
    sent = await bot.send_message(person.id, "甲")
    await bot.delete_message(person.id, sent.message_id)
    with pytest.raises(AssertionError, match="deleted"):
        person.presses(api.sent[0], "甲")
