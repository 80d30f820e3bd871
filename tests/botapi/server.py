"""The HTTP face: every call in, Telegram's envelope out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from tests.botapi.errors import ApiError
from tests.botapi.faults import Broken, Drop, Fault, FaultPlan, Hold, Moment, Refuse, Slow
from tests.botapi.methods import METHODS
from tests.botapi.params import Params, read_params
from tests.botapi.state import Call, World

if TYPE_CHECKING:
    from tests.botapi.methods import Method

_LARGEST_BODY = 64 * 1024 * 1024


class Server:
    """Serves one bot on loopback.

    Args:
        world: What it remembers.
        faults: What goes wrong.
    """

    def __init__(self, world: World, faults: FaultPlan) -> None:
        self._world = world
        self._faults = faults
        self.app = web.Application(client_max_size=_LARGEST_BODY)
        self.app.router.add_route("*", "/bot{token}/{method}", self._call)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._download)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._world.token:
            return _refused(ApiError(401, "Unauthorized"))
        spelt = request.match_info["method"]
        method = METHODS.get(spelt.lower())
        if method is None or request.method not in ("GET", "POST"):
            return _refused(ApiError(404, "Not Found"))
        params = await read_params(request)
        self._world.calls.append(Call(spelt, params.values, self._world.clock()))
        fault = self._faults.take(spelt.lower(), _chat_of(params))
        self._world.touch()
        try:
            return await self._answer(request, method, params, fault)
        except ApiError as error:
            return _refused(error)

    async def _answer(
        self, request: web.Request, method: Method, params: Params, fault: Fault | None
    ) -> web.StreamResponse:
        match fault:
            case Refuse(error):
                raise error
            case Broken(status, body):
                return web.Response(status=status, text=body, content_type="text/html")
            case Hold(Moment.BEFORE):
                await fault.wait()
            case Drop(Moment.BEFORE):
                return _hang_up(request)
            case _:
                pass
        result = await method(self._world, params)
        match fault:
            case Hold(Moment.AFTER):
                await fault.wait()
            case Drop(Moment.AFTER):
                return _hang_up(request)
            case Slow(seconds):
                await asyncio.sleep(seconds)
            case _:
                pass
        return web.json_response({"ok": True, "result": result})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._world.token:
            return _refused(ApiError(401, "Unauthorized"))
        path = request.match_info["path"]
        for file in self._world.files.values():
            if file.path == path:
                return web.Response(body=file.content, content_type="application/octet-stream")
        return _refused(ApiError(404, "Not Found"))


def _chat_of(params: Params) -> int | None:
    value = params.values.get("chat_id")
    text = str(value) if value is not None else ""
    return int(text) if text.lstrip("-").isdecimal() else None


def _refused(error: ApiError) -> web.Response:
    return web.json_response(error.envelope(), status=error.code)


def _hang_up(request: web.Request) -> web.StreamResponse:
    transport = request.transport
    if isinstance(transport, asyncio.Transport):
        transport.abort()
    return web.Response()
