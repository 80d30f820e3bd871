"""Inline: what is found in any chat, and what is posted."""

from __future__ import annotations

from typing import Any

from bot.app import PlanBot
from tests.botapi import BotApi


async def offered(api: BotApi, query: str) -> list[dict[str, Any]]:
    question = api.person().asks_inline(query)
    await api.answered(question)
    assert question.answer is not None
    return question.answer.results


async def test_a_keyword_lists_names_figures_and_tasks_with_a_preview(
    api: BotApi, bot: PlanBot
) -> None:
    results = await offered(api, "创作")
    titles = [result["title"] for result in results]
    assert titles[:2] == ["云川创作营", "夏日创作营"]
    assert "第3条 扶持青年创作" in titles
    assert all(result["description"] for result in results)
    figures = await offered(api, "读书会")
    assert figures[0]["title"] == "不少于1200场读书会"


async def test_what_is_posted_is_the_quote_with_its_place(api: BotApi, bot: PlanBot) -> None:
    (result, *_) = await offered(api, "周末剧场")
    html = result["input_message_content"]["message_text"]
    assert "<blockquote>" in html
    assert "“<b>周末剧场</b>”每月演出不少于4场" in html
    assert "2031年 · 二、繁荣青年创作 · 第4条 办好剧场演出" in html
    assert result["reply_markup"]["inline_keyboard"][0][0]["url"] == (
        "https://t.me/test_plan_bot?start=t4"
    )


async def test_an_empty_query_lists_the_sections(api: BotApi, bot: PlanBot) -> None:
    results = await offered(api, "")
    assert [result["title"] for result in results] == [
        "一、办好书香活动",
        "二、繁荣青年创作",
        "三、完善服务保障",
    ]


async def test_a_question_is_answered_too(api: BotApi, bot: PlanBot) -> None:
    (result, *_) = await offered(api, "新苗奖资助多少人")
    assert "80名" in result["input_message_content"]["message_text"]


async def test_nothing_found_leads_to_the_private_chat(api: BotApi, bot: PlanBot) -> None:
    question = api.person().asks_inline("火星基地")
    await api.answered(question)
    assert question.answer is not None
    assert question.answer.results == []
    assert question.answer.button is not None


async def test_a_long_task_fits_into_what_can_be_posted(api: BotApi, bot: PlanBot) -> None:
    results = await offered(api, "建设社区书屋")
    assert any("第1批社区书屋" in r["input_message_content"]["message_text"] for r in results)


async def test_strange_queries_are_answered(api: BotApi, bot: PlanBot) -> None:
    for query in ("<b>", "😀" * 100, "   ", "字" * 256, "\u202e"):
        assert isinstance(await offered(api, query), list)
