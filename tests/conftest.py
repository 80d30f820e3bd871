"""Databases to test with: SQLite in a file, and PostgreSQL on a server of this machine."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from bot.storage.database import Database
from bot.storage.migrations import open_database

SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path}/data/planbot.db"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The URL of an empty PostgreSQL database, dropped after the test."""
    name = f"planbot_test_{secrets.token_hex(6)}"
    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no PostgreSQL server at {SERVER}: {error}")
        pytest.skip(f"no PostgreSQL server at {SERVER}")
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER.replace('postgresql', 'postgresql+psycopg', 1)}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database of each kind in turn, with every table and no row."""
    async with await open_database(database_url) as opened:
        yield opened
