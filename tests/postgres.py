"""Databases of our own on a PostgreSQL server of this machine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432")


class NoServerError(Exception):
    """No PostgreSQL server answers."""


@contextmanager
def own_database() -> Iterator[str]:
    """Make an empty database, give its URL, and drop it after.

    Raises:
        NoServerError: where no server is there.
    """
    name = f"planbot_test_{secrets.token_hex(6)}"
    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise NoServerError(f"no PostgreSQL server at {SERVER}: {error}") from error
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER.replace('postgresql', 'postgresql+psycopg', 1)}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
