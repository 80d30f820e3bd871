from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.storage import answers, buttons, contexts
from bot.storage.contexts import KeptContext, Talk
from bot.storage.database import Database
from knowledge.ask.reply import Context
from tests.clock import START

MINUTE = timedelta(minutes=1)
CONTEXT = Context(
    question="目标是多少",
    intent="figure",
    terms=("目标",),
    programs=("某计划",),
    tasks=(("plan", 5, 15),),
    spans=(("plan", 10, 20),),
    choices=("甲", "乙"),
    explanation=("读作目标",),
)


async def test_a_context_is_kept_for_each_person_in_each_topic_of_a_chat(
    database: Database,
) -> None:
    talks = [Talk(1, 7), Talk(1, 7, thread=3), Talk(1, 8), Talk(2, 7)]
    async with database.write() as connection:
        await contexts.save(connection, {talks[0]: CONTEXT}, START)
        await contexts.save(connection, {talks[1]: Context(question="别的")}, START + MINUTE)
        found = [await contexts.load(connection, talk) for talk in talks]
    assert found == [
        KeptContext(CONTEXT, START),
        KeptContext(Context(question="别的"), START + MINUTE),
        None,
        None,
    ]


async def test_the_last_context_replaces_the_one_before(database: Database) -> None:
    async with database.write() as connection:
        await contexts.save(connection, {Talk(1, 7): CONTEXT}, START)
        await contexts.save(connection, {Talk(1, 7): Context()}, START + MINUTE)
        assert await contexts.load(connection, Talk(1, 7)) == KeptContext(
            Context(), START + MINUTE
        )


async def test_old_contexts_are_pruned(database: Database) -> None:
    async with database.write() as connection:
        await contexts.save(connection, {Talk(1, 7): CONTEXT}, START)
        await contexts.save(connection, {Talk(1, 8): CONTEXT}, START + MINUTE)
        assert await contexts.prune(connection, START + MINUTE) == 1
        assert await contexts.load(connection, Talk(1, 7)) is None
        assert await contexts.load(connection, Talk(1, 8)) is not None


async def test_the_messages_that_answer_a_question_are_known_in_order(database: Database) -> None:
    async with database.write() as connection:
        await answers.remember(connection, 1, 10, [12, 11, 12], START)
        assert await answers.replies_to(connection, 1, 10) == (11, 12)
        assert await answers.replies_to(connection, 2, 10) == ()
        await answers.remember(connection, 1, 10, [13], START)
        assert await answers.replies_to(connection, 1, 10) == (13,)
        await answers.remember(connection, 1, 10, [], START)
        assert await answers.replies_to(connection, 1, 10) == ()


async def test_what_answers_a_question_is_kept_for_two_days(database: Database) -> None:
    async with database.write() as connection:
        await answers.remember(connection, 1, 10, [11], START)
        assert await answers.prune(connection, START + answers.KEPT) == 0
        assert await answers.prune(connection, START + answers.KEPT + MINUTE) == 1


@pytest.mark.parametrize(
    "payload", [{"ask": "“某计划”的目标" * 20}, ["乙", 2], "甲", 7, {"half": "\ud83d\x00"}]
)
async def test_a_button_means_what_was_kept_under_its_id(database: Database, payload: Any) -> None:
    async with database.write() as connection:
        name = await buttons.keep(connection, 1, payload, START)
        assert len(name) == 17
        assert name.isascii()
        assert name.startswith(buttons.VERSION)
        assert await buttons.find(connection, 1, name, START) == payload


async def test_the_same_button_has_one_id_in_a_chat_and_another_elsewhere(
    database: Database,
) -> None:
    async with database.write() as connection:
        name = await buttons.keep(connection, 1, {"a": 1, "b": 2}, START)
        assert await buttons.keep(connection, 1, {"b": 2, "a": 1}, START) == name
        assert await buttons.keep(connection, 2, {"a": 1, "b": 2}, START) != name
        assert await buttons.find(connection, 2, name, START) is None


async def test_a_button_expires_unless_it_is_kept_again(database: Database) -> None:
    async with database.write() as connection:
        name = await buttons.keep(connection, 1, "甲", START, MINUTE)
        assert await buttons.find(connection, 1, name, START + MINUTE) is None
        await buttons.keep(connection, 1, "甲", START + MINUTE, MINUTE)
        assert await buttons.prune(connection, START + MINUTE) == 0
        assert await buttons.find(connection, 1, name, START + MINUTE) == "甲"
        assert await buttons.prune(connection, START + 2 * MINUTE) == 1


async def test_an_id_of_another_version_or_none_at_all_means_nothing(database: Database) -> None:
    async with database.write() as connection:
        name = await buttons.keep(connection, 1, "甲", START)
        for other in ("", "0" + name[1:], name[1:], name + "x"):
            assert await buttons.find(connection, 1, other, START) is None
