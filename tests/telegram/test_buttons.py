"""The buttons under an answer, and buttons that mean nothing any more."""

from __future__ import annotations

import pytest

from bot.app import PlanBot
from tests.botapi import BotApi


async def test_the_whole_task_is_one_press_away(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("书香驿站"))
    press = person.presses(answer, "看全文")
    full = await api.reply_to(press)
    assert full.content.parts("blockquote") == [
        "1.推进阅读推广。“晨读计划”组织不少于1200场读书会。6月底前建成35个“书香驿站”。"
    ]
    await api.answered(press)


async def test_what_else_the_task_says_is_one_press_away(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("晨读计划目标是多少"))
    other = await api.reply_to(person.presses(answer, "同一条还有…"))
    assert "6月底前建成35个“书香驿站”。" in other.text
    chosen = await api.reply_to(person.presses(other, "书香驿站"))
    assert "35个" in chosen.text


async def test_the_quote_can_be_copied_with_its_place(api: BotApi, bot: PlanBot) -> None:
    answer = await api.reply_to(api.person().says("晨读计划目标是多少"))
    button = answer.button("复制引文")
    assert button.action == "copy_text"
    assert button.value["text"] == (
        "“晨读计划”组织不少于1200场读书会。(出处:2031年 · 一、办好书香活动 · 第1条 推进阅读推广)"
    )


async def test_reminders_are_offered_only_where_there_is_a_deadline_with_days(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    dated = await api.reply_to(person.says("书香驿站什么时候建成"))
    assert "订阅提醒" in dated.labels
    plain = await api.reply_to(person.says("新苗奖资助多少人"))
    assert "订阅提醒" not in plain.labels


@pytest.mark.parametrize(
    "data",
    [
        "0:full:abcdef:1:1",
        "1:full:abcdef:1:1",
        "1:full",
        "1:full:::::",
        "1:task:x:y:z",
        "1:sec:1",
        "1:up:9:key",
        "1:up:0:" + "k" * 40,
        "1:why:x",
        "1:askk:nothing",
        "1:nm:abcdef:5",
        "1:pic:f:abcdef",
        "1:forg:yes:1",
        "1:adm:im:xyz",
        "1:adm:bc:xyz",
        "1:adm:rs:xyz",
        "nonsense",
        "1:",
        "一" * 21,
    ],
)
async def test_a_button_that_means_nothing_says_so(
    api: BotApi, bot: PlanBot, data: str, caplog: pytest.LogCaptureFixture
) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("书香驿站"))
    press = person.presses_stale(answer, data)
    await api.answered(press)
    assert press.answer is not None
    assert press.answer.text == "已过期,请重新提问"
    assert len(api.sent) == 1
    assert "ERROR" not in caplog.text
