"""People: what they write, press and send, as updates for the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.botapi import media, utf16
from tests.botapi.chats import Role, member_payload
from tests.botapi.detect import detect_entities
from tests.botapi.messages import Incoming
from tests.botapi.posting import Place, post
from tests.botapi.state import InlineQuestion, Press

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.botapi.chats import Chat, User
    from tests.botapi.errors import Json
    from tests.botapi.formatted import Entity
    from tests.botapi.messages import SentMessage
    from tests.botapi.state import World


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
        body = media.document(self._world, name, mime_type, content)
        return self._write(media.captioned(body, caption), self._place(chat))

    def sends_photo(
        self, content: bytes = media.JPEG, *, caption: str = "", chat: Chat | None = None
    ) -> Incoming:
        body = media.photo(self._world, content)
        return self._write(media.captioned(body, caption), self._place(chat))

    def sends_voice(self, seconds: int = 3, *, chat: Chat | None = None) -> Incoming:
        return self._write(media.voice(self._world, seconds), self._place(chat))

    def sends_sticker(self, *, chat: Chat | None = None) -> Incoming:
        return self._write(media.sticker(), self._place(chat))

    def sends_poll(
        self, question: str, options: Sequence[str], *, chat: Chat | None = None
    ) -> Incoming:
        return self._write(media.poll(question, options), self._place(chat))

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
