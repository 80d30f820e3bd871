"""What is kept of a conversation, however odd it comes back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ask.reply import Context, Outcome
from tests.ask.plans import harbour, palace, say

text = st.text(max_size=12)
plan_ids = st.sampled_from(["palace-2032", "harbour-2033", "", "gone"])
numbers = st.integers(-3, 500) | st.integers(-(10**12), 10**12)
places = st.tuples(plan_ids, numbers, numbers)
questions = text | st.sampled_from(["蓝鲸计划是什么", "第3条", "2019年的指标", "目标呢", "为什么"])
contexts = st.builds(
    Context,
    question=questions,
    intent=text | st.sampled_from(["figure", "when", "what", "explain", "pick", "program"]),
    terms=st.lists(text, max_size=3).map(tuple),
    programs=st.lists(text | st.just("蓝鲸计划"), max_size=3).map(tuple),
    tasks=st.lists(places, max_size=3).map(tuple),
    spans=st.lists(places, max_size=3).map(tuple),
    choices=st.lists(questions, max_size=3).map(tuple),
    explanation=st.lists(text, max_size=3).map(tuple),
    listed=st.lists(places, max_size=3).map(tuple),
)
leaning = st.sampled_from(
    [
        *("目标呢", "那追风夏令营呢", "属于哪一部分", "还有呢", "原文呢", "下一条", "上一条"),
        *("为什么", "第一个", "2", "第九个", "最后一个", "谁负责", "什么时候完成", "预算呢"),
        *("有多少", "满意率呢", "2032年呢", "蓝鲸计划是什么", "有哪些量化指标", "那个呢", "谢谢"),
        *("第二个谁负责", "第二个是哪条", "最后一个细说", "分别是啥", "以前是多少", "其他的呢"),
        *("一共有几个", "钱呢", "哪个部门起草", "村里呢", "跟追风夏令营有什么区别", "多久一次"),
        *("回到蓝鲸计划那个,谁负责", "不是,我问的是教研", "每个多少钱", "它要几天", "就这些?"),
    ]
)


@given(contexts)
@settings(max_examples=200, deadline=None)
def test_a_context_comes_back_from_json_as_it_was(context: Context) -> None:
    assert Context.from_json(json.loads(json.dumps(context.to_json()))) == context


@given(contexts, leaning)
@settings(max_examples=250, deadline=None)
def test_whatever_is_remembered_a_message_is_answered_and_its_quotes_hold(
    context: Context, message: str
) -> None:
    turn = say(message, context, palace(), harbour())
    assert isinstance(turn.reply.outcome, Outcome)
    assert turn.reply.text.strip()
    assert Context.from_json(json.loads(json.dumps(turn.context.to_json()))) == turn.context


@given(st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=5), max_size=4))
@settings(max_examples=100, deadline=None)
def test_unknown_keys_are_ignored(extra: dict[str, int | str]) -> None:
    context = Context(question="蓝鲸计划是什么", tasks=(("palace-2032", 1, 1),))
    assert Context.from_json({**extra, **context.to_json()}) == context


@pytest.mark.parametrize("left_out", sorted(Context().to_json()))
def test_missing_keys_are_empty(left_out: str) -> None:
    data = say("蓝鲸计划是什么", Context()).context.to_json()
    data.pop(left_out)
    context = Context.from_json(data)
    assert not getattr(context, left_out)
    assert say("目标呢", context).reply.text


def test_nothing_kept_is_an_empty_context() -> None:
    assert Context.from_json({}) == Context()


@pytest.mark.parametrize(
    "message", ["目标呢", "原文呢", "下一条", "还有呢", "为什么", "属于哪一部分"]
)
def test_what_leans_on_a_plan_that_is_gone_is_refused(message: str) -> None:
    context = Context(tasks=(("gone", 1, 1),), spans=(("gone", 0, 9),))
    reply = say(message, context).reply
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert not reply.evidence
