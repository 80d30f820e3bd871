"""The queue of updates, with ``getUpdates`` exactly as Telegram confirms and refuses."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.botapi.errors import Json, conflict

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_ID = 700_000_001
_LONGEST_POLL = 50
_MOST = 100
# Sent only to bots that ask for them by name.
_OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are posted."""

    url: str
    secret: str
    max_connections: int


class UpdateQueue:
    """Updates not yet confirmed.

    Args:
        changed: Called after each change.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.pending: deque[Json] = deque()
        self.allowed: frozenset[str] | None = None
        self.webhook: Webhook | None = None
        self._next_id = _FIRST_ID
        self._changed = changed
        self._poll: asyncio.Future[None] | None = None

    @property
    def polling(self) -> bool:
        """Whether a long poll is waiting right now."""
        return self._poll is not None

    def push(self, kind: str, content: object) -> int | None:
        """Adds an update; None when its kind is not among the allowed ones."""
        if not self._wants(kind):
            return None
        return self.push_raw({kind: content})

    def push_raw(self, fields: Json) -> int:
        """Adds an update of any kind, whatever is allowed, and gives it its id."""
        update_id = self._next_id
        self._next_id += 1
        self.pending.append({"update_id": update_id, **fields})
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self._changed()
        return update_id

    def _wants(self, kind: str) -> bool:
        return kind not in _OPT_IN if self.allowed is None else kind in self.allowed

    def allow(self, kinds: object) -> None:
        """Remembers ``allowed_updates``; an empty list is the default, None changes nothing."""
        if isinstance(kinds, list):
            self.allowed = frozenset(map(str, kinds)) if kinds else None

    def confirm(self, offset: int) -> None:
        """Drops every update with an id below ``offset``; negative counts from the end."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while offset > 0 and self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()
        self._changed()

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """One ``getUpdates``.

        Args:
            offset: First update wanted; 0 for the earliest unconfirmed.
            limit: Most updates, clamped to 1-100.
            seconds: Longest wait, clamped to 0-50.

        Raises:
            ApiError: 409 when a webhook is set, or when a newer poll takes over.
        """
        if self.webhook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.end_poll(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        self.confirm(offset)
        if not self.pending and seconds > 0:
            await self._wait(min(seconds, _LONGEST_POLL))
        size = limit if 1 <= limit <= _MOST else _MOST
        return [update for update, _ in zip(self.pending, range(size), strict=False)]

    async def _wait(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._poll = future
        self._changed()
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            pass
        finally:
            if self._poll is future:
                self._poll = None

    def end_poll(self, reason: str | None) -> None:
        """Ends the long poll under way: with a conflict, or empty when ``reason`` is None."""
        if self._poll is not None and not self._poll.done():
            if reason is None:
                self._poll.set_result(None)
            else:
                self._poll.set_exception(conflict(reason))
        self._poll = None

    def set_webhook(self, webhook: Webhook | None, *, drop_pending: bool) -> None:
        if drop_pending:
            self.pending.clear()
        if webhook is not None:
            self.end_poll("terminated by setWebhook request")
        self.webhook = webhook
        self._changed()

    def taken(self, update: Json) -> None:
        """Drops an update its webhook accepted."""
        if self.pending and self.pending[0] is update:
            self.pending.popleft()
            self._changed()
