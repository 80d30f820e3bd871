from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import NetworkError

from tests.botapi import RemoteBotApi

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("已完成", callback_data="done:1")]])


@pytest.fixture
async def remote() -> AsyncIterator[RemoteBotApi]:
    async with RemoteBotApi() as server:
        yield server


async def test_a_process_of_its_own_is_driven_over_http(remote: RemoteBotApi) -> None:
    async with Bot(remote.token, base_url=remote.base_url) as bot:
        person = await remote.person()
        forum = await remote.group("群", members=[person], topics=["项目"])
        await remote.say(person, "三月", chat=forum, topic="项目")
        pushed = await remote.push({"telepathy": {}})
        said, raw = await bot.get_updates()
        assert said.message is not None
        assert said.message.is_topic_message
        assert raw.update_id == pushed

        await bot.send_message(person, "甲", reply_markup=KEYS)
        (message,) = await remote.sent(count=1, within=5)
        assert (message["text"], message["labels"]) == ("甲", ["已完成"])
        await remote.press(person, message, "已完成")
        pressed = (await bot.get_updates())[-1].callback_query
        assert pressed is not None
        assert pressed.data == "done:1"

        await remote.fail_next("lost_after", method="sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(person, "乙")
        assert [message["text"] for message in await remote.sent()] == ["甲", "乙"]
        methods = [call["method"] for call in await remote.calls()]
        assert methods.count("sendMessage") == 2

        with pytest.raises(AssertionError, match="0 buttons"):
            await remote.press(person, message, "没有")
        with pytest.raises(AssertionError, match="2 sent"):
            await remote.sent(count=3, within=0.01)
