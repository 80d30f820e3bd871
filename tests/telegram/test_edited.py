"""Edited questions change their answer."""

from __future__ import annotations

from bot.app import PlanBot
from tests.botapi import BotApi
from tests.telegram.running import settled
from tests.telegram.test_groups import AT


async def test_an_edited_question_updates_its_answer(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    question = person.says("新苗奖资助多少人")
    answer = await api.reply_to(question)
    person.edits(question, "云川文库什么时候完成初稿")
    await api.wait_for(lambda: len(answer.versions) == 2)
    assert "9月底前" in answer.text
    assert "80名" not in answer.text
    assert len(api.sent) == 1


async def test_surplus_answers_go_and_missing_ones_come(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    question = person.says("晨读计划目标是多少?\n云川文库什么时候完成初稿?")
    await api.wait_for(2)
    first, second = api.sent
    person.edits(question, "新苗奖资助多少人")
    await api.wait_for(lambda: second.deleted)
    assert "80名" in first.text
    person.edits(question, "晨读计划目标是多少?\n云川文库什么时候完成初稿?")
    sent = await api.wait_for(3)
    assert "1200场" in first.text
    assert "9月底前" in sent[2].text


async def test_an_edit_that_changes_nothing_is_quiet(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    question = person.says("新苗奖资助多少人")
    answer = await api.reply_to(question)
    person.edits(question, "新苗奖资助多少人")
    await settled(api, bot)
    assert len(answer.versions) == 1


async def test_editing_other_talk_of_a_group_is_not_answered(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    group = api.group(members=[person])
    said = person.says("今天吃什么", chat=group)
    person.edits(said, "新苗奖资助多少人")
    asked = person.says(f"{AT} 新苗奖资助多少人", chat=group)
    answer = await api.reply_to(asked)
    person.edits(asked, f"{AT} 云川文库什么时候完成初稿")
    await api.wait_for(lambda: len(answer.versions) == 2)
    assert len(api.sent_to(group)) == 1
