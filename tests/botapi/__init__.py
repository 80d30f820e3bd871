"""A strict Telegram Bot API on loopback for tests."""

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
