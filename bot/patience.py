"""What may take long, and must not hold up everybody who is answered by the same event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class MustWaitError(Exception):
    """What was asked takes long, and was asked on the thread of an event loop."""


def refuse_on_a_loop() -> None:
    """Raise MustWaitError on the thread of a running event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise MustWaitError


async def patiently(work: Callable[[], T]) -> T:
    """Return what `work` returns, done here where it is quick, and else in a thread.

    Args:
        work: raises MustWaitError where it would take long on an event loop; it is then done anew.
    """
    try:
        return work()
    except MustWaitError:
        return await asyncio.to_thread(work)
