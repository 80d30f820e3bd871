"""Messages: those people wrote and those the bot sent, with every version of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.botapi.errors import Json

if TYPE_CHECKING:
    from tests.botapi.chats import Chat, User
    from tests.botapi.formatted import Entity, Formatted
    from tests.botapi.keyboards import Button, Markup


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message someone other than the bot wrote.

    Args:
        order: Place among everything that happened, bot and people together.
        payload: Telegram's Message object.
    """

    order: int
    chat_id: int
    message_id: int
    text: str
    thread_id: int | None
    payload: Json


@dataclass(frozen=True, slots=True)
class Version:
    """What a message of the bot said at one time.

    Args:
        at: Unix time.
        content: Text or caption, parsed.
        markup: Reply markup, if any.
    """

    at: float
    content: Formatted
    markup: Markup | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message of the bot answers.

    Args:
        chat_id: Where the message answered is.
        message_id: Its id.
        quote: The fragment quoted, if any.
    """

    chat_id: int
    message_id: int
    quote: str | None
    payload: Json


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the server."""

    file_id: str
    name: str
    mime_type: str
    content: bytes
    path: str


@dataclass(slots=True)
class SentMessage:
    """A message the bot sent: how it reads now, and how it read before.

    Args:
        order: Place among everything that happened, bot and people together.
        method: The method that sent it.
        thread_id: Topic it is in, if any.
        file: What a photo or document message carries.
        params: The parameters as the bot gave them.
        versions: Oldest first; more than one after edits.
    """

    order: int
    method: str
    chat: Chat
    sender: User
    message_id: int
    thread_id: int | None
    reply: Reply | None
    file: StoredFile | None
    params: Json
    versions: list[Version]
    deleted: bool = False
    silent: bool = field(default=False)

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def now(self) -> Version:
        return self.versions[-1]

    @property
    def text(self) -> str:
        """Plain text, or the caption of a photo or document."""
        return self.now.content.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self.now.content.entities

    @property
    def content(self) -> Formatted:
        return self.now.content

    @property
    def date(self) -> float:
        """Unix time of sending."""
        return self.versions[0].at

    @property
    def keyboard(self) -> tuple[tuple[Button, ...], ...]:
        """Rows of inline buttons."""
        return self.now.markup.rows if self.now.markup else ()

    @property
    def labels(self) -> list[str]:
        """Labels of all inline buttons, row by row."""
        return [button.text for row in self.keyboard for button in row]

    def button(self, label: str) -> Button:
        """The only inline button with this label."""
        found = [button for row in self.keyboard for button in row if button.text == label]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} buttons “{label}” among {self.labels}")
        return found[0]

    @property
    def payload(self) -> Json:
        """Telegram's Message object."""
        body: Json = {
            "message_id": self.message_id,
            "date": int(self.date),
            "chat": self.chat.payload(),
            "from": self.sender.payload(),
        }
        self._put_content(body)
        if len(self.versions) > 1:
            body["edit_date"] = int(self.now.at)
        if self.thread_id is not None:
            body |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.reply is not None:
            body |= self.reply.payload
        if self.now.markup is not None and self.now.markup.is_inline:
            body["reply_markup"] = self.now.markup.payload
        return body

    def _put_content(self, body: Json) -> None:
        entities = [entity.payload() for entity in self.entities]
        prefix = ""
        if self.file is not None:
            body |= file_payload(self.method, self.file)
            prefix = "caption_"
        if self.text:
            body["caption" if prefix else "text"] = self.text
        if entities:
            body[prefix + "entities"] = entities


def file_payload(method: str, file: StoredFile) -> Json:
    """The part of a Message that describes the file it carries."""
    common: Json = {
        "file_id": file.file_id,
        "file_unique_id": f"u{file.file_id}",
        "file_size": len(file.content),
    }
    if method == "sendPhoto":
        return {"photo": [common | {"width": 90, "height": 90}]}
    return {"document": common | {"file_name": file.name, "mime_type": file.mime_type}}
