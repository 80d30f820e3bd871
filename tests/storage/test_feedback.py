from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import unanswered, votes
from bot.storage.database import Database
from bot.storage.tables import UNANSWERED
from bot.storage.unanswered import Unanswered, question_key
from bot.storage.votes import Ballot, Tally, Thumb
from knowledge.ask.reply import Outcome
from tests.clock import START

DAY = timedelta(days=1)


async def cast(
    connection: AsyncConnection,
    ballot: Ballot,
    thumb: Thumb,
    outcome: Outcome = Outcome.ANSWERED,
    days: int = 0,
) -> None:
    await votes.cast(
        connection, ballot, thumb, outcome=outcome, question_key="k", now=START + days * DAY
    )


async def test_the_last_vote_of_a_person_on_a_message_counts(database: Database) -> None:
    mine, theirs = Ballot(1, 2, 7), Ballot(1, 2, 8)
    async with database.write() as connection:
        await cast(connection, mine, Thumb.UP)
        await cast(connection, theirs, Thumb.UP)
        await cast(connection, mine, Thumb.DOWN)
        assert await votes.tally(connection, START) == {Outcome.ANSWERED: Tally(1, 1)}


async def test_votes_are_counted_by_outcome_since_a_day(database: Database) -> None:
    async with database.write() as connection:
        await cast(connection, Ballot(1, 1, 7), Thumb.UP, days=0)
        await cast(connection, Ballot(1, 2, 7), Thumb.UP, days=1)
        await cast(connection, Ballot(1, 3, 7), Thumb.DOWN, Outcome.NOT_IN_PLAN, days=2)
        await cast(connection, Ballot(1, 4, 7), Thumb.DOWN, Outcome.NOT_IN_PLAN, days=2)
        assert await votes.tally(connection, START + DAY) == {
            Outcome.ANSWERED: Tally(up=1),
            Outcome.NOT_IN_PLAN: Tally(down=2),
        }


async def test_a_reason_belongs_to_its_vote(database: Database) -> None:
    first, second = Ballot(1, 2, 7), Ballot(1, 3, 7)
    async with database.write() as connection:
        assert not await votes.explain(connection, first, "没有这一票")
        await cast(connection, first, Thumb.DOWN)
        await cast(connection, second, Thumb.DOWN, days=1)
        assert await votes.explain(connection, first, "数字\x00不对\ud83d")
        assert await votes.explain(connection, second, "答非所问")
        assert await votes.reasons(connection, 10) == ("答非所问", "数字不对?")
        assert await votes.reasons(connection, 1) == ("答非所问",)
        await cast(connection, first, Thumb.UP)
        assert await votes.reasons(connection, 10) == ("答非所问",)


async def test_unanswered_questions_are_grouped_and_the_most_asked_come_first(
    database: Database,
) -> None:
    async with database.write() as connection:
        await unanswered.note(connection, {"有没有食堂": 1}, START)
        for days in (1, 2):
            await unanswered.note(connection, {"有没有宿舍": 1}, START + days * DAY)
        key = unanswered.question_key("有没有宿舍")
        assert await unanswered.top(connection, 1) == (
            Unanswered(key, "有没有宿舍", 2, START + DAY, START + 2 * DAY),
        )
        assert [item.asked for item in await unanswered.top(connection, 10)] == [2, 1]
        assert await unanswered.count(connection) == 2


async def test_a_resolved_question_is_gone_until_it_is_asked_again(database: Database) -> None:
    async with database.write() as connection:
        await unanswered.note(connection, {"有没有食堂": 1}, START)
        key = unanswered.question_key("有没有食堂")
        assert await unanswered.resolve(connection, key, START)
        assert not await unanswered.resolve(connection, key, START)
        assert await unanswered.top(connection, 10) == ()
        await unanswered.note(connection, {"有没有食堂": 2}, START + DAY)
        (open_again,) = await unanswered.top(connection, 10)
        assert open_again.key == key
        assert (open_again.asked, open_again.first_seen) == (3, START)


async def test_a_question_of_any_length_and_spelling_can_be_noted(database: Database) -> None:
    questions = ["问" * 5000, "问\x00题", "半个\ud83d", ""]
    async with database.write() as connection:
        for question in questions:
            await unanswered.note(connection, {question: 1}, START)
        found = {item.question for item in await unanswered.top(connection, 10)}
    assert found == {"问" * 300, "问题", "半个?", ""}


async def test_questions_not_asked_for_long_are_pruned(database: Database) -> None:
    async with database.write() as connection:
        await unanswered.note(connection, {"有没有食堂": 1}, START)
        await unanswered.note(connection, {"有没有宿舍": 1}, START + DAY)
        assert await unanswered.prune(connection, START + DAY) == 1
        assert [item.question for item in await unanswered.top(connection, 9)] == ["有没有宿舍"]


def test_an_unanswered_question_names_nobody() -> None:
    assert not {"user_id", "chat_id"} & {*UNANSWERED.c.keys()}


def test_the_key_of_a_question_is_the_same_every_time_and_differs_from_others() -> None:
    assert question_key("有没有食堂") == question_key("有没有食堂")
    assert question_key("有没有食堂") != question_key("有没有宿舍")
    assert len(question_key("有没有食堂")) == 24
