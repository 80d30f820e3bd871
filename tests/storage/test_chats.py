from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, UniqueConstraint, func, select

from bot.quiet import QuietHours
from bot.storage import (
    answers,
    arrivals,
    buttons,
    chats,
    completions,
    contexts,
    feeds,
    inbox,
    occurrences,
    own_deadlines,
    schedules,
    subscriptions,
    unanswered,
    votes,
)
from bot.storage.chats import ChatSettings
from bot.storage.contexts import Talk
from bot.storage.database import Database
from bot.storage.occurrences import Kind, Subject
from bot.storage.tables import METADATA
from bot.storage.votes import Ballot, Thumb
from knowledge.ask.reply import Context, Outcome
from tests.clock import START

DEFAULTS = ChatSettings(ZoneInfo("Asia/Shanghai"), QuietHours(time(22), time(8)))
LONDON = ZoneInfo("Europe/London")
GROUP, SUPERGROUP, PERSON, NEIGHBOUR = -10, -100_10, 7, 8

# What belongs to no chat and to nobody; a new table is not among these without thought.
OF_NOBODY = {"inbox", "unanswered", "numbers", "schedules", "plan_deadlines"}


async def read(database: Database, chat: int) -> ChatSettings:
    async with database.read() as connection:
        return await chats.read(connection, chat, DEFAULTS)


async def rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    async with database.read() as connection:
        return {
            name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in METADATA.tables.items()
            if name not in OF_NOBODY
        }


async def fill(database: Database, chat: int, user: int) -> None:
    """Keep something in every table."""
    async with database.write() as connection:
        await chats.change(connection, chat, START, hour=time(8))
        await contexts.save(connection, {Talk(chat, user): Context(question="目标")}, START)
        await answers.remember(connection, chat, 1, [2, 3], START)
        await buttons.keep(connection, chat, {"ask": "目标"}, START)
        await votes.cast(
            connection,
            Ballot(chat, 2, user),
            Thumb.UP,
            outcome=Outcome.ANSWERED,
            question_key="k",
            now=START,
        )
        schedule = await schedules.keep(connection, "profile", None)
        await subscriptions.add(connection, chat, 5, "everything:", schedule, START)
        await own_deadlines.add(connection, chat, "晨读计划", START.date(), "上报", START)
        subject = Subject(Kind.REMINDER, "k", START.date(), 7, START)
        await occurrences.make_one(connection, chat, 5, subject, START)
        await completions.complete(connection, chat, "k", START.date(), user, START)
        await feeds.word(connection, chat, START)


async def test_a_chat_that_chose_nothing_has_the_defaults(database: Database) -> None:
    assert await read(database, 1) == DEFAULTS
    assert (await rows(database))["chats"] == 0


async def test_a_choice_is_kept_and_leaves_the_others_alone(database: Database) -> None:
    async with database.write() as connection:
        await chats.change(connection, 1, START, timezone=LONDON, leads=[1, 14, 1])
        await chats.change(connection, 1, START, hour=time(8, 30))
        await chats.change(connection, 2, START, quiet=QuietHours.none())
    assert await read(database, 1) == replace(
        DEFAULTS,
        timezone=LONDON,
        leads=(14, 1),
        hour=time(8, 30),
    )
    assert await read(database, 2) == replace(DEFAULTS, quiet=QuietHours.none())


async def test_a_choice_can_go_back_to_the_default(database: Database) -> None:
    async with database.write() as connection:
        await chats.change(connection, 1, START, timezone=LONDON, leads=[])
        await chats.change(connection, 1, START, timezone=None)
    assert await read(database, 1) == replace(DEFAULTS, leads=())


async def test_a_chat_is_paused_with_a_reason_until_it_is_not(database: Database) -> None:
    async with database.write() as connection:
        await chats.change(connection, 1, START, hour=time(8), paused="blocked")
        await chats.change(connection, 2, START, hour=time(8))
        assert await chats.paused_of(connection, {1, 2, 3}) == {1}
        assert await chats.paused_of(connection, {2}) == set()
    assert (await read(database, 1)).paused == "blocked"
    async with database.write() as connection:
        await chats.change(connection, 1, START, paused=None)
    assert await read(database, 1) == replace(DEFAULTS, hour=time(8))


def test_every_table_says_whose_its_rows_are() -> None:
    owned = {
        name
        for name, table in METADATA.tables.items()
        if {"chat_id", "user_id"} & {*table.c.keys()}
    }
    assert owned == METADATA.tables.keys() - OF_NOBODY


async def test_a_forgotten_person_leaves_nothing_behind_and_others_keep_theirs(
    database: Database,
) -> None:
    await fill(database, NEIGHBOUR, NEIGHBOUR)
    await fill(database, GROUP, NEIGHBOUR)
    before = await rows(database)
    assert 0 not in before.values()
    await fill(database, PERSON, PERSON)
    async with database.write() as connection:
        await contexts.save(connection, {Talk(GROUP, PERSON): Context()}, START)
        await votes.cast(
            connection,
            Ballot(GROUP, 2, PERSON),
            Thumb.DOWN,
            outcome=Outcome.NOT_IN_PLAN,
            question_key="k",
            now=START,
        )
        await chats.forget(connection, PERSON)
    assert await rows(database) == before


