from __future__ import annotations

import asyncio
import datetime as dt
import threading
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.conversation import MEMORY, Conversation, MemoryContexts
from bot.patience import refuse_on_a_loop
from bot.splitting import MOST_QUESTIONS
from knowledge.ask.reply import (
    Choice,
    Context,
    Correction,
    Evidence,
    Outcome,
    Reply,
    Turn,
    Understood,
)
from tests.clock import ManualClock

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Echo:
    """Answers with what it was asked and what went before, and keeps who asked when."""

    def __init__(self) -> None:
        self.days: list[dt.date] = []

    def answer(self, text: str, context: Context, today: dt.date) -> Turn:
        self.days.append(today)
        said = f"{text} after {context.question}" if context.question else text
        reply = Reply(Outcome.ANSWERED, said, Understood("what"))
        return Turn(reply, replace(context, question=text))


class Unsure(Echo):
    """Thinks long about one question, where it may."""

    def __init__(self) -> None:
        super().__init__()
        self.thinking = threading.Event()
        self.decided = threading.Event()

    def answer(self, text: str, context: Context, today: dt.date) -> Turn:
        if text == "unsure":
            refuse_on_a_loop()
            self.thinking.set()
            self.decided.wait(30)
        return super().answer(text, context, today)


def conversation(clock: ManualClock) -> Conversation[str]:
    return Conversation(Echo(), MemoryContexts[str](), clock, SHANGHAI)


def texts(turns: list[Turn]) -> list[str]:
    return [turn.reply.text for turn in turns]


async def test_a_message_is_answered_after_the_one_before_it_in_the_same_talk() -> None:
    talk = conversation(ManualClock())
    assert texts(await talk.hear("a", "one")) == ["one"]
    assert texts(await talk.hear("a", "two")) == ["two after one"]
    assert texts(await talk.hear("b", "three")) == ["three"]


async def test_a_message_without_a_talk_stands_alone() -> None:
    talk = conversation(ManualClock())
    await talk.hear("a", "one")
    assert texts(await talk.hear_alone("two")) == ["two"]
    assert texts(await talk.hear("a", "three")) == ["three after one"]


async def test_the_questions_of_one_message_lean_on_each_other() -> None:
    talk = conversation(ManualClock())
    assert texts(await talk.hear("a", "书屋建几个?谁负责?")) == [
        "书屋建几个?",
        "谁负责? after 书屋建几个?",
    ]
    assert texts(await talk.hear("a", "two")) == ["two after 谁负责?"]


async def test_a_context_is_used_for_thirty_minutes_and_not_longer() -> None:
    clock = ManualClock()
    talk = conversation(clock)
    await talk.hear("a", "one")
    await clock.advance(MEMORY)
    assert texts(await talk.hear("a", "two")) == ["two after one"]
    await clock.advance(MEMORY + dt.timedelta(seconds=1))
    assert texts(await talk.hear("a", "three")) == ["three"]


async def test_a_talk_can_be_forgotten() -> None:
    talk = conversation(ManualClock())
    await talk.hear("a", "one")
    await talk.forget("a")
    assert texts(await talk.hear("a", "two")) == ["two"]


async def test_the_day_is_that_of_the_peoples_zone() -> None:
    clock = ManualClock(dt.datetime(2024, 5, 24, 17, 0, tzinfo=dt.UTC))
    answers = Echo()
    for zone in ("Asia/Shanghai", "Europe/London"):
        await Conversation(answers, MemoryContexts[str](), clock, ZoneInfo(zone)).hear("a", "one")
    assert answers.days == [dt.date(2024, 5, 25), dt.date(2024, 5, 24)]


async def test_of_too_many_questions_the_first_are_answered_and_the_rest_is_said() -> None:
    turns = await conversation(ManualClock()).hear("a", "书屋建几个?" * (MOST_QUESTIONS + 2))
    assert [turn.reply.outcome for turn in turns[:-1]] == [Outcome.ANSWERED] * MOST_QUESTIONS
    assert turns[-1].reply.outcome is Outcome.INVALID
    assert str(MOST_QUESTIONS) in turns[-1].reply.text


async def test_contexts_nobody_can_use_any_more_take_no_memory() -> None:
    clock = ManualClock()
    kept = MemoryContexts[int]()
    for talk in range(100):
        await kept.save(talk, Context(), clock.now())
        await clock.advance(dt.timedelta(minutes=1))
    assert len(kept) == MEMORY / dt.timedelta(minutes=1) + 1


def reply(outcome: Outcome, text: str, place: int) -> Reply:
    return Reply(
        outcome,
        text,
        Understood("what", (f"name {place}",), corrected=(Correction("x", "y"),)),
        evidence=(Evidence("plan", 1, place, "title", "quote", place, place + 5),),
        choices=(Choice("label", "text"),),
        missing=(f"missing {place}",),
        ms=1.5,
    )


def joined(*replies: Reply) -> Reply:
    turns = [Turn(item, Context()) for item in replies]
    return conversation(ManualClock()).joined(turns)


def test_a_single_reply_joined_is_itself() -> None:
    one = reply(Outcome.ANSWERED, "one", 1)
    assert joined(one) is one


def test_replies_joined_keep_every_text_and_each_piece_of_evidence_once() -> None:
    both = joined(
        reply(Outcome.NOT_IN_PLAN, "one", 1),
        reply(Outcome.ANSWERED, "two", 2),
        reply(Outcome.ANSWERED, "three", 2),
    )
    assert both.outcome is Outcome.ANSWERED
    assert both.text == "1. one\n2. two\n3. three"
    assert [item.task for item in both.evidence] == [1, 2]
    assert both.missing == ("missing 1", "missing 2")
    assert both.choices == (Choice("label", "text"),)
    assert both.understood.programs == ("name 1", "name 2")
    assert both.understood.corrected == (Correction("x", "y"),)
    assert both.ms == 4.5


def test_joined_refusals_stay_a_refusal() -> None:
    both = joined(reply(Outcome.NOT_IN_PLAN, "one", 1), reply(Outcome.INVALID, "two", 2))
    assert both.outcome is Outcome.NOT_IN_PLAN


async def test_a_question_that_takes_long_holds_up_nobody_else() -> None:
    answers = Unsure()
    talk = Conversation(answers, MemoryContexts[str](), ManualClock(), SHANGHAI)
    unsure = asyncio.create_task(talk.hear("a", "unsure"))
    await asyncio.to_thread(answers.thinking.wait, 30)
    assert texts(await talk.hear("b", "clear")) == ["clear"]
    assert not unsure.done()
    answers.decided.set()
    assert texts(await unsure) == ["unsure"]
    assert texts(await talk.hear("a", "next")) == ["next after unsure"]
