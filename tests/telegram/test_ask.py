"""Questions in a private chat."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import PlanBot
from bot.storage import unanswered
from handlers.wording import say
from tests.botapi import BotApi
from tests.clock import ManualClock
from tests.telegram.running import NOW, Setup, running, settled


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


async def test_a_conversation_goes_on_after_a_restart(api: BotApi, tmp_path: Path) -> None:
    person = api.person()
    async with running(api, tmp_path):
        await api.reply_to(person.says("书香驿站"))
    async with running(api, tmp_path):
        answer = await api.reply_to(person.says("什么时候完成"))
        assert "6月底前" in answer.text


async def test_after_half_an_hour_a_question_stands_alone(api: BotApi, tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    person = api.person()
    async with running(api, tmp_path, Setup(clock=clock)):
        await api.reply_to(person.says("书香驿站"))
        await clock.advance(timedelta(minutes=31))
        answer = await api.reply_to(person.says("什么时候完成"))
        assert "6月底前建成35个“书香驿站”" not in answer.text


async def test_several_questions_in_one_message_are_answered_one_by_one(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    person.says("晨读计划目标是多少?\n云川文库什么时候完成初稿?\n新苗奖资助多少人?")
    sent = await api.wait_for(3)
    assert "1200场" in sent[0].text
    assert "9月底前" in sent[1].text
    assert "80名" in sent[2].text


async def test_where_several_things_may_be_meant_buttons_name_them(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("创作营"))
    assert {"云川创作营", "夏日创作营"} <= set(answer.labels)
    press = person.presses(answer, "夏日创作营")
    chosen = await api.reply_to(press)
    assert "“夏日创作营”" in chosen.text
    await api.answered(press)


async def test_what_the_plan_does_not_say_is_told_so(api: BotApi, bot: PlanBot) -> None:
    answer = await api.reply_to(api.person().says("火星基地什么时候建成"))
    assert "没有" in answer.text
    assert answer.content.parts("blockquote") == []
    assert "👎" in answer.labels


async def test_a_long_task_comes_in_pages_that_end_with_a_clause(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    person.says("第5条讲什么")
    await api.wait_for(2)
    pages = api.sent_to(person)
    quoted = [part for page in pages for part in page.content.parts("expandable_blockquote")]
    assert all(part.endswith("。") for part in quoted)
    whole = "".join(quoted)
    assert whole.startswith("5.建设社区书屋。第1批社区书屋开放后")
    assert whole.endswith("第189批社区书屋开放后,由各街道安排专人登记借阅情况。")
    assert [bool(page.labels) for page in pages] == [False] * (len(pages) - 1) + [True]


async def test_ask_answers_what_stands_behind_it_or_the_message_it_replies_to(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("/ask 新苗奖资助多少人"))
    assert "80名" in answer.text
    usage = await api.reply_to(person.says("/ask"))
    assert usage.text == say("ask_usage")
    earlier = person.says("云川文库什么时候完成初稿")
    await api.reply_to(earlier)
    again = await api.reply_to(person.says("/ask", reply_to=earlier))
    assert "9月底前" in again.text


@pytest.mark.parametrize(
    "text",
    [
        "😀" * 2048,
        "<b>晨读计划</b>&amp;<script>",
        "*晨读计划* _目标_ `x` [a](http://b)",
        "\u202e\u200b晨读计划",
        "'; DROP TABLE inbox; --",
        "??",
        "字" * 4096,
    ],
)
async def test_whatever_is_written_gets_one_answer(
    api: BotApi, bot: PlanBot, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await api.reply_to(api.person().says(text))
    assert answer.text
    assert "ERROR" not in caplog.text


async def test_a_spelling_read_as_another_is_shown_with_a_way_out(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("云川文裤什么时候完成初稿"))
    assert "9月底前" in answer.text
    press = person.presses(answer, say("not_meant"))
    sorry = await api.reply_to(press)
    assert sorry.text == say("not_meant_done")


async def test_what_is_not_answered_is_noted_in_its_own_words_with_what_it_leaned_on(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    person.says("新苗奖资助多少人?火星基地在哪?")
    await api.wait_for(2)
    await api.reply_to(person.says("书香驿站是什么"))
    await api.reply_to(person.says("预算是多少"))
    await settled(api, bot)
    async with bot.services.database.read() as connection:
        noted = {item.question for item in await unanswered.top(connection, 9)}
    assert noted == {"火星基地在哪", "书香驿站预算是多少"}
