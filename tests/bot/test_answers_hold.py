"""Whatever is said, a reply holds: generated messages, alone and in conversations."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation, MemoryContexts
from knowledge.ask.answer import Answerer
from knowledge.ask.reply import Context, Outcome, Reply
from knowledge.plan.model import Plan
from tests.bot.plans import LIBRARY_TEXT
from tests.bot.test_conversation import SHANGHAI
from tests.clock import ManualClock

# 1,250 conversations of eight messages each: 10,000 messages.
CONVERSATIONS = 1_250
MESSAGES = 8

ASKING = [
    *("是什么", "目标是多少", "什么时候完成", "在第几条", "谁负责", "有哪些", "预算多少", "呢"),
    *("有没有", "一共多少", "为什么", "原文", "还有呢", "第二个", "2023年", "第3条", "最后一条"),
    *("你好", "谢谢", "你能做什么", "几多", "係咩", "點樣", "shenme", "duoshao", "?", "。", "\n"),
]
words = st.sampled_from(ASKING)
pieces = st.integers(0, len(LIBRARY_TEXT) - 1).flatmap(
    lambda start: st.integers(1, 12).map(lambda length: LIBRARY_TEXT[start : start + length])
)
anything = st.text(max_size=12)
wild = st.text(st.characters(categories=["Cs", "Cc", "Cf", "So", "Lo", "Nd", "Mn"]), max_size=20)
messages = st.one_of(
    st.lists(st.one_of(words, pieces, anything), max_size=6).map("".join),
    st.lists(st.one_of(words, pieces), min_size=1, max_size=3).map("".join),
    wild,
    st.text(max_size=80),
    st.integers(1, 700).map(lambda length: "书" * length),
)
conversations = st.lists(messages, min_size=MESSAGES, max_size=MESSAGES)


def assert_holds(reply: Reply, plan: Plan) -> None:
    """What is promised of every reply."""
    assert isinstance(reply.outcome, Outcome)
    assert reply.text.strip()
    for item in reply.evidence:
        assert item.plan == plan.id
        assert item.quote
        assert plan.source[item.start : item.end] == item.quote
    for _, figure in reply.figures:
        assert plan.source[figure.start : figure.end] == figure.quote
    for _, deadline in reply.deadlines:
        assert plan.source[deadline.start : deadline.end] == deadline.quote
    if reply.outcome is Outcome.ANSWERED:
        assert reply.evidence
    if reply.outcome is Outcome.AMBIGUOUS:
        assert reply.choices
    if reply.outcome is Outcome.NOT_IN_PLAN and not reply.understood.programs:
        assert not reply.evidence
    if reply.outcome in (Outcome.CHITCHAT, Outcome.INVALID):
        assert not reply.evidence
        assert not reply.figures
        assert not reply.deadlines
    assert json.loads(json.dumps(reply.to_json())) == reply.to_json()


@pytest.fixture(scope="module")
def talk(answers: Answerer) -> Conversation[str]:
    return Conversation(answers, MemoryContexts[str](), ManualClock(), SHANGHAI)


@given(conversations)
@settings(
    max_examples=CONVERSATIONS,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_ten_thousand_messages_get_replies_that_hold(
    talk: Conversation[str], library: Plan, said: list[str]
) -> None:
    context = Context()
    now = dt.datetime(2024, 5, 24, tzinfo=dt.UTC)
    for message in said:
        turns = talk.turns(message, context, now)
        assert turns
        for turn in turns:
            assert_holds(turn.reply, library)
        assert_holds(talk.joined(turns), library)
        context = turns[-1].context
        assert Context.from_json(json.loads(json.dumps(context.to_json()))) == context
