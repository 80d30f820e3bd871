"""What becomes of a letter, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta

import pytest

from bot.api import BotApi as Calls
from bot.letters import (
    Ambiguous,
    Blocked,
    Delete,
    Edit,
    Failed,
    Flood,
    Migrated,
    Outcome,
    Sent,
    Text,
    ThreadGone,
)
from bot.pacing import Limits, Priority
from bot.sender import Sender
from bot.transport import Transport
from tests import botapi
from tests.botapi import BotApi, Hold, Moment
from tests.clock import ManualClock


@pytest.fixture
async def sender(calls: Calls, clock: ManualClock) -> AsyncIterator[Sender]:
    made = Sender(calls, clock, limits=Limits.none())
    yield made
    await made.close()


async def run_on(clock: ManualClock, sending: Awaitable[Outcome], seconds: int) -> Outcome:
    """Let the clock run on to each time that is waited for, until the outcome is there."""
    before = clock.now()
    running = asyncio.create_task(clock.run_on())
    try:
        outcome = await asyncio.wait_for(sending, 30)
    finally:
        running.cancel()
    assert clock.now() - before <= timedelta(seconds=seconds), "no outcome in time"
    return outcome


async def test_a_message_arrives_with_its_buttons_and_without_a_preview(
    api: BotApi, sender: Sender
) -> None:
    person = api.person()
    outcome = await sender.send(Text(person.id, "<b>10万</b>个 https://example.org"))
    message = api.sent[0]
    assert outcome == Sent(message.message_id)
    assert message.content.parts("bold") == ["10万"]
    assert message.params["link_preview_options"] == {"is_disabled": True}


async def test_a_flood_limit_is_waited_out_for_a_reply(
    api: BotApi, sender: Sender, clock: ManualClock
) -> None:
    person, other = api.person(), api.person()
    api.fail_next(botapi.flood_wait(30), method="sendMessage", chat=person)
    task = asyncio.create_task(sender.send(Text(person.id, "一")))
    await api.wait_for(lambda: len(api.calls("sendMessage")) == 1)
    assert isinstance(await sender.send(Text(other.id, "二")), Sent)
    before = clock.now()
    assert isinstance(await run_on(clock, task, 60), Sent)
    assert clock.now() - before >= timedelta(seconds=29)
    assert len(api.sent_to(person)) == 1


async def test_a_flood_limit_comes_back_at_once_for_a_reminder(
    api: BotApi, sender: Sender
) -> None:
    person = api.person()
    api.fail_next(botapi.flood_wait(30), chat=person)
    first = await sender.send(Text(person.id, "一"), Priority.REMINDER)
    assert first == Flood(30.0)
    second = await sender.send(Text(person.id, "一"), Priority.REMINDER)
    assert isinstance(second, Flood)
    assert len(api.calls("sendMessage")) == 1


async def test_a_server_fault_is_tried_again_until_it_passes(
    api: BotApi, sender: Sender, clock: ManualClock
) -> None:
    person = api.person()
    api.fail_next(botapi.server_error(502), times=2)
    api.fail_next(botapi.Broken(), times=2)
    outcome = await run_on(clock, sender.send(Text(person.id, "一")), 60)
    assert isinstance(outcome, Sent)
    assert len(api.sent) == 1


async def test_a_fault_that_does_not_pass_is_given_up_with_its_reason(
    api: BotApi, sender: Sender, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    person = api.person()
    api.fail_next(botapi.server_error(), times=100)
    outcome = await run_on(clock, sender.send(Text(person.id, "一")), 120)
    assert outcome == Failed("500 Internal Server Error", passing=True)
    assert len(api.calls("sendMessage")) == 7
    assert "500 Internal Server Error" in caplog.text


@pytest.mark.parametrize("slow", [False, True])
async def test_what_may_have_been_sent_is_not_sent_twice(
    api: BotApi, sender: Sender, slow: bool
) -> None:
    person = api.person()
    api.fail_next(Hold(Moment.AFTER) if slow else botapi.lost_after())
    outcome = await sender.send(Text(person.id, "一"))
    assert isinstance(outcome, Ambiguous)
    assert len(api.sent) == 1


async def test_a_change_is_made_again_since_twice_is_the_same_as_once(
    api: BotApi, sender: Sender, clock: ManualClock
) -> None:
    person = api.person()
    sent = await sender.send(Text(person.id, "一"))
    assert isinstance(sent, Sent)
    api.fail_next(botapi.lost_after(), method="editMessageText")
    edit = Edit(person.id, sent.message_id, "二")
    outcome = await run_on(clock, sender.send(edit), 10)
    assert outcome == sent
    assert api.sent[0].text == "二"
    assert len(api.sent[0].versions) == 2
    assert await sender.send(Delete(person.id, sent.message_id)) == sent
    assert await sender.send(Delete(person.id, sent.message_id)) == sent


async def test_nothing_sent_is_sure_where_no_connection_was_made(clock: ManualClock) -> None:
    transport = Transport()
    sender = Sender(Calls(transport, "http://127.0.0.1:9/bot1", ""), clock)
    outcome = await run_on(clock, sender.send(Text(1, "一")), 120)
    assert isinstance(outcome, Failed)
    assert outcome.passing
    assert "127.0.0.1:9" in outcome.reason
    await sender.close()
    await transport.shutdown()


async def test_a_chat_that_is_closed_to_us_is_told_apart(api: BotApi, sender: Sender) -> None:
    person = api.person()
    person.blocks_bot()
    blocked = await sender.send(Text(person.id, "一"))
    assert blocked == Blocked("Forbidden: bot was blocked by the user")
    assert await sender.send(Text(1, "一")) == Blocked("Bad Request: chat not found")


async def test_a_reply_follows_a_group_to_its_new_id(api: BotApi, sender: Sender) -> None:
    person = api.person()
    group = api.group(members=[person])
    new = api.migrate(group, person)
    moves: list[tuple[int, int]] = []

    async def note(old: int, now: int) -> None:
        moves.append((old, now))

    sender.on_migration(note)
    assert await sender.send(Text(group.id, "一"), Priority.REMINDER) == Migrated(new.id)
    assert moves == []
    assert isinstance(await sender.send(Text(group.id, "一")), Sent)
    assert moves == [(group.id, new.id)]
    assert [message.chat_id for message in api.sent] == [new.id]


async def test_a_reply_leaves_a_topic_that_is_gone(api: BotApi, sender: Sender) -> None:
    forum = api.supergroup(topics=["一", "二"])
    gone = Text(forum.id, "在", thread=999_999)
    assert await sender.send(gone, Priority.REMINDER) == ThreadGone()
    assert isinstance(await sender.send(gone), Sent)
    assert api.sent[0].thread_id is None


async def test_invalid_markup_is_refused_and_not_tried_again(api: BotApi, sender: Sender) -> None:
    outcome = await sender.send(Text(api.person().id, "<b>一"))
    assert isinstance(outcome, Failed)
    assert not outcome.passing
    assert len(api.calls("sendMessage")) == 1


async def test_a_chat_that_moved_gets_its_reply_even_if_nothing_else_moves(
    api: BotApi, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    person = api.person()
    group = api.group(members=[person])
    api.migrate(group, person)

    async def fails(_old: int, _new: int) -> None:
        raise OSError("disk full")

    sender.on_migration(fails)
    assert isinstance(await sender.send(Text(group.id, "一")), Sent)
    assert "what is kept of it did not" in caplog.text
