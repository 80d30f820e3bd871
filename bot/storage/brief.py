"""Connections to SQLite for transactions of a few rows, whose statements run where they are met.

The driver hands each of a statement's four steps to a thread and back, which takes many times as
long as a statement that finds or changes a few rows. Here only what may wait for the disk or for
another process goes to the thread: to begin writing, and to commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.engine import URL

_WAIT = ("BEGIN IMMEDIATE", "PRAGMA")
# Rows that are fetched at a time where a result is walked through; nothing here does.
_CHUNK = 64


class BriefConnection(aiosqlite.Connection):
    """A connection that runs what cannot wait on the thread of the event loop."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        connection = self._conn
        waits = fn in (connection.commit, connection.rollback, connection.close)
        if waits or (args and isinstance(args[0], str) and args[0].startswith(_WAIT)):
            threaded: Any = super()
            return await threaded._execute(fn, *args, **kwargs)
        return fn(*args, **kwargs)


def brief_connections(url: URL, timeout: float) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """Return what opens such a connection.

    Args:
        url: an SQLite file.
        timeout: how long to wait for another process that writes, in seconds.
    """
    place, options = pysqlite.dialect().create_connect_args(url)

    def connect() -> sqlite3.Connection:
        uri = bool(options.get("uri"))
        return sqlite3.connect(place[0], timeout=timeout, uri=uri, check_same_thread=False)

    async def opened() -> aiosqlite.Connection:
        connection = BriefConnection(connect, _CHUNK)
        # Whoever forgets to close it must not keep the program alive.
        connection._thread.daemon = True
        return await connection

    return opened
