"""The one way out: every message to Telegram goes through here, and each has an outcome."""

from __future__ import annotations

import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.api import BotApi, RefusedError
from bot.clock import Clock
from bot.letters import (
    Ambiguous,
    Blocked,
    Delete,
    Edit,
    Failed,
    File,
    Flood,
    Letter,
    Migrated,
    Outcome,
    Sent,
    ThreadGone,
    moved,
    without_thread,
)
from bot.logs import log_error
from bot.pacing import Limits, Pacer, Priority
from bot.transport import MaybeSentError, NotSentError

_LOG = logging.getLogger(__name__)

# Parts of what Telegram says when a chat cannot be written to although the status is 400.
_CLOSED = (
    "chat not found",
    "CHAT_WRITE_FORBIDDEN",
    "not enough rights to send",
    "need administrator rights",
    "user is deactivated",
    "group chat was deactivated",
    "CHAT_RESTRICTED",
    "PEER_ID_INVALID",
)
_THREAD = ("message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED")
# An edit that changes nothing, or the removal of what is not there, has nothing left to do.
_DONE = (
    "message is not modified",
    "message to delete not found",
    "message can't be deleted",
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How hard to try: attempts at a network that fails, and seconds to wait for a chat."""

    attempts: int
    flood_wait: float


_PATIENCE = {Priority.REPLY: Patience(7, 120.0), Priority.REMINDER: Patience(3, 5.0)}
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0


class Observer(Protocol):
    """Is told what the sender does, to count it."""

    def sent(self, method: str, outcome: Outcome) -> None:
        """Note what became of a letter."""
        ...

    def retried(self, method: str) -> None:
        """Note that a letter is tried once more."""
        ...


class Sender:
    """Sends letters, each as soon as Telegram's limits allow, replies before reminders.

    Args:
        api: the Bot API.
        clock: tells the time and waits.
        limits: what Telegram allows.
        observer: is told what happens.
    """

    def __init__(
        self,
        api: BotApi,
        clock: Clock,
        *,
        limits: Limits | None = None,
        observer: Observer | None = None,
    ) -> None:
        self._api = api
        self._clock = clock
        self._pacer = Pacer(clock, limits)
        self._observer = observer
        self._moved: Callable[[int, int], Awaitable[None]] | None = None

    @property
    def waiting(self) -> int:
        """How many letters wait for their turn."""
        return self._pacer.waiting

    def on_migration(self, action: Callable[[int, int], Awaitable[None]]) -> None:
        """Have `action(old, new)` awaited when a reply finds that a group has a new id."""
        self._moved = action

    async def send(self, letter: Letter, priority: Priority = Priority.REPLY) -> Outcome:
        """Send a letter and return what became of it; nothing is raised.

        A reply waits out a flood limit of its chat, follows a group to its new id, and leaves a
        topic that is gone. A reminder comes back at once with `Flood`, `Migrated` or `ThreadGone`,
        for its caller to keep it. Faults that certainly sent nothing are tried again after pauses
        that double; what may have been sent is not, unless doing it twice is the same as once.
        """
        outcome = await self._send(letter, priority)
        if self._observer is not None:
            self._observer.sent(letter.method, outcome)
        if not isinstance(outcome, Sent):
            _LOG.warning(
                "%s not known to have arrived: %s", letter.method, outcome, extra=_extra(letter)
            )
        return outcome

    async def close(self) -> None:
        """Stop waiting."""
        await self._pacer.close()

    async def _send(self, letter: Letter, priority: Priority) -> Outcome:
        patience = _PATIENCE[priority]
        attempt, waited = 0, 0.0
        while True:
            delay = self._pacer.delay(letter.chat)
            if delay > patience.flood_wait - waited:
                return Flood(delay)
            waited += delay
            granted = await self._pacer.turn(letter.chat, priority)
            outcome = await self._attempt(letter)
            self._pacer.arrived(letter.chat, granted)
            match outcome:
                case Flood(seconds):
                    self._pacer.pause(letter.chat, seconds)
                case Failed(passing=True) if attempt + 1 < patience.attempts:
                    attempt += 1
                    await self._pause(attempt)
                case Migrated(new) if priority is Priority.REPLY and new != letter.chat:
                    await self._follow(letter.chat, new)
                    letter = moved(letter, new)
                case ThreadGone() if (
                    priority is Priority.REPLY and without_thread(letter) != letter
                ):
                    letter = without_thread(letter)
                case _:
                    return outcome
            if self._observer is not None:
                self._observer.retried(letter.method)

    async def _follow(self, old: int, new: int) -> None:
        if self._moved is None:
            return
        try:
            await self._moved(old, new)
        except Exception as error:  # noqa: BLE001 - the letter goes out all the same
            log_error(
                _LOG, f"the chat {old} moved to {new}, and what is kept of it did not", error
            )

    async def _attempt(self, letter: Letter) -> Outcome:
        try:
            result = await self._api.call(
                letter.method,
                letter.parameters(),
                uploads=letter.uploads if isinstance(letter, File) else None,
            )
        except NotSentError as error:
            return Failed(str(error), passing=True)
        except MaybeSentError as error:
            # A change made twice is the same change.
            if isinstance(letter, Edit | Delete):
                return Failed(str(error), passing=True)
            return Ambiguous(str(error))
        except RefusedError as refusal:
            return _outcome(letter, refusal)
        if isinstance(result, dict):
            return Sent(int(result["message_id"]))
        return Sent(letter.message if isinstance(letter, Edit | Delete) else 0)

    async def _pause(self, attempt: int) -> None:
        seconds = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (attempt - 1))
        # Those that failed together must not all come back together.
        seconds *= random.uniform(0.75, 1.25)  # noqa: S311 - nothing secret
        await self._clock.sleep_until(self._clock.now() + timedelta(seconds=seconds))


def _outcome(letter: Letter, refusal: RefusedError) -> Outcome:
    """Return what a refusal of Telegram means."""
    said = refusal.description
    if refusal.migrated_to is not None:
        return Migrated(refusal.migrated_to)
    if refusal.status == 429:
        return Flood(float(refusal.retry_after or 1))
    if refusal.status == 403 or (refusal.status == 400 and _says(said, _CLOSED)):
        return Blocked(said)
    if refusal.status == 400 and _says(said, _THREAD):
        return ThreadGone()
    if isinstance(letter, Edit | Delete) and refusal.status == 400 and _says(said, _DONE):
        return Sent(letter.message)
    # A gateway that gave up waiting does not know what became of the request behind it.
    if refusal.status == 504 and not isinstance(letter, Edit | Delete):
        return Ambiguous(str(refusal))
    return Failed(str(refusal), passing=refusal.status >= 500)


def _says(description: str, parts: tuple[str, ...]) -> bool:
    lower = description.lower()
    return any(part.lower() in lower for part in parts)


def _extra(letter: Letter) -> dict[str, object]:
    return {"method": letter.method, "chat": letter.chat}
