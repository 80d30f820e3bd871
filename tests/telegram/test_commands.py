"""Commands that look things up, and what the bot says of itself."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

from PIL import Image

from bot.app import PlanBot
from bot.knowledge_base import answerer_for
from bot.live import Loaded
from handlers.wording import commands, say
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.plan.library import Library
from tests.botapi import BotApi, SentMessage
from tests.telegram.running import Setup, running


def shows(message: SentMessage, text: str) -> bool:
    return text in message.text


async def test_start_says_what_it_does_with_questions_to_press(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    hello = await api.reply_to(person.says("/start"))
    assert "云川市青年文化工作2031年计划" in hello.text
    *samples, browse = hello.labels
    assert browse == say("browse")
    assert len(samples) == 3
    for question in samples:
        answer = await api.reply_to(person.presses(hello, question))
        assert "2031年" in answer.text, question


async def test_a_question_that_the_plan_does_not_answer_is_no_sample(
    api: BotApi, tmp_path: Path
) -> None:
    text = "某馆2032年计划\n\n一、办活动\n1.讲故事。举办“萤火故事会”。\n2.用场馆。开放阅览室。\n"
    plan = import_source(SourceText(text), id="hall-2032")
    loaded = Loaded(Library((plan,)), answerer_for((plan,)))
    async with running(api, tmp_path, Setup(load=lambda: loaded)):
        person = api.person()
        hello = await api.reply_to(person.says("/start"))
        assert hello.labels == ["萤火故事会是什么", "第1条讲什么", say("browse")]


async def test_a_link_opens_the_bot_at_a_task(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    page = await api.reply_to(person.says("/start t2"))
    assert "2.整理地方文献。" in page.text
    assert "第2条 整理地方文献" in page.text
    for strange in ("t99", "x", "t2-2-ffffff", "inline"):
        hello = await api.reply_to(person.says(f"/start {strange}"))
        assert say("start", title="云川市青年文化工作2031年计划") == hello.text


async def test_help_lists_the_commands(api: BotApi, bot: PlanBot) -> None:
    answer = await api.reply_to(api.person().says("/help"))
    assert all(f"/{name} " in answer.text for name, _ in commands("private"))
    assert "/broadcast" not in answer.text


async def test_the_profile_and_the_commands_are_set_in_chinese_per_scope(
    api: BotApi, tmp_path: Path
) -> None:
    admin = api.person()
    async with running(api, tmp_path, Setup(admins=[admin])):
        profile = api.world.profile
        assert profile.description[""] == say("description")
        assert profile.short_description[""] == say("short_description")
        shown = {
            (str(call.params["scope"]["type"]), call.params["scope"].get("chat_id")): [
                item["command"] for item in call.params["commands"]
            ]
            for call in api.calls("setMyCommands")
        }
        assert "feedback" in shown["all_private_chats", None]
        assert "feedback" not in shown["all_group_chats", None]
        assert "broadcast" in shown["chat", admin.id]
        assert "broadcast" not in shown["all_private_chats", None]


async def test_the_plan_is_browsed_in_one_message(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    message = await api.reply_to(person.says("/plan"))
    assert message.labels == [
        "一、办好书香活动(2条)",
        "二、繁荣青年创作(2条)",
        "三、完善服务保障(2条)",
    ]
    for label, found in (
        ("三、完善服务保障(2条)", "第5条 建设社区书屋"),
        ("5", "第1批社区书屋"),
        ("下一页 ›", "(2/2)"),
        ("‹ 上一页", "(1/2)"),
        ("‹ 返回", "第6条 加强安全管理"),
        ("‹ 返回", "云川市青年文化工作2031年计划"),
    ):
        press = person.presses(message, label)
        await api.answered(press)
        await api.wait_for(partial(shows, message, found))
    assert len(api.sent) == 1
    assert len(message.versions) == 7


async def test_pressing_twice_for_what_is_shown_already_is_quiet(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    message = await api.reply_to(person.says("/plan"))
    data = message.button("三、完善服务保障(2条)").data
    for _ in range(2):
        press = person.presses_stale(message, data)
        await api.answered(press)
    assert (await api.reply_to(person.says("书香驿站"))).text
    assert len(message.versions) == 2


async def test_programs_are_listed_by_section_and_looked_up_by_keyword(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    listed = await api.reply_to(person.says("/program"))
    assert "一、办好书香活动" in listed.content.parts("bold")
    assert {"晨读计划", "周末剧场"} <= set(listed.labels)
    chosen = await api.reply_to(person.presses(listed, "周末剧场"))
    assert "“周末剧场”" in chosen.text
    found = await api.reply_to(person.says("/program 新苗奖"))
    assert "80名" in found.text


async def test_figures_and_deadlines_come_as_text_and_as_pictures(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    for command, part in (("/figures", "不少于1200场读书会"), ("/deadlines", "6月底前")):
        listed = await api.reply_to(person.says(command))
        assert part in listed.content.parts("bold")
        press = person.presses(listed, "发成图片")
        photo = await api.reply_to(press, within=10)
        assert photo.method == "sendPhoto"
        assert photo.file is not None
        picture = Image.open(io.BytesIO(photo.file.content))
        assert picture.width == 1080
        assert picture.height > 400
        # Something was drawn on it, in more than two colours.
        assert len(picture.getcolors(1_000_000) or ()) > 10


async def test_figures_of_one_name_are_asked_for_behind_the_command(
    api: BotApi, bot: PlanBot
) -> None:
    answer = await api.reply_to(api.person().says("/figures 新苗奖"))
    assert "80名" in answer.text
    assert "1200场" not in answer.text


async def test_everything_that_is_no_text_gets_a_friendly_line(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    lines = [
        person.sends_voice(),
        person.sends_photo(),
        person.sends_photo(caption="看这个"),
        person.sends_sticker(),
        person.sends_poll("去哪", ["东", "西"]),
    ]
    await api.wait_for(len(lines))
    assert {message.text for message in api.sent} == {say("other_kind")}
    document = await api.reply_to(person.sends_document("a.txt", b"x"))
    assert document.text == say("other_kind_document")
    unknown = await api.reply_to(person.says("/nosuchthing"))
    assert unknown.text == say("unknown_command")
