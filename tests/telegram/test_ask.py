"""Questions in a private chat."""

from __future__ import annotations

from pathlib import Path

from bot.app import PlanBot
from tests.botapi import BotApi
from tests.telegram.running import Setup, running


async def test_a_question_is_answered_with_the_plans_sentence_and_its_place(
    api: BotApi, tmp_path: Path, mode: str
) -> None:
    async with running(api, tmp_path, Setup(mode)):
        person = api.person()
        answer = await api.reply_to(person.says("晨读计划的目标是多少"))
        assert answer.content.parts("blockquote") == ["“晨读计划”组织不少于1200场读书会。"]
        assert answer.text.startswith("不少于1200场读书会\n")
        assert "不少于1200场读书会" in answer.content.parts("bold")
        assert answer.content.parts("italic") == ["2031年 · 一、办好书香活动 · 第1条 推进阅读推广"]
        assert "看全文" in answer.labels


async def test_a_follow_up_question_leans_on_the_one_before(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    await api.reply_to(person.says("书香驿站"))
    answer = await api.reply_to(person.says("什么时候完成"))
    assert "6月底前" in answer.text
