"""Bringing the tables up to date: numbered steps, forward only, each in its own transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database, StorageError, exclusive

_RECORD = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP
)
"""

# Drops nothing, but fails where nothing can be written.
_TRY_TO_WRITE = "DELETE FROM schema_migrations WHERE number < 0"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number from 1, its name, and its statements, which both dialects run."""

    number: int
    name: str
    statements: tuple[str, ...]


def load_migrations() -> tuple[Migration, ...]:
    """Return the steps in `sql/NNNN_name.sql`; a statement ends with `;` at the end of a line.

    Both SQLite and PostgreSQL run the same statements, in which no percent sign may stand.
    """
    steps = []
    for file in resources.files("bot.storage").joinpath("sql").iterdir():
        if not file.name.endswith(".sql"):
            continue
        number, _, name = file.name.removesuffix(".sql").partition("_")
        lines = re.sub(r"--.*", "", file.read_text(encoding="utf-8"))
        parts = (part.strip() for part in re.split(r";\s*$", lines, flags=re.MULTILINE))
        steps.append(Migration(int(number), name, tuple(part for part in parts if part)))
    return tuple(sorted(steps, key=lambda step: step.number))


async def open_database(url: str) -> Database:
    """Open the database, made where it is a SQLite file that is not there yet, and update it.

    Args:
        url: a SQLAlchemy URL with an asynchronous driver, as `Settings.database_url`.

    Raises:
        StorageError: it cannot be reached, read or written, or was made by a newer program.
    """
    database = Database(url)
    try:
        database.make_file()
        await migrate(database, load_migrations())
    except (DBAPIError, OSError) as error:
        await database.close()
        reason = error.orig if isinstance(error, DBAPIError) else error.strerror
        raise StorageError(f"the database {database.name} cannot be used: {reason}") from error
    except BaseException:
        await database.close()
        raise
    return database


async def migrate(database: Database, steps: Sequence[Migration]) -> tuple[int, ...]:
    """Take every step that was not taken yet and return their numbers.

    Several processes may do this at once: each step is taken by one of them.

    Raises:
        StorageError: the database has taken a step that is not in `steps`; it is left as it was.
    """
    taken: list[int] = []
    while True:
        async with database.write() as connection:
            await exclusive(connection, "migrations")
            await connection.execute(text(_RECORD))
            await connection.execute(text(_TRY_TO_WRITE))
            step = await _next_step(connection, steps)
            if step is None:
                return tuple(taken)
            for statement in step.statements:
                await connection.exec_driver_sql(statement)
            await connection.execute(
                text("INSERT INTO schema_migrations (number, name) VALUES (:number, :name)"),
                {"number": step.number, "name": step.name},
            )
        taken.append(step.number)


async def _next_step(connection: AsyncConnection, steps: Sequence[Migration]) -> Migration | None:
    rows = await connection.execute(text("SELECT number FROM schema_migrations"))
    done = set(rows.scalars())
    newer = done - {step.number for step in steps}
    if newer:
        raise StorageError(
            f"the database is at version {max(newer)} and this program knows only up to "
            f"{max((step.number for step in steps), default=0)}: install the newer program again"
        )
    return next((step for step in steps if step.number not in done), None)