async def test_a_forgotten_group_leaves_nothing_behind(database: Database) -> None:
    await fill(database, GROUP, PERSON)
    async with database.write() as connection:
        await chats.forget(connection, GROUP)
    assert set((await rows(database)).values()) == {0}


async def test_what_belongs_to_nobody_names_nobody(database: Database) -> None:
    async with database.write() as connection:
        await unanswered.note(connection, {"有没有食堂": 1}, START)
        await inbox.store(
            connection,
            [inbox.Arrival(1, str(PERSON), {"from": PERSON, "text": "有没有食堂"})],
            START,
        )
        claimed = await inbox.claim(connection, START, timedelta(minutes=1))
        assert claimed is not None
        await arrivals.finish(connection, [claimed], START)
        kept = [
            str(tuple(row))
            for name in sorted(OF_NOBODY - {"numbers"})
            for row in await connection.execute(
                select(
                    *(
                        c
                        for c in METADATA.tables[name].c
                        if c.name
                        in {"chat_key", "payload", "reason", "question", "profile", "words"}
                    )
                )
            )
        ]
    assert kept == ["('', None, None)", "('有没有食堂',)"]


async def test_a_chat_that_moves_takes_everything_along(database: Database) -> None:
    await fill(database, GROUP, PERSON)
    await fill(database, NEIGHBOUR, NEIGHBOUR)
    before = await rows(database)
    async with database.write() as connection:
        name = await buttons.keep(connection, GROUP, {"ask": "目标"}, START)
        await chats.migrate(connection, GROUP, SUPERGROUP)
    assert await rows(database) == before
    async with database.write() as connection:
        for table in METADATA.sorted_tables:
            if "chat_id" in table.c:
                assert set(await connection.scalars(select(table.c.chat_id))) == {
                    SUPERGROUP,
                    NEIGHBOUR,
                }
        kept = await contexts.load(connection, Talk(SUPERGROUP, PERSON))
        assert kept is not None
        assert kept.context == Context(question="目标")
        assert await buttons.find(connection, SUPERGROUP, name, START) == {"ask": "目标"}
        assert await answers.replies_to(connection, SUPERGROUP, 1) == (2, 3)
    assert await read(database, SUPERGROUP) == replace(DEFAULTS, hour=time(8))
    assert await read(database, GROUP) == DEFAULTS


async def test_where_both_have_something_the_later_chat_keeps_its_own(database: Database) -> None:
    async with database.write() as connection:
        await chats.change(connection, GROUP, START, hour=time(8), timezone=LONDON)
        await chats.change(connection, SUPERGROUP, START, hour=time(10), leads=[2])
        await contexts.save(connection, {Talk(GROUP, PERSON): Context(question="旧")}, START)
        await contexts.save(connection, {Talk(GROUP, NEIGHBOUR): Context(question="旧")}, START)
        await contexts.save(connection, {Talk(SUPERGROUP, PERSON): Context(question="新")}, START)
        await chats.migrate(connection, GROUP, SUPERGROUP)
        questions = [
            kept and kept.context.question
            for kept in [
                await contexts.load(connection, Talk(chat, user))
                for chat in (SUPERGROUP, GROUP)
                for user in (PERSON, NEIGHBOUR)
            ]
        ]
    assert questions == ["新", "旧", None, None]
    assert await read(database, SUPERGROUP) == replace(
        DEFAULTS, hour=time(10), timezone=LONDON, leads=(2,)
    )


async def test_a_move_that_is_interrupted_moves_nothing(database: Database) -> None:
    await fill(database, GROUP, PERSON)
    before = await read(database, GROUP)

    async def interrupted() -> None:
        async with database.write() as connection:
            await chats.migrate(connection, GROUP, SUPERGROUP)
            raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError, match="interrupted"):
        await interrupted()
    assert await read(database, GROUP) == before
    assert await read(database, SUPERGROUP) == DEFAULTS


async def test_a_move_to_itself_and_a_second_move_change_nothing(database: Database) -> None:
    await fill(database, SUPERGROUP, PERSON)
    before = await rows(database)
    async with database.write() as connection:
        await chats.migrate(connection, SUPERGROUP, SUPERGROUP)
        await chats.migrate(connection, GROUP, SUPERGROUP)
    assert await rows(database) == before


def test_a_move_minds_every_unique_key_that_holds_the_chat() -> None:
    table = Table(
        "example",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("chat_id", Integer),
        Column("thread_id", Integer),
        Column("scope", Integer, unique=True),
        UniqueConstraint("chat_id", "thread_id"),
    )
    assert chats._keys_within_chat(table) == [{"thread_id"}]
