"""Calls of the Bot API as plain data, with Telegram's refusals kept whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import TelegramObject

from bot.transport import Timeouts, Transport, Upload, form


class RefusedError(Exception):
    """Telegram answered and did not do it.

    `status` is the HTTP status, `retry_after` the seconds to wait where it said so, and
    `migrated_to` the id of the supergroup that a group became.
    """

    def __init__(
        self,
        status: int,
        description: str,
        retry_after: int | None = None,
        migrated_to: int | None = None,
    ) -> None:
        super().__init__(f"{status} {description}")
        self.status = status
        self.description = description
        self.retry_after = retry_after
        self.migrated_to = migrated_to


@dataclass(frozen=True, slots=True)
class BotApi:
    """The Bot API of one bot.

    Args:
        transport: the connections to it.
        base: its address, up to and including the token.
        files: the address of its file downloads, up to and including the token.
    """

    transport: Transport
    base: str
    files: str

    async def call(
        self,
        method: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        uploads: Mapping[str, Upload] | None = None,
        timeouts: Timeouts | None = None,
    ) -> Any:
        """Call a method and return its result.

        Args:
            method: its name.
            parameters: JSON values, or objects of the library.
            uploads: files by the name of the parameter they are for.
            timeouts: in place of the usual ones.

        Raises:
            RefusedError: Telegram said no, or what answered was not Telegram.
            NotSentError: it was certainly not done.
            MaybeSentError: it may have been done.
        """
        given = {name: _plain(value) for name, value in (parameters or {}).items()}
        body: dict[str, Any]
        if uploads:
            fields = {
                name: value if isinstance(value, str) else json.dumps(value)
                for name, value in given.items()
            }
            body = {"data": form(fields, uploads)}
        else:
            body = {"json": given}
        status, answer = await self.transport.exchange(
            "POST", f"{self.base}/{method}", timeouts=timeouts, **body
        )
        return _result(status, answer)

    async def download(self, file_id: str) -> bytes:
        """Return the content of a file that someone sent; raises as `call` does."""
        found = await self.call("getFile", {"file_id": file_id})
        address = f"{self.files}/{found['file_path']}"
        status, content = await self.transport.exchange("GET", address)
        if status != 200:
            raise RefusedError(status, "file download failed")
        return content


def _plain(value: Any) -> Any:
    return value.to_dict() if isinstance(value, TelegramObject) else value


def _result(status: int, answer: bytes) -> Any:
    try:
        envelope = json.loads(answer)
    except ValueError:
        envelope = None
    if not isinstance(envelope, dict):
        raise RefusedError(status if status >= 400 else 502, "the answer is not Telegram's")
    if envelope.get("ok") is True:
        return envelope.get("result")
    parameters = envelope.get("parameters")
    extra = parameters if isinstance(parameters, dict) else {}
    raise RefusedError(
        int(envelope.get("error_code") or status),
        str(envelope.get("description") or ""),
        extra.get("retry_after"),
        extra.get("migrate_to_chat_id"),
    )
