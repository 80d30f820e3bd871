"""Putting a message into a chat, and its update into the queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.botapi.messages import Incoming

if TYPE_CHECKING:
    from tests.botapi.chats import Chat, User
    from tests.botapi.errors import Json
    from tests.botapi.messages import SentMessage
    from tests.botapi.state import World


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a chat something is written: the chat, the topic, the message answered."""

    chat: Chat
    thread_id: int | None = None
    reply_to: Incoming | SentMessage | None = None


def post(world: World, author: User, place: Place, content: Json) -> Incoming:
    """Puts a message into a chat and its update into the queue."""
    chat = place.chat
    message_id = chat.next_message_id()
    payload: Json = {
        "message_id": message_id,
        "date": int(world.clock()),
        "chat": chat.payload(),
        "from": author.payload(),
    }
    if place.thread_id is not None:
        payload |= {"message_thread_id": place.thread_id, "is_topic_message": True}
    answered = place.reply_to or world.messages.get((chat.id, place.thread_id or 0))
    if answered is not None:
        # In a topic Telegram marks a message that answers nothing as answering the topic's start.
        payload["reply_to_message"] = {
            k: v for k, v in answered.payload.items() if k != "reply_to_message"
        }
    payload |= content
    text = str(content.get("text") or content.get("caption") or "")
    message = Incoming(world.next_order(), chat.id, message_id, text, place.thread_id, payload)
    world.messages[chat.id, message_id] = message
    world.updates.push("message", payload)
    return message
