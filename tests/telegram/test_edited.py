"""Edited questions change their answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import PlanBot
from bot.housekeeping import tidy
from bot.storage.answers import KEPT
from tests.botapi import BotApi
from tests.clock import ManualClock
from tests.telegram.running import NOW, Setup, running, settled
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


async def test_an_edited_command_asks_what_stands_behind_it_now(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    asked = person.says("/ask 新苗奖资助多少人")
    answer = await api.reply_to(asked)
    person.edits(asked, "/deadlines 云川文库")
    await api.wait_for(lambda: len(answer.versions) == 2)
    assert "9月底前" in answer.text
    person.edits(asked, "/program 晨读计划")
    await api.wait_for(lambda: len(answer.versions) == 3)
    assert "1200场" in answer.text
    assert len(api.sent) == 1


@pytest.mark.parametrize("changed", ["/ask", "/help", "/ask@other_bot 创作营", "/forget"])
async def test_what_is_edited_into_no_question_keeps_its_answer(
    api: BotApi, bot: PlanBot, changed: str
) -> None:
    person = api.person()
    asked = person.says("/ask 新苗奖资助多少人")
    answer = await api.reply_to(asked)
    person.edits(asked, changed)
    await settled(api, bot)
    assert len(answer.versions) == len(api.sent) == 1


async def test_a_question_of_a_group_edited_to_speak_to_nobody_keeps_its_answer(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    group = api.group(members=[person])
    asked = person.says(f"{AT} 新苗奖资助多少人", chat=group)
    answer = await api.reply_to(asked)
    person.edits(asked, "云川文库什么时候完成初稿")
    await settled(api, bot)
    assert len(answer.versions) == len(api.sent) == 1


async def test_a_long_answer_becomes_a_short_one_and_a_long_one_again(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    question = person.says("第5条讲什么")
    parts = await api.wait_for(2)
    person.edits(question, "新苗奖资助多少人")
    await api.wait_for(lambda: all(part.deleted for part in parts[1:]))
    assert "80名" in parts[0].text
    assert "看全文" in parts[0].labels
    person.edits(question, "第5条讲什么")
    again = await api.wait_for(2 * len(parts) - 1)
    assert len(parts[0].versions) == 3
    assert [part.text for part in again[len(parts) :]] == [part.text for part in parts[1:]]


async def test_an_answer_that_somebody_deleted_is_given_anew(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    question = person.says("晨读计划目标是多少?\n云川文库什么时候完成初稿?")
    first, second = await api.wait_for(2)
    first.deleted = True
    person.edits(question, "新苗奖资助多少人?\n云川文库什么时候完成初稿?")
    sent = await api.wait_for(4)
    await api.wait_for(lambda: second.deleted)
    assert ["80名" in sent[2].text, "9月底前" in sent[3].text] == [True, True]
    person.edits(question, "云川文库什么时候完成初稿")
    await api.wait_for(lambda: sent[3].deleted)
    assert "9月底前" in sent[2].text


async def test_after_two_days_an_edited_question_is_a_new_one(api: BotApi, tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    async with running(api, tmp_path, Setup(clock=clock)) as bot:
        person = api.person()
        question = person.says("新苗奖资助多少人")
        await api.reply_to(question)
        await settled(api, bot)
        await clock.advance(KEPT + timedelta(minutes=1))
        await tidy(bot.services)
        person.edits(question, "云川文库什么时候完成初稿")
        sent = await api.wait_for(2)
        assert "80名" in sent[0].text
        assert "9月底前" in sent[1].text
