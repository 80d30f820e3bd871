"""A strict Telegram Bot API on loopback for tests.

In a test::

    async with BotApi() as api:
        person = api.person()
        # start the bot under test with api.token, api.base_url and api.file_url, then
        answer = await api.reply_to(person.says("三月有什么"))
        assert answer.content.parts("blockquote") == ["…"]
        press = person.presses(answer, "已完成")
        await api.answered(press)

Faults: ``api.fail_next(lost_after(), method="sendMessage", chat=person)``. Flood limits:
``BotApi(clock=clock, flood=FloodLimits())``. In a process of its own: ``RemoteBotApi``.
"""

from __future__ import annotations

from tests.botapi.api import BOT, TOKEN, BotApi
from tests.botapi.chats import Chat, ChatKind, Role, User
from tests.botapi.errors import ApiError
from tests.botapi.faults import (
    Broken,
    Drop,
    Hold,
    Moment,
    Refuse,
    blocked,
    chat_not_found,
    flood_wait,
    lost_after,
    lost_before,
    migrated,
    server_error,
)
from tests.botapi.flood import FloodLimits
from tests.botapi.formatted import Entity, Formatted
from tests.botapi.keyboards import Button
from tests.botapi.messages import Incoming, SentMessage
from tests.botapi.people import Person
from tests.botapi.remote import RemoteBotApi
from tests.botapi.state import InlineQuestion, Press

__all__ = [
    "BOT",
    "TOKEN",
    "ApiError",
    "BotApi",
    "Broken",
    "Button",
    "Chat",
    "ChatKind",
    "Drop",
    "Entity",
    "FloodLimits",
    "Formatted",
    "Hold",
    "Incoming",
    "InlineQuestion",
    "Moment",
    "Person",
    "Press",
    "Refuse",
    "RemoteBotApi",
    "Role",
    "SentMessage",
    "User",
    "blocked",
    "chat_not_found",
    "flood_wait",
    "lost_after",
    "lost_before",
    "migrated",
    "server_error",
]
