"""The database: opening it, and transactions that behave alike in SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.brief import brief_connections

# How long a transaction waits for one of another process, in seconds.
_BUSY_TIMEOUT = 15.0


class StorageError(Exception):
    """The database cannot be used; the message says which and why, and holds no password."""


class Database:
    """An open database; close it when done, or use it as `async with await open_database(url)`.

    Use `open_database`, which also brings the tables up to date.
    """

    __slots__ = ("_brief", "_engine", "_writer", "url")

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url)
            self._engine = _make_engine(self.url)
            self._brief = _make_brief_engine(self.url) if self.file else self._engine
        except (ArgumentError, ModuleNotFoundError) as error:
            raise StorageError(f"not a usable database URL: {error}") from error
        # SQLite has one writer at a time; in this process they queue here, in order, instead of
        # asking the file again and again.
        self._writer: AbstractAsyncContextManager[Any] = (
            asyncio.Lock() if self.url.get_backend_name() == "sqlite" else nullcontext()
        )

    @property
    def name(self) -> str:
        """Return how to name the database to people: its file, or its URL without the password."""
        return str(self.file or self.url.render_as_string(hide_password=True))

    @property
    def file(self) -> Path | None:
        """Return the SQLite file, or None where the database is no plain file."""
        name = self.url.database
        if self.url.get_backend_name() != "sqlite" or not name or name.startswith("file:"):
            return None
        return Path(name)

    def make_file(self) -> None:
        """Make the SQLite file and its folder, for nobody else to read, where they are not there.

        Raises:
            OSError: the file cannot be made or opened.
        """
        if self.file is not None:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.file.touch(mode=0o600, exist_ok=True)
        if self.url.get_backend_name() == "sqlite":
            # The asynchronous driver leaves a thread behind where it fails to open a file.
            place, options = pysqlite.dialect().create_connect_args(self.url)
            try:
                sqlite3.connect(place[0], uri=bool(options.get("uri"))).close()
            except sqlite3.OperationalError as error:
                raise OSError(errno.EIO, str(error)) from error

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that may write: committed at the end, undone by an exception.

        Do not open a second one within it: pass the connection on.
        """
        async with self._transaction(self._engine) as connection:
            yield connection

    @asynccontextmanager
    async def write_briefly(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction as `write` does, for a few rows found by their keys.

        In SQLite it is several times as quick, and holds the event loop up while a statement runs.
        """
        async with self._transaction(self._brief) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        async with self._writer, engine.connect() as connection:
            await connection.execution_options(planbot_writes=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that only reads, and never waits for one that writes."""
        async with self._engine.connect() as connection, connection.begin():
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()
        await self._brief.dispose()

    async def __aenter__(self) -> Database:
        """Return the database, to be closed at the end of the block."""
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Close every connection."""
        await self.close()


async def exclusive(connection: AsyncConnection, subject: str) -> None:
    """Wait until no other transaction holds `subject`, then hold it until this one ends.

    In SQLite a writing transaction is alone already; in PostgreSQL this takes an advisory lock.
    """
    if connection.dialect.name == "postgresql":
        digest = hashlib.sha256(f"planbot {subject}".encode()).digest()
        key = int.from_bytes(digest[:8], "big", signed=True)
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def insert(connection: AsyncConnection, table: Table) -> postgresql.Insert:
    """Return an insert statement with `on_conflict_do_…`, which both dialects spell alike."""
    if connection.dialect.name == "sqlite":
        return cast("postgresql.Insert", sqlite.insert(table))
    return postgresql.insert(table)


def _make_engine(url: URL) -> AsyncEngine:
    # Parameters are what people wrote, and stay out of error messages and logs.
    if url.get_backend_name() != "sqlite":
        # A server set up without a locale keeps bytes, and would hand us bytes.
        return create_async_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"client_encoding": "utf8"},
        )
    return _prepared(
        create_async_engine(url, hide_parameters=True, connect_args={"timeout": _BUSY_TIMEOUT})
    )


def _make_brief_engine(url: URL) -> AsyncEngine:
    connections = brief_connections(url, _BUSY_TIMEOUT)
    return _prepared(create_async_engine(url, hide_parameters=True, async_creator=connections))


def _prepared(engine: AsyncEngine) -> AsyncEngine:
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions of its own: _begin_sqlite does.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "journal_mode = WAL"):
            cursor.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # nobody else would: the pool has not taken it yet
        raise
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later could fail half-way, so a writer says so.
    writes = connection.get_execution_options().get("planbot_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
