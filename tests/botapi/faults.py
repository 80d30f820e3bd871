"""Faults a test arranges: refusals, lost connections, slow and broken answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import Enum

from tests.botapi import errors
from tests.botapi.errors import ApiError


class Moment(Enum):
    """When in the life of a call a fault happens."""

    BEFORE = "before"  # the call has arrived and nothing has been done
    AFTER = "after"  # the call has taken effect and the answer is not out yet


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answers with an error in Telegram's envelope; the call has no effect."""

    error: ApiError


@dataclass(frozen=True, slots=True)
class Broken:
    """Answers with something that is not Telegram's envelope, as a proxy in between does."""

    status: int = 502
    body: str = "<html><body>502 Bad Gateway</body></html>"


@dataclass(frozen=True, slots=True)
class Drop:
    """Closes the connection without an answer."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Hold:
    """Makes the call wait until the test releases it.

    ``arrived`` is set when a call is waiting; set ``released`` to let it go on.
    """

    moment: Moment = Moment.BEFORE
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self) -> None:
        self.arrived.set()
        await self.released.wait()


@dataclass(frozen=True, slots=True)
class Slow:
    """Answers, but only after so many seconds, as over a long way."""

    seconds: float


Fault = Refuse | Broken | Drop | Hold | Slow


def flood_wait(retry_after: int) -> Refuse:
    """429; ``retry_after`` in seconds."""
    return Refuse(errors.too_many_requests(retry_after))


def blocked() -> Refuse:
    return Refuse(errors.forbidden("bot was blocked by the user"))


def chat_not_found() -> Refuse:
    return Refuse(errors.bad_request("chat not found"))


def migrated(new_chat_id: int) -> Refuse:
    return Refuse(errors.migrated(new_chat_id))


def server_error(status: int = 500) -> Refuse:
    return Refuse(ApiError(status, "Bad Gateway" if status == 502 else "Internal Server Error"))


def lost_before() -> Drop:
    """The connection breaks and the message was not accepted."""
    return Drop(Moment.BEFORE)


def lost_after() -> Drop:
    """The message is accepted and the connection breaks before the answer."""
    return Drop(Moment.AFTER)


@dataclass(slots=True)
class _Arranged:
    fault: Fault
    method: str | None
    chat_id: int | None
    times: int


class FaultPlan:
    """The faults still to happen, in the order they were arranged."""

    def __init__(self) -> None:
        self._arranged: list[_Arranged] = []

    def add(
        self, fault: Fault, *, method: str | None, chat_id: int | None, times: int = 1
    ) -> None:
        self._arranged.append(_Arranged(fault, method and method.lower(), chat_id, times))

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault for this call, if one is arranged; each counts down."""
        for entry in self._arranged:
            if entry.times < 1 or entry.method not in (None, method):
                continue
            # A fault for any method leaves polling alone: the test means what the bot says.
            if entry.method is None and method == "getupdates":
                continue
            if entry.chat_id in (None, chat_id):
                entry.times -= 1
                return entry.fault
        return None

    @property
    def left(self) -> int:
        """How many arranged faults have not happened."""
        return sum(entry.times for entry in self._arranged)

    def release_all(self) -> None:
        for entry in self._arranged:
            if isinstance(entry.fault, Hold):
                entry.fault.released.set()
