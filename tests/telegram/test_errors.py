"""Errors: one line for the person, the log for whoever looks, and administrators told once."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from pathlib import Path

import pytest

from bot.live import Loaded
from handlers.wording import say
from knowledge.ask.reply import Context, Turn
from tests.botapi import BotApi
from tests.clock import ManualClock
from tests.telegram.invented import invented_knowledge
from tests.telegram.running import NOW, Setup, running, settled


class Stumbling:
    """Answers like the invented plan's answerer, and stumbles over one word."""

    def answer(self, text: str, context: Context, today: dt.date) -> Turn:
        if "绊倒" in text:
            raise ZeroDivisionError(f"over {text!r}")
        return invented_knowledge().answers.answer(text, context, today)


def stumbling() -> Loaded:
    return Loaded(invented_knowledge().library, Stumbling())


async def test_an_error_is_told_by_its_id_and_to_administrators_once_an_hour(
    api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    admin, person = api.person(), api.person()
    clock = ManualClock(NOW)
    async with running(api, tmp_path, Setup(admins=[admin], load=stumbling, clock=clock)) as bot:
        first = await api.reply_to(person.says("绊倒一"))
        name = next(record.error_id for record in caplog.records if hasattr(record, "error_id"))
        assert first.text == say("error", id=name)
        await api.wait_for(lambda: len(api.sent_to(admin)) == 1)
        assert api.sent_to(admin)[0].text == say("error_admin", kind="ZeroDivisionError", id=name)
        await api.reply_to(person.says("绊倒二"))
        await settled(api, bot)
        assert len(api.sent_to(admin)) == 1
        await clock.advance(timedelta(hours=1))
        await api.reply_to(person.says("绊倒三"))
        await api.wait_for(lambda: len(api.sent_to(admin)) == 2)
        # Whoever stumbled once can still ask.
        assert "80名" in (await api.reply_to(person.says("新苗奖资助多少人"))).text
        assert 'planbot_errors_total{kind="ZeroDivisionError"} 3.0' in (
            bot.services.metrics.text().decode()
        )


async def test_an_update_that_cannot_be_read_is_skipped_and_logged(
    api: BotApi, tmp_path: Path, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(api, tmp_path, Setup(mode)) as bot:
        broken = api.push({"message": {"message_id": "x", "chat": 5}})
        api.push({"message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}})
        api.push({"kind_of_2040": {"chat": {"id": 7}, "thing": [1, 2]}})
        api.push({"callback_query": {"id": "1"}})
        api.push({})
        answer = await api.reply_to(api.person().says("新苗奖资助多少人"))
        assert "80名" in answer.text
        await settled(api, bot)
        assert f"update {broken} cannot be read and is skipped" in caplog.text
