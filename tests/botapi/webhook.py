"""Posting updates to the bot's webhook, one after another."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.botapi.errors import Json
    from tests.botapi.updates import UpdateQueue, Webhook


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver an update.

    Args:
        update_id: Which update.
        status: The HTTP status of the answer, None when there was none.
    """

    update_id: int
    status: int | None


class WebhookSender:
    """Posts pending updates in order; a failed one stays until ``wake`` is called again.

    Telegram retries after pauses of its own; here the test says when.

    Args:
        queue: Where the updates are.
        changed: Called after each attempt.
    """

    def __init__(self, queue: UpdateQueue, changed: Callable[[], None]) -> None:
        self.deliveries: list[Delivery] = []
        self._changed = changed
        self._queue = queue
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    @property
    def last_error(self) -> str | None:
        """What getWebhookInfo says of the last delivery, when it failed."""
        if not self.deliveries:
            return None
        status = self.deliveries[-1].status
        if status is None:
            return "Connection refused"
        return None if _accepted(status) else f"Wrong response from the webhook: {status}"

    async def run(self) -> None:
        """Delivers until cancelled."""
        async with aiohttp.ClientSession() as session:
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._drain(session)

    async def _drain(self, session: aiohttp.ClientSession) -> None:
        while self._queue.webhook is not None and self._queue.pending:
            update = self._queue.pending[0]
            status = await _post(session, self._queue.webhook, update)
            self.deliveries.append(Delivery(update["update_id"], status))
            self._changed()
            if status is None or not _accepted(status):
                return
            self._queue.taken(update)


async def _post(session: aiohttp.ClientSession, webhook: Webhook, update: Json) -> int | None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
    try:
        async with session.post(webhook.url, json=update, headers=headers) as answer:
            return answer.status
    except aiohttp.ClientError:
        return None


def _accepted(status: int) -> bool:
    return 200 <= status < 300
