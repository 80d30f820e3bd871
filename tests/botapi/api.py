"""A Bot API on loopback, and the test's hands on it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Self

from aiohttp import web

from tests.botapi import gatherings
from tests.botapi.chats import Chat, ChatKind, User
from tests.botapi.faults import Fault, FaultPlan
from tests.botapi.flood import FloodCounter, FloodLimits
from tests.botapi.people import Person
from tests.botapi.server import Server
from tests.botapi.state import Call, InlineQuestion, Press, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from tests.botapi.errors import Json
    from tests.botapi.messages import Incoming, SentMessage
    from tests.botapi.webhook import Delivery

BOT = User(7_000_000_001, "计划助手", "test_plan_bot", is_bot=True)
TOKEN = f"{BOT.id}:test-token-of-no-real-bot-0000000000"
_FIRST_PERSON = 50_001


class BotApi:
    """Telegram's Bot API for one bot, in this process.

    Args:
        port: TCP port on 127.0.0.1; 0 takes a free one.
        clock: Unix time in seconds, used for dates, expiry and flood limits.
        flood: Flood limits to enforce; none by default.
        query_lifetime: Seconds a button press or inline query can be answered.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        flood: FloodLimits | None = None,
        query_lifetime: float = 15.0,
    ) -> None:
        counter = FloodCounter(flood) if flood is not None else None
        self.world = World(TOKEN, BOT, clock, query_lifetime, counter)
        self.faults = FaultPlan()
        self.server = Server(self.world, self.faults)
        self.port = port
        self._runner: web.AppRunner | None = None
        self._webhook_task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self.server.app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self._webhook_task = asyncio.create_task(self.world.webhook.run())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.faults.release_all()
        self.world.updates.end_poll(None)
        if self._webhook_task is not None:
            self._webhook_task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._webhook_task
        if self._runner is not None:
            await self._runner.cleanup()

    # Where it is

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def bot(self) -> User:
        """The bot itself, with its username."""
        return self.world.bot

    @property
    def base_url(self) -> str:
        """For ``Bot(base_url=…)``."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def file_url(self) -> str:
        """For ``Bot(base_file_url=…)``."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    # Who is there

    def person(
        self, name: str = "用户", *, username: str | None = None, language_code: str = "zh-hans"
    ) -> Person:
        """Someone new, who has started the bot."""
        number = _FIRST_PERSON + len(self.world.users)
        user = User(number, name, username, language_code=language_code)
        self.world.users[user.id] = user
        return Person(self.world, user, gatherings.private_chat(self.world, user))

    def group(
        self, title: str = "群", *, members: Iterable[Person] = (), admins: Iterable[Person] = ()
    ) -> Chat:
        """A basic group with the bot in it."""
        return gatherings.group(self.world, ChatKind.GROUP, title, members, admins)

    def supergroup(
        self,
        title: str = "超级群",
        *,
        topics: Iterable[str] = (),
        members: Iterable[Person] = (),
        admins: Iterable[Person] = (),
    ) -> Chat:
        """A supergroup with the bot in it; a forum if it has topics."""
        chat = gatherings.group(self.world, ChatKind.SUPERGROUP, title, members, admins)
        for topic in topics:
            gatherings.add_topic(self.world, chat, topic)
        return chat

    def migrate(self, group: Chat, by: Person) -> Chat:
        """Turns a basic group into a supergroup, with both service messages."""
        return gatherings.migrate(self.world, group, by.user)

    def push(self, fields: Json) -> int:
        """Queues an update of any kind as it is, e.g. ``{"kind_of_2030": {}}``; its id."""
        return self.world.updates.push_raw(fields)

    # What goes wrong

    def fail_next(
        self,
        fault: Fault,
        *,
        method: str | None = None,
        chat: Chat | Person | int | None = None,
        times: int = 1,
    ) -> None:
        """Arranges a fault for the next calls.

        Args:
            fault: What happens.
            method: Only in this method; in any but getUpdates if None.
            chat: Only for this chat; for any if None.
            times: How many calls.
        """
        chat_id = chat if chat is None or isinstance(chat, int) else chat.id
        self.faults.add(fault, method=method, chat_id=chat_id, times=times)

    def retry_webhook(self) -> None:
        """Posts again what the webhook did not accept."""
        self.world.webhook.wake()

    # What the bot did

    @property
    def sent(self) -> list[SentMessage]:
        """Every message accepted, oldest first, whether or not the bot got the answer."""
        return self.world.sent

    def sent_to(self, chat: Chat | Person) -> list[SentMessage]:
        return [message for message in self.world.sent if message.chat_id == chat.id]

    def calls(self, method: str) -> list[Call]:
        """Every call of a method that arrived, refused ones too."""
        return [c for c in self.world.calls if c.method.lower() == method.lower()]

    @property
    def deliveries(self) -> list[Delivery]:
        """Every attempt to post an update to the webhook."""
        return self.world.webhook.deliveries

    async def wait_for(
        self, what: int | Callable[[], bool], within: float = 5.0
    ) -> list[SentMessage]:
        """Waits until so many messages were sent, or until a condition holds.

        Args:
            what: A number of messages in all, or a condition.
            within: Longest wait in seconds.

        Returns:
            All messages sent so far.

        Raises:
            AssertionError: It did not happen in time; says what did.
        """
        ready = what if callable(what) else lambda: len(self.sent) >= what
        try:
            await self.world.changed.until(ready, within)
        except TimeoutError:
            raise AssertionError(self._summary(within)) from None
        return list(self.sent)

    async def reply_to(
        self, event: Incoming | Press | SentMessage, within: float = 5.0
    ) -> SentMessage:
        """Waits for the first message the bot sends to the event's chat after it."""

        def found() -> list[SentMessage]:
            later = (m for m in self.sent if m.order > event.order)
            return [m for m in later if m.chat_id == event.chat_id]

        await self.wait_for(lambda: bool(found()), within)
        return found()[0]

    async def answered(self, query: Press | InlineQuestion, within: float = 5.0) -> None:
        """Waits until a press or inline query has its answer."""
        await self.wait_for(lambda: query.answer is not None, within)

    async def taken(self, within: float = 5.0) -> None:
        """Waits until the bot has confirmed every update."""
        await self.wait_for(lambda: not self.world.updates.pending, within)

    def _summary(self, within: float) -> str:
        sent = [f"{m.method} to {m.chat_id}: {m.text[:60]!r}" for m in self.sent[-5:]]
        calls = [call.method for call in self.world.calls[-10:]]
        return (
            f"did not happen within {within} s; {len(self.sent)} sent, the last {sent}; "
            f"{len(self.world.updates.pending)} updates unconfirmed; last calls {calls}"
        )
