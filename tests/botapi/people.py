"""People: what they write, press and send, as updates for the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.botapi import utf16
from tests.botapi.chats import Chat, Role, User, member_payload
from tests.botapi.detect import detect_entities
from tests.botapi.messages import Incoming, SentMessage
from tests.botapi.state import InlineQuestion, Press

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.botapi.errors import Json
    from tests.botapi.formatted import Entity
    from tests.botapi.state import World


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a chat something is written: the chat, the topic, the message answered."""

    chat: Chat
    thread_id: int | None = None
    reply_to: Incoming | SentMessage | None = None


class Person:
    """Someone who uses the bot; each verb puts an update in the queue.

    Args:
        world: The server's memory.
        user: Who it is.
        private: The chat with the bot.
    """

    def __init__(self, world: World, user: User, private: Chat) -> None:
        self._world = world
        self.user = user
        self.private = private

    @property
    def id(self) -> int:
        """User id, and id of the private chat."""
        return self.user.id

    def says(
        self,
        text: str,
        *,
        chat: Chat | None = None,
        topic: str | None = None,
        reply_to: Incoming | SentMessage | None = None,
        quote: str | None = None,
        entities: Sequence[Entity] | None = None,
    ) -> Incoming:
        """Writes a text, in the private chat unless another is named.

        Args:
            text: What is typed; commands, mentions and links in it get their entities.
            chat: Where.
            topic: Title of the topic of a forum.
            reply_to: The message answered.
            quote: The part of that message quoted.
            entities: Instead of the ones found in the text.
        """
        found = detect_entities(text) if entities is None else entities
        content: Json = {"text": text}
        if found:
            content["entities"] = [entity.payload() for entity in found]
        if quote is not None and reply_to is not None:
            position = utf16.length(reply_to.text[: reply_to.text.index(quote)])
            content["quote"] = {"text": quote, "position": position, "is_manual": True}
        return self._write(content, self._place(chat, topic, reply_to))

    def edits(self, message: Incoming, text: str) -> Incoming:
        """Changes a text written before; arrives as an edited message."""
        entities = [entity.payload() for entity in detect_entities(text)]
        payload = message.payload | {"text": text, "edit_date": self._now()}
        payload = {k: v for k, v in payload.items() if k != "entities"}
        if entities:
            payload["entities"] = entities
        edited = Incoming(
            self._world.next_order(),
            message.chat_id,
            message.message_id,
            text,
            message.thread_id,
            payload,
        )
        self._world.messages[message.chat_id, message.message_id] = edited
        self._world.updates.push("edited_message", payload)
        return edited

    def presses(self, message: SentMessage, label: str) -> Press:
        """Presses the button with this label; the answer appears on the Press."""
        if message.deleted:
            raise AssertionError("nobody can press a button of a deleted message")
        return self.presses_stale(message, message.button(label).data)

    def presses_stale(self, message: SentMessage, data: str) -> Press:
        """Presses with any data, as from a keyboard still shown on another device."""
        number = len(self._world.presses) + 1
        press = Press(
            self._world.next_order(),
            f"press-{number}",
            self._world.clock(),
            message.chat_id,
            message,
            data,
            None,
        )
        self._world.presses[press.id] = press
        press.update_id = self._world.updates.push(
            "callback_query",
            {
                "id": press.id,
                "from": self.user.payload(),
                "chat_instance": str(message.chat_id),
                "message": message.payload,
                "data": data,
            },
        )
        return press

    def asks_inline(
        self, query: str, *, offset: str = "", chat_type: str = "sender"
    ) -> InlineQuestion:
        """Types an inline query; the results offered appear on the InlineQuestion."""
        number = len(self._world.questions) + 1
        question = InlineQuestion(
            self._world.next_order(),
            f"inline-{number}",
            self._world.clock(),
            self.id,
            query,
            None,
        )
        self._world.questions[question.id] = question
        question.update_id = self._world.updates.push(
            "inline_query",
            {
                "id": question.id,
                "from": self.user.payload(),
                "query": query,
                "offset": offset,
                "chat_type": chat_type,
            },
        )
        return question

    def chooses(self, question: InlineQuestion, result_id: str) -> int | None:
        """Takes one of the results offered; the update id, if the bot gets such updates."""
        offered = [result["id"] for result in question.answer.results] if question.answer else []
        if result_id not in offered:
            raise AssertionError(f"{result_id!r} was not offered: {offered}")
        return self._world.updates.push(
            "chosen_inline_result",
            {"result_id": result_id, "from": self.user.payload(), "query": question.query},
        )

    def sends_document(
        self,
        name: str,
        content: bytes,
        *,
        mime_type: str = "application/octet-stream",
        caption: str = "",
        chat: Chat | None = None,
    ) -> Incoming:
        """Sends a file, which the bot can download."""
        file = self._world.store_file("documents", name, mime_type, content)
        document = {
            "file_id": file.file_id,
            "file_unique_id": f"u{file.file_id}",
            "file_name": name,
            "mime_type": mime_type,
            "file_size": len(content),
        }
        extra = {"caption": caption} if caption else {}
        return self._write({"document": document, **extra}, self._place(chat))

    def sends_photo(
        self, content: bytes = b"\xff\xd8\xff", *, caption: str = "", chat: Chat | None = None
    ) -> Incoming:
        file = self._world.store_file("photos", "photo.jpg", "image/jpeg", content)
        size = _file_fields(file.file_id, len(content)) | {"width": 90, "height": 90}
        extra = {"caption": caption} if caption else {}
        return self._write({"photo": [size], **extra}, self._place(chat))

    def sends_voice(self, seconds: int = 3, *, chat: Chat | None = None) -> Incoming:
        file = self._world.store_file("voice", "voice.oga", "audio/ogg", b"OggS")
        voice = _file_fields(file.file_id, 4) | {"duration": seconds, "mime_type": "audio/ogg"}
        return self._write({"voice": voice}, self._place(chat))

    def sends_sticker(self, *, chat: Chat | None = None) -> Incoming:
        sticker = _file_fields("sticker-1", 100) | {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
        return self._write({"sticker": sticker}, self._place(chat))

    def sends_poll(
        self, question: str, options: Sequence[str], *, chat: Chat | None = None
    ) -> Incoming:
        poll = {
            "id": "poll-1",
            "question": question,
            "options": [
                {"text": option, "voter_count": 0, "persistent_id": str(number)}
                for number, option in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self._write({"poll": poll}, self._place(chat))

    def sends_location(
        self, latitude: float, longitude: float, *, chat: Chat | None = None
    ) -> Incoming:
        location = {"latitude": latitude, "longitude": longitude}
        return self._write({"location": location}, self._place(chat))

    def blocks_bot(self) -> None:
        """Stops the bot: it can no longer write here until ``unblocks_bot``."""
        self.changes_bot(self.private, Role.KICKED)

    def unblocks_bot(self) -> None:
        self.changes_bot(self.private, Role.MEMBER)

    def changes_bot(self, chat: Chat, role: Role) -> None:
        """Gives the bot a new role in a chat, or takes it out; arrives as my_chat_member."""
        bot = self._world.bot
        old = chat.roles.get(bot.id, Role.LEFT)
        chat.roles[bot.id] = role
        self._world.updates.push(
            "my_chat_member",
            {
                "chat": chat.payload(),
                "from": self.user.payload(),
                "date": self._now(),
                "old_chat_member": member_payload(bot, old),
                "new_chat_member": member_payload(bot, role),
            },
        )

    def _place(
        self,
        chat: Chat | None,
        topic: str | None = None,
        reply_to: Incoming | SentMessage | None = None,
    ) -> Place:
        where = chat or self.private
        thread = where.topic(topic) if topic is not None else None
        if thread is None and reply_to is not None:
            thread = reply_to.thread_id
        return Place(where, thread, reply_to)

    def _write(self, content: Json, place: Place) -> Incoming:
        return post(self._world, self.user, place, content)

    def _now(self) -> int:
        return int(self._world.clock())


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


def _file_fields(file_id: str, size: int) -> Json:
    return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": size}
