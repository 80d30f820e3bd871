"""The server in a process of its own, held from a test."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from tests.botapi.errors import Json


_ROOT = Path(__file__).parents[2]


class RemoteBotApi:
    """Starts ``python -m tests.botapi`` and drives it; ends it on exit.

    ``base_url``, ``file_url`` and ``token`` are known once it has been entered.
    """

    base_url: str
    file_url: str
    token: str

    def __init__(self, port: int = 0) -> None:
        self._port = port

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.botapi", "--port", str(self._port)),
            stdout=asyncio.subprocess.PIPE,
            cwd=_ROOT,
        )
        if self._process.stdout is None:
            raise RuntimeError("the server's output is not piped")
        where = json.loads(await self._process.stdout.readline())
        self.base_url, self.file_url = where["base_url"], where["file_url"]
        self.token, self._control = where["token"], where["control_url"]
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.communicate()

    async def person(self, name: str = "用户") -> int:
        """Someone new who has started the bot; the id of the user and of the private chat."""
        return int((await self._post("person", {"name": name}))["id"])

    async def group(
        self, title: str = "群", *, members: Sequence[int] = (), topics: Sequence[str] = ()
    ) -> int:
        """A basic group, or a forum when it has topics; its id."""
        body: Json = {"title": title, "members": list(members)}
        if topics:
            body["topics"] = list(topics)
        return int((await self._post("group", body))["id"])

    async def say(self, person: int, text: str, **where: int | str) -> Json:
        """Makes a person say something, in ``chat`` and ``topic`` if they are given."""
        return await self._post("say", {"person": person, "text": text, **where})

    async def press(self, person: int, message: Json, label: str) -> Json:
        """Presses a button of a message that ``sent`` returned."""
        body = {"person": person, "label": label, "message_id": message["message_id"]}
        return await self._post("press", body | {"chat": message["chat_id"]})

    async def push(self, update: Json) -> int:
        """Queues a raw update; its id."""
        return int((await self._post("update", update))["update_id"])

    async def fail_next(self, fault: str, number: int = 0, **scope: int | str) -> None:
        """Arranges a fault of ``control.FAULTS``; ``method``, ``chat`` and ``times`` scope it."""
        await self._post("fault", {"fault": fault, "number": number, **scope})

    async def sent(self, count: int = 0, within: float = 0.0) -> list[Json]:
        """All messages sent, once there are ``count``; waits ``within`` seconds for them.

        Raises:
            AssertionError: There were not so many in time.
        """
        return list((await self._get(f"sent?count={count}&within={within}"))["sent"])

    async def calls(self) -> list[Json]:
        return list((await self._get("calls"))["calls"])

    async def _post(self, name: str, body: Json) -> Json:
        async with self._session.post(f"{self._control}/{name}", json=body) as answer:
            return await _read(answer)

    async def _get(self, name: str) -> Json:
        async with self._session.get(f"{self._control}/{name}") as answer:
            return await _read(answer)


async def _read(answer: aiohttp.ClientResponse) -> Json:
    body = dict(await answer.json())
    if "error" in body:
        raise AssertionError(body["error"])
    return body
