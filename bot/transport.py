"""HTTP to Telegram over aiohttp, which was measured to be faster than the library's own client.

What failed is told apart by the one thing a caller must know: whether Telegram can have acted on
the request. `NotSentError` is certain that it did not; `MaybeSentError` is not.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urlsplit

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


class NotSentError(NetworkError):
    """The request did not leave this machine."""


class MaybeSentError(TimedOut):
    """The request left this machine and no answer came: it may have been acted on."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds: for a connection, and for each piece of an answer."""

    connect: float = 10.0
    read: float = 20.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes along with a request."""

    name: str
    content: bytes
    mime_type: str = "application/octet-stream"


class Transport(BaseRequest):
    """One pool of connections to the Bot API, for the library and for our own sender.

    Args:
        connections: most connections open at once.
        timeouts: how long to wait where a call does not say otherwise.
    """

    __slots__ = ("_connections", "_proxies", "_session", "_timeouts")

    def __init__(self, connections: int = 100, timeouts: Timeouts | None = None) -> None:
        self._connections = connections
        self._timeouts = timeouts or Timeouts()
        self._session: aiohttp.ClientSession | None = None
        self._proxies = urllib.request.getproxies()

    @property
    def read_timeout(self) -> float | None:
        """Return how long an answer may take, in seconds."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections,
                    # Shorter than servers keep them, so that none is used as it closes.
                    keepalive_timeout=15.0,
                    ttl_dns_cache=300,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a request for the library and return the status and body of the answer."""
        timeouts = Timeouts(
            self._timeouts.connect if connect_timeout is self.DEFAULT_NONE else connect_timeout,
            self._timeouts.read if read_timeout is self.DEFAULT_NONE else read_timeout,
        )
        body: aiohttp.FormData | Mapping[str, str] | None = None
        if request_data is not None and request_data.contains_files:
            uploads = {
                name: Upload(file[0], _content(file[1]), file[2])
                for name, file in (request_data.multipart_data or {}).items()
            }
            body = form(request_data.json_parameters, uploads)
        elif request_data is not None:
            body = request_data.json_parameters
        return await self.exchange(method, url, timeouts=timeouts, data=body)

    async def exchange(
        self, method: str, url: str, *, timeouts: Timeouts | None = None, **body: Any
    ) -> tuple[int, bytes]:
        """Make a request and return the status and body of the answer.

        Args:
            method: such as POST.
            url: where to.
            timeouts: in place of the pool's own.
            body: `data` or `json`, as aiohttp takes them.

        Raises:
            NotSentError: nothing reached the server.
            MaybeSentError: no answer came, or not all of it.
        """
        if self._session is None:
            await self.initialize()
        session = self._session
        assert session is not None  # noqa: S101 - opened just now
        waits = timeouts or self._timeouts
        limits = aiohttp.ClientTimeout(sock_connect=waits.connect, sock_read=waits.read)
        try:
            async with session.request(
                method, url, timeout=limits, proxy=self._proxy(url), **body
            ) as answer:
                return answer.status, await answer.read()
        except (
            aiohttp.ClientConnectorError,
            aiohttp.ConnectionTimeoutError,
            aiohttp.InvalidURL,
        ) as error:
            raise NotSentError(_say("no connection to", url, error)) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise MaybeSentError(_say("no answer from", url, error)) from error

    def _proxy(self, url: str) -> str | None:
        if not self._proxies:
            return None
        parts = urlsplit(url)
        if parts.hostname is None or urllib.request.proxy_bypass(parts.hostname):
            return None
        return self._proxies.get(parts.scheme)


def form(fields: Mapping[str, str], uploads: Mapping[str, Upload]) -> aiohttp.FormData:
    """Return a multipart body of text fields and files."""
    body = aiohttp.FormData()
    for name, value in fields.items():
        body.add_field(name, value)
    for name, upload in uploads.items():
        body.add_field(name, upload.content, filename=upload.name, content_type=upload.mime_type)
    return body


def _content(given: bytes | IO[bytes]) -> bytes:
    return given if isinstance(given, bytes) else given.read()


def _say(what: str, url: str, error: BaseException) -> str:
    """Say what failed, without the address's path, which holds the token."""
    reason = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError):
        reason = str(error.os_error)
    return f"{what} {urlsplit(url).netloc}: {reason}"
