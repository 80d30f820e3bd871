"""Groups, supergroups and topics: answers to those who ask the bot, silence to all others."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import PlanBot
from bot.storage import contexts
from bot.storage.contexts import Talk
from handlers.wording import say
from knowledge.ask.reply import Context
from tests.botapi import BotApi
from tests.telegram.running import NOW, Setup, running, settled

AT = "@test_plan_bot"


async def test_a_mention_is_answered_as_a_reply(api: BotApi, tmp_path: Path, mode: str) -> None:
    async with running(api, tmp_path, Setup(mode)):
        person = api.person()
        group = api.group(members=[person])
        question = person.says(f"{AT} 新苗奖资助多少人", chat=group)
        answer = await api.reply_to(question)
        assert "80名" in answer.text
        assert answer.reply is not None
        assert answer.reply.message_id == question.message_id


async def test_other_talk_is_not_answered(api: BotApi, bot: PlanBot) -> None:
    person, other = api.person(), api.person()
    group = api.group(members=[person, other])
    said = person.says("新苗奖资助多少人", chat=group)
    other.says("@someone_else 新苗奖资助多少人", chat=group)
    other.says("不知道", chat=group, reply_to=said)
    person.says("/stats", chat=group)
    person.says("/ask@other_bot 新苗奖资助多少人", chat=group)
    person.says("/nosuchthing", chat=group)
    person.sends_voice(chat=group)
    person.sends_document("a.txt", b"x", chat=group)
    await settled(api, bot)
    assert api.sent_to(group) == []


async def test_a_reply_to_the_bot_goes_on_with_the_talk(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    group = api.group(members=[person])
    first = await api.reply_to(person.says("/ask@test_plan_bot 书香驿站", chat=group))
    second = await api.reply_to(person.says("什么时候完成", chat=group, reply_to=first))
    assert "6月底前" in second.text


async def test_a_mention_that_replies_to_a_message_asks_what_stands_there(
    api: BotApi, bot: PlanBot
) -> None:
    person, other = api.person(), api.person()
    group = api.group(members=[person, other])
    said = other.says("新苗奖资助多少人", chat=group)
    answer = await api.reply_to(person.says(AT, chat=group, reply_to=said))
    assert "80名" in answer.text
    own = await api.reply_to(
        person.says(f"{AT} 云川文库什么时候完成初稿", chat=group, reply_to=said)
    )
    assert "9月底前" in own.text
    longer = other.says("大家好。云川文库什么时候完成初稿 另外吃饭了吗", chat=group)
    quoted = await api.reply_to(
        person.says(AT, chat=group, reply_to=longer, quote="云川文库什么时候完成初稿")
    )
    assert "9月底前" in quoted.text
    empty = await api.reply_to(person.says(AT, chat=group))
    assert empty.text == say("mention_usage")


async def test_in_a_topic_it_answers_in_the_topic(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    forum = api.supergroup(topics=["计划", "闲聊"], members=[person])
    question = person.says(f"{AT} 新苗奖资助多少人", chat=forum, topic="计划")
    answer = await api.reply_to(question)
    assert answer.thread_id == forum.topic("计划")
    full = await api.reply_to(person.presses(answer, "看全文"))
    assert full.thread_id == forum.topic("计划")
    # Every message in a topic seems to reply to the one that opened it.
    empty = await api.reply_to(person.says(AT, chat=forum, topic="闲聊"))
    assert empty.text == say("mention_usage")
    assert empty.thread_id == forum.topic("闲聊")


async def test_each_persons_talk_in_a_group_is_their_own(api: BotApi, bot: PlanBot) -> None:
    one, two = api.person(), api.person()
    group = api.group(members=[one, two])
    await api.reply_to(one.says(f"{AT} 书香驿站", chat=group))
    other = await api.reply_to(two.says(f"{AT} 什么时候完成", chat=group))
    assert "6月底前建成35个“书香驿站”" not in other.text
    same = await api.reply_to(one.says(f"{AT} 什么时候完成", chat=group))
    assert "6月底前" in same.text


async def test_a_group_that_becomes_a_supergroup_keeps_what_was_kept_of_it(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    group = api.group(members=[person])
    async with bot.services.database.write() as connection:
        context = Context(question="书香驿站")
        await contexts.save(connection, {Talk(group.id, person.id): context}, NOW)
    new = api.migrate(group, person)
    await settled(api, bot)
    async with bot.services.database.read() as connection:
        kept = await contexts.load(connection, Talk(new.id, person.id))
    assert kept is not None
    assert kept.context.question == "书香驿站"


async def test_a_reply_finds_a_group_that_moved_while_it_was_written(
    api: BotApi, bot: PlanBot, caplog: pytest.LogCaptureFixture
) -> None:
    person = api.person()
    group = api.group(members=[person])
    person.says(f"{AT} 新苗奖资助多少人", chat=group)
    new = api.migrate(group, person)
    await api.wait_for(lambda: bool(api.sent_to(new)))
    assert "80名" in api.sent_to(new)[0].text
    assert "ERROR" not in caplog.text
