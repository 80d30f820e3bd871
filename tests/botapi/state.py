"""Everything the server remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.botapi.chats import Chat, ChatKind, Role, User
from tests.botapi.errors import Json, bad_request, forbidden, migrated
from tests.botapi.messages import Incoming, SentMessage, StoredFile
from tests.botapi.signals import Signal
from tests.botapi.updates import UpdateQueue
from tests.botapi.webhook import WebhookSender

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.botapi.flood import FloodCounter


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the bot showed for a button press."""

    text: str
    alert: bool
    url: str


@dataclass(slots=True)
class Press:
    """A button press, and the bot's answer to it once there is one."""

    order: int
    id: str
    at: float
    chat_id: int
    message: SentMessage
    data: str
    update_id: int | None
    answer: CallbackAnswer | None = None


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot offered for an inline query."""

    results: list[Json]
    next_offset: str
    is_personal: bool
    cache_time: int
    button: Json | None


@dataclass(slots=True)
class InlineQuestion:
    """An inline query, and the bot's answer to it once there is one."""

    order: int
    id: str
    at: float
    user_id: int
    query: str
    update_id: int | None
    answer: InlineAnswer | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached the server, whatever became of it.

    Args:
        method: As the bot spelt it.
        params: Parameters as sent.
        at: Unix time of arrival.
    """

    method: str
    params: Json
    at: float


@dataclass(slots=True)
class Profile:
    """What the bot says of itself, by language code; "" is every other language."""

    name: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)


class World:
    """The server's memory: users, chats, messages, files and the queue of updates.

    Args:
        token: The bot's token.
        bot: The bot itself.
        clock: Unix time in seconds.
        query_lifetime: Seconds after which a press or inline query can no longer be answered.
        flood: Flood limits, if they are to be enforced.
    """

    def __init__(
        self,
        token: str,
        bot: User,
        clock: Callable[[], float],
        query_lifetime: float,
        flood: FloodCounter | None,
    ) -> None:
        self.token = token
        self.bot = bot
        self.clock = clock
        self.query_lifetime = query_lifetime
        self.flood = flood
        self.changed = Signal()
        self.updates = UpdateQueue(self._updates_changed)
        self.webhook = WebhookSender(self.updates, self.touch)
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], Incoming | SentMessage] = {}
        self.sent: list[SentMessage] = []
        self.calls: list[Call] = []
        self.presses: dict[str, Press] = {}
        self.questions: dict[str, InlineQuestion] = {}
        self.files: dict[str, StoredFile] = {}
        self.actions: list[tuple[int, str]] = []
        self.profile = Profile()
        self._order = 0

    def _updates_changed(self) -> None:
        self.webhook.wake()
        self.changed.notify()

    def next_order(self) -> int:
        self._order += 1
        return self._order

    def chat(self, chat_id: int | None) -> Chat:
        """The chat with this id.

        Raises:
            ApiError: 400 when the id is missing, unknown, or of a group since migrated.
        """
        if chat_id is None:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        return chat

    def writable(self, chat_id: int | None) -> Chat:
        """The chat with this id, if the bot may write to it.

        Raises:
            ApiError: 400 as for ``chat``, 403 when the bot is blocked, removed or gone.
        """
        chat = self.chat(chat_id)
        role = chat.roles.get(self.bot.id, Role.LEFT)
        if role not in (Role.LEFT, Role.KICKED):
            return chat
        if chat.kind is ChatKind.PRIVATE:
            raise forbidden("bot was blocked by the user")
        kind = "group" if chat.kind is ChatKind.GROUP else "supergroup"
        if role is Role.KICKED:
            raise forbidden(f"bot was kicked from the {kind} chat")
        raise forbidden(f"bot is not a member of the {kind} chat")

    def store_file(self, folder: str, name: str, mime_type: str, content: bytes) -> StoredFile:
        number = len(self.files) + 1
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        file = StoredFile(
            f"file-{number}", name, mime_type, content, f"{folder}/file_{number}.{suffix}"
        )
        self.files[file.file_id] = file
        return file

    def record(self, message: SentMessage) -> None:
        self.messages[message.chat_id, message.message_id] = message
        self.sent.append(message)
        self.touch()

    def touch(self) -> None:
        """Wakes whoever waits: something they may look at has changed."""
        self.changed.notify()
