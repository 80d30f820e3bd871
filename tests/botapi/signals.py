"""Waiting for something to become true, woken by each change and never by a timer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Signal:
    """Wakes every waiter each time ``notify`` is called.

    Unlike ``asyncio.Condition`` it can be notified from plain functions, which is how a test
    makes a person say something.
    """

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, ready: Callable[[], bool], within: float) -> None:
        """Returns once ``ready()`` is true.

        Args:
            ready: Looked at now and after each change.
            within: Longest wait in seconds.

        Raises:
            TimeoutError: It did not become true in time.
        """
        async with asyncio.timeout(within):
            while not ready():
                future = asyncio.get_running_loop().create_future()
                self._waiting.add(future)
                try:
                    await future
                finally:
                    self._waiting.discard(future)
