"""Thumbs and reasons, and words to the administrators."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.app import PlanBot
from bot.storage import votes
from bot.storage.votes import Tally
from handlers.wording import say
from knowledge.ask.reply import Outcome
from tests.botapi import BotApi
from tests.telegram.running import NOW, Setup, running


async def tally(bot: PlanBot) -> dict[Outcome, Tally]:
    async with bot.services.database.read() as connection:
        return await votes.tally(connection, NOW - timedelta(days=1))


async def test_a_thumb_is_counted_once_and_the_last_one_holds(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("新苗奖资助多少人"))
    up = person.presses(answer, "👍")
    await api.answered(up)
    await api.answered(person.presses(answer, "👍"))
    assert up.answer is not None
    assert up.answer.text == say("voted_up")
    assert await tally(bot) == {Outcome.ANSWERED: Tally(up=1)}
    await api.answered(person.presses(answer, "👎"))
    assert await tally(bot) == {Outcome.ANSWERED: Tally(down=1)}


async def test_a_thumb_down_asks_why_and_the_reason_is_kept(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("火星基地什么时候建成"))
    await api.answered(person.presses(answer, "👎"))
    await api.wait_for(lambda: "不完整" in answer.labels)
    assert "👍" not in answer.labels
    await api.answered(person.presses(answer, "不完整"))
    await api.wait_for(lambda: "不完整" not in answer.labels)
    async with bot.services.database.read() as connection:
        assert await votes.reasons(connection, 5) == ("不完整",)
    assert await tally(bot) == {Outcome.NOT_IN_PLAN: Tally(down=1)}


async def test_not_saying_why_keeps_the_vote(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("新苗奖资助多少人"))
    await api.answered(person.presses(answer, "👎"))
    await api.wait_for(lambda: "不说了" in answer.labels)
    await api.answered(person.presses(answer, "不说了"))
    await api.wait_for(lambda: "不说了" not in answer.labels)
    assert "看全文" in answer.labels
    assert await tally(bot) == {Outcome.ANSWERED: Tally(down=1)}


async def test_feedback_reaches_the_administrators_escaped(api: BotApi, tmp_path: Path) -> None:
    admin, person = api.person(), api.person()
    async with running(api, tmp_path, Setup(admins=[admin])):
        thanks = await api.reply_to(person.says("/feedback 很好用 <b>谢谢</b>"))
        assert thanks.text == say("feedback_thanks")
        (told,) = api.sent_to(admin)
        assert told.content.parts("blockquote") == ["很好用 <b>谢谢</b>"]
        usage = await api.reply_to(person.says("/feedback"))
        assert usage.text == say("feedback_usage")
        admin.blocks_bot()
        failed = await api.reply_to(person.says("/feedback 在吗"))
        assert failed.text == say("feedback_failed")


async def test_without_administrators_feedback_says_that_nobody_reads_it(
    api: BotApi, bot: PlanBot
) -> None:
    answer = await api.reply_to(api.person().says("/feedback 在吗"))
    assert answer.text == say("feedback_nobody")
