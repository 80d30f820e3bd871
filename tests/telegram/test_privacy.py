"""What is kept of a person, and its erasure."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.app import PlanBot
from bot.conversation import MEMORY
from bot.housekeeping import tidy
from bot.storage.tables import METADATA
from handlers.wording import lines, say
from tests.botapi import BotApi, Person
from tests.clock import ManualClock
from tests.telegram.running import NOW, Setup, running, settled


async def rows_about(bot: PlanBot, person: Person) -> list[str]:
    """The tables with a row about a person, but for updates that are being handled."""
    found = []
    async with bot.services.database.read() as connection:
        for table in METADATA.sorted_tables:
            columns = [table.c[name] for name in ("chat_id", "user_id") if name in table.c]
            for column in columns:
                if (await connection.execute(select(table).where(column == person.id))).first():
                    found.append(table.name)
                    break
    return found


async def test_privacy_lists_what_is_kept(api: BotApi, bot: PlanBot) -> None:
    answer = await api.reply_to(api.person().says("/privacy"))
    assert all(line in answer.text for line in lines("kept"))


async def test_what_was_asked_is_dropped_once_no_question_can_lean_on_it(
    api: BotApi, tmp_path: Path
) -> None:
    clock = ManualClock(NOW)
    async with running(api, tmp_path, Setup(clock=clock)) as bot:
        person = api.person()
        await api.reply_to(person.says("新苗奖资助多少人"))
        await settled(api, bot)
        await tidy(bot.services)
        assert "contexts" in await rows_about(bot, person)
        await clock.advance(MEMORY + timedelta(minutes=1))
        await tidy(bot.services)
        assert "contexts" not in await rows_about(bot, person)


async def test_forget_erases_all_about_whoever_asks_and_nothing_else(
    api: BotApi, bot: PlanBot
) -> None:
    person, other = api.person(), api.person()
    for each in (person, other):
        answer = await api.reply_to(each.says("新苗奖资助多少人"))
        await api.answered(each.presses(answer, "👍"))
    # An update is written down as handled right after its answer; the next one comes after that.
    question = await api.reply_to(person.says("/forget"))
    await api.reply_to(other.says("/help"))
    assert {"contexts", "answers", "votes"} <= set(await rows_about(bot, person))
    press = person.presses(question, "删除")
    await api.answered(press)
    await api.wait_for(lambda: question.text == say("forgotten"))
    assert await rows_about(bot, person) == []
    assert {"contexts", "answers", "votes"} <= set(await rows_about(bot, other))


async def test_nobody_can_have_another_forgotten(api: BotApi, bot: PlanBot) -> None:
    person, other = api.person(), api.person()
    group = api.group(members=[person, other])
    question = await api.reply_to(person.says("/forget@test_plan_bot", chat=group))
    press = other.presses(question, "删除")
    await api.answered(press)
    assert press.answer is not None
    assert press.answer.text == say("expired")
    kept = person.presses(question, "不删")
    await api.answered(kept)
    await api.wait_for(lambda: question.text == say("kept_all"))


async def test_what_was_handled_leaves_no_text_behind(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    await api.reply_to(person.says("新苗奖资助多少人"))
    await api.reply_to(person.says("/help"))
    table = METADATA.tables["inbox"]
    async with bot.services.database.read() as connection:
        first = (await connection.execute(select(table).order_by(table.c.update_id))).first()
    assert first is not None
    assert first.payload is None
    assert first.chat_key == ""
