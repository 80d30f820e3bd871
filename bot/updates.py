"""Updates as JSON, before the library reads them: what the inbox needs to know of one."""

from __future__ import annotations

from typing import Any, TypeAlias

from bot.storage.inbox import Arrival

Json: TypeAlias = dict[str, Any]

_KINDS = frozenset(
    {
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
        "my_chat_member",
    }
)


def has_id(update: object) -> bool:
    """Tell whether this is an update at all."""
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def arrival(update: Json) -> Arrival:
    """Return an update as the inbox keeps it."""
    return Arrival(update["update_id"], chat_key(update), update)


def kind(update: Json) -> str:
    """Return what an update is about, `other` for what we do not know."""
    return next((name for name in update if name in _KINDS), "other")


def chat_key(update: Json) -> str:
    """Return what an update must be handled in order with: its chat, or its user, or nothing."""
    for name, content in update.items():
        if name == "update_id" or not isinstance(content, dict):
            continue
        message = content.get("message")
        for holder in (content, message if isinstance(message, dict) else {}):
            chat = holder.get("chat")
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return f"c{chat['id']}"
        sender = content.get("from")
        if isinstance(sender, dict) and isinstance(sender.get("id"), int):
            return f"u{sender['id']}"
    return f"x{update['update_id']}"
