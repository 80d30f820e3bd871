"""A PostgreSQL database to measure on."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.conftest import SERVER


@contextmanager
def own_database() -> Iterator[str | None]:
    """Make a database for the measure and drop it after; None where no server is there."""
    name = f"planbot_bench_{secrets.token_hex(6)}"
    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError:
        yield None
        return
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER.replace('postgresql', 'postgresql+psycopg', 1)}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
