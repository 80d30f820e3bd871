from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, text

from bot.storage.database import Database, StorageError
from bot.storage.migrations import Migration, load_migrations, migrate, open_database
from bot.storage.tables import METADATA

STEPS = load_migrations()


def made(connection: Connection) -> dict[str, Any]:
    """The tables that are there: their columns, which may be empty, and their keys."""
    inspector = inspect(connection)
    return {
        table: {
            "columns": {c["name"]: c["nullable"] for c in inspector.get_columns(table)},
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted(u["column_names"] for u in inspector.get_unique_constraints(table)),
        }
        for table in inspector.get_table_names()
        if table != "schema_migrations"
    }


async def tables_of(database: Database) -> dict[str, Any]:
    async with database.read() as connection:
        return await connection.run_sync(made)


async def versions(database: Database) -> list[int]:
    async with database.read() as connection:
        rows = await connection.scalars(text("SELECT number FROM schema_migrations ORDER BY 1"))
        return list(rows)


def test_the_steps_are_numbered_without_gaps() -> None:
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))
    assert all(step.statements for step in STEPS)


async def test_the_steps_make_the_tables_that_queries_expect(database: Database) -> None:
    expected: dict[str, Any] = {
        table.name: {
            "columns": {column.name: column.nullable for column in table.columns},
            "key": [column.name for column in table.primary_key],
        }
        for table in METADATA.sorted_tables
    }
    found = await tables_of(database)
    assert {name: {k: t[k] for k in ("columns", "key")} for name, t in found.items()} == expected


@pytest.mark.parametrize("earlier", range(len(STEPS)))
async def test_a_database_of_each_earlier_version_is_brought_up_to_date(
    database_url: str, tmp_path: Path, earlier: int
) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    old = Database(database_url)
    assert await migrate(old, STEPS[:earlier]) == tuple(range(1, earlier + 1))
    if earlier:
        async with old.write() as connection:
            await connection.execute(
                text(
                    "INSERT INTO inbox (update_id, chat_key, payload, attempts, received_at)"
                    " VALUES (7, '1', '{}', 0, '2024-05-24 01:00:00.000000')"
                )
            )
    await old.close()

    database = await open_database(database_url)
    assert await versions(database) == [step.number for step in STEPS]
    assert (await tables_of(database)).keys() == METADATA.tables.keys()
    async with database.read() as connection:
        kept = list(await connection.scalars(text("SELECT update_id FROM inbox")))
    assert kept == ([7] if earlier else [])
    assert await migrate(database, STEPS) == ()
    await database.close()


async def test_a_database_of_a_newer_program_is_refused_and_left_as_it_was(
    database: Database, database_url: str
) -> None:
    future = Migration(len(STEPS) + 1, "future", ("CREATE TABLE future (id INTEGER)",))
    await migrate(database, (*STEPS, future))
    before = await tables_of(database), await versions(database)
    with pytest.raises(StorageError, match=rf"at version {future.number} .* up to {len(STEPS)}"):
        await open_database(database_url)
    assert (await tables_of(database), await versions(database)) == before


async def test_a_step_that_fails_leaves_no_trace_and_the_ones_before_it_stay(
    database: Database,
) -> None:
    number = len(STEPS)
    good = Migration(number + 1, "good", ("CREATE TABLE good (id INTEGER)",))
    bad = Migration(number + 2, "bad", ("CREATE TABLE bad (id INTEGER)", "CREATE TABLE ()"))
    with pytest.raises(Exception, match="syntax error"):
        await migrate(database, (*STEPS, good, bad))
    tables = await tables_of(database)
    assert "good" in tables
    assert "bad" not in tables
    assert await versions(database) == list(range(1, number + 2))


OPEN = """
import asyncio, sys
from bot.storage.migrations import open_database

async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    await (await open_database(sys.argv[1])).close()

asyncio.run(main())
"""


async def test_processes_that_start_at_once_do_not_collide(database_url: str) -> None:
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-c", OPEN, database_url,
            stdin=pipe, stdout=pipe, stderr=pipe,
        )
        for _ in range(4)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    ends = await asyncio.gather(*(process.communicate(b"\n") for process in processes))
    assert [
        (process.returncode, end[1]) for process, end in zip(processes, ends, strict=True)
    ] == [(0, b"")] * 4
    database = await open_database(database_url)
    assert await versions(database) == [step.number for step in STEPS]
    await database.close()
