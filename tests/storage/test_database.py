from __future__ import annotations

import asyncio
import stat
import sys
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from bot.storage import answers, unanswered
from bot.storage.database import Database, StorageError, exclusive
from bot.storage.migrations import open_database
from tests.clock import START, settle

LENGTHS = ("write", "write_briefly")


@pytest.mark.parametrize("length", LENGTHS)
async def test_a_transaction_that_fails_leaves_nothing(database: Database, length: str) -> None:
    async def fail_half_way() -> None:
        async with getattr(database, length)() as connection:
            await unanswered.note(connection, {"有没有食堂": 1}, START)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        await fail_half_way()
    async with database.read() as connection:
        assert await unanswered.count(connection) == 0


@pytest.mark.parametrize("length", LENGTHS)
async def test_writers_queue_and_readers_do_not_wait_for_them(
    database: Database, length: str
) -> None:
    async def note(number: int) -> None:
        async with getattr(database, LENGTHS[number % 2])() as connection:
            await unanswered.note(connection, {f"问题{number}": 1}, START)

    async with getattr(database, length)() as first:
        await unanswered.note(first, {"问题": 1}, START)
        others = [asyncio.create_task(note(number)) for number in range(20)]
        await settle()
        async with database.read() as reader:
            assert await unanswered.count(reader) < 21
    await asyncio.gather(*others)
    async with database.read() as reader:
        assert await unanswered.count(reader) == 21


async def test_a_brief_transaction_waits_for_another_process_and_holds_up_nobody(
    database: Database, database_url: str
) -> None:
    other = await open_database(database_url)

    async def note() -> None:
        async with database.write_briefly() as connection:
            await exclusive(connection, "test")
            await unanswered.note(connection, {"有没有食堂": 1}, START)

    async with other.write() as connection:
        await exclusive(connection, "test")
        task = asyncio.create_task(note())
        await settle()
        assert not task.done()
    await task
    await other.close()
    async with database.read() as connection:
        assert await unanswered.count(connection) == 1


async def test_a_transaction_cancelled_at_any_step_leaves_nothing_and_the_database_usable(
    database: Database,
) -> None:
    async def note_for_ever() -> None:
        async with database.write() as connection:
            while True:
                await unanswered.note(connection, {"有没有食堂": 1}, START)

    for steps in range(12):
        task = asyncio.create_task(note_for_ever())
        for _ in range(steps * 3):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with database.write() as connection:
        assert await unanswered.count(connection) == 0
        await unanswered.note(connection, {"有没有宿舍": 1}, START)
    async with database.read() as connection:
        assert await unanswered.count(connection) == 1


async def test_what_is_held_exclusively_is_waited_for(
    database: Database, database_url: str
) -> None:
    other = await open_database(database_url)
    order: list[str] = []

    async def follow() -> None:
        async with other.write() as connection:
            await exclusive(connection, "a subject")
            order.append("second")

    async with database.write() as connection:
        await exclusive(connection, "a subject")
        follower = asyncio.create_task(follow())
        await settle()
        order.append("first")
    await follower
    assert order == ["first", "second"]
    await other.close()


async def test_a_naive_time_is_refused(database: Database) -> None:
    naive = datetime(2024, 5, 24)  # noqa: DTZ001
    with pytest.raises(StatementError, match="a time without a zone cannot be stored"):
        async with database.write() as connection:
            await answers.remember(connection, 1, 2, [3], naive)


async def test_an_error_does_not_show_what_people_wrote(database: Database) -> None:
    statement = text("INSERT INTO unanswered (question_key) VALUES (:words)")
    with pytest.raises(Exception, match="INSERT INTO unanswered") as caught:
        async with database.write() as connection:
            await connection.execute(statement, {"words": "很私人的话"})
    assert "hidden" in str(caught.value)


async def test_the_file_is_made_with_its_folder_and_nobody_else_may_read_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    database = await open_database(sqlite_url)
    assert database.file == tmp_path / "data" / "planbot.db"
    assert stat.S_IMODE(database.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.file.parent.stat().st_mode) == 0o700
    await database.close()


async def test_the_file_is_kept_safely_against_a_crash(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    async with database.read() as connection:
        pragmas = [
            await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert pragmas == ["wal", 2, 1, 15000]
    await database.close()


async def test_a_file_that_cannot_be_used_is_said_clearly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a database, but long enough to be read as one" * 99)
    (tmp_path / "folder").mkdir()
    cases = {
        "file/planbot.db": "Not a directory|File exists",
        "folder": "unable to open database file",
        "file": "file is not a database",
        f"file:{tmp_path}/ro.db?mode=ro&uri=true": "unable to open database file",
    }
    for name, reason in cases.items():
        path = name if name.startswith("file:") else tmp_path / name
        with pytest.raises(StorageError, match=rf"^the database .* cannot be used: .*({reason})"):
            await open_database(f"sqlite+aiosqlite:///{path}")


async def test_a_file_that_may_only_be_read_is_said_clearly(
    sqlite_url: str, tmp_path: Path
) -> None:
    await (await open_database(sqlite_url)).close()
    file = tmp_path / "data" / "planbot.db"
    with pytest.raises(StorageError, match="readonly database"):
        await open_database(f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true")


async def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(StorageError, match=r"cannot be used: connection.*refused") as caught:
        await open_database("postgresql+psycopg://someone:Secret@127.0.0.1:1/name")
    assert "Secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["nonsense", "postgresql+nodriver://host/name"])
async def test_a_url_that_names_no_database_is_said_clearly(url: str) -> None:
    with pytest.raises(StorageError, match="not a usable database URL"):
        await open_database(url)


KILLED = """
import asyncio, sys
from datetime import UTC, datetime
from bot.storage import unanswered
from bot.storage.migrations import open_database

async def main():
    database = await open_database(sys.argv[1])
    now = datetime.now(UTC)
    async with database.write() as connection:
        await unanswered.note(connection, {"committed": 1}, now)
    async with database.write() as connection:
        await unanswered.note(connection, {"not committed": 1}, now)
        print("inside", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_process_killed_within_a_transaction_loses_only_that_one(
    database_url: str,
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, database_url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"inside\n"
    process.kill()
    await process.communicate()
    database = await open_database(database_url)
    async with database.write() as connection:
        found = await unanswered.top(connection, 10)
    assert [item.question for item in found] == ["committed"]
    await database.close()


@pytest.mark.postgres
async def test_a_server_that_keeps_bytes_without_an_encoding_serves_as_well(
    postgres_url: str,
) -> None:
    server, _, name = postgres_url.replace("+psycopg", "").rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name}")
        options = "ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"
        admin.execute(f"CREATE DATABASE {name} {options}")
    async with await open_database(postgres_url) as database:
        async with database.write() as connection:
            await unanswered.note(connection, {"有没有食堂": 1}, START)
        async with database.read() as connection:
            assert await connection.scalar(text("SELECT question FROM unanswered")) == "有没有食堂"
