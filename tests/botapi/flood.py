"""Telegram's published flood limits, counted on the server's clock."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.botapi.chats import ChatKind
from tests.botapi.errors import too_many_requests

if TYPE_CHECKING:
    from tests.botapi.chats import Chat

SENDS = frozenset({"sendmessage", "sendphoto", "senddocument"})


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """How many messages a bot may send.

    Args:
        per_second: To all chats together, within one second.
        per_chat_second: To one chat, within one second.
        per_group_minute: To one group, within a minute.
        methods: Lower-case names of the methods that count.
    """

    per_second: int = 30
    per_chat_second: int = 1
    per_group_minute: int = 20
    methods: frozenset[str] = SENDS


@dataclass(slots=True)
class FloodCounter:
    """Counts accepted messages and refuses the ones beyond the limits."""

    limits: FloodLimits
    _times: defaultdict[object, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def admit(self, chat: Chat, now: float) -> None:
        """Counts one message to ``chat`` at ``now``, in seconds.

        Raises:
            ApiError: 429 with the seconds after which it would be admitted.
        """
        rules: list[tuple[object, int, float]] = [
            ("all", self.limits.per_second, 1.0),
            ((chat.id, "second"), self.limits.per_chat_second, 1.0),
        ]
        if chat.kind is not ChatKind.PRIVATE:
            rules.append(((chat.id, "minute"), self.limits.per_group_minute, 60.0))
        wait = max(self._wait(key, most, window, now) for key, most, window in rules)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for key, _, _ in rules:
            self._times[key].append(now)

    def _wait(self, key: object, most: int, window: float, now: float) -> float:
        times = self._times[key]
        while times and times[0] <= now - window:
            times.popleft()
        return times[len(times) - most] + window - now if len(times) >= most else 0.0
