"""Questions remembered: quicker, and with the very same replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ask.answer import Answerer
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.passages import Passages
from knowledge.ask.reply import Context, Outcome
from tests.ask.plans import TODAY, answerer, harbour, lexicon, limits, palace

# No word of it stands in the plan.
UNSURE = "线路老化"

SAID = [
    *("蓝鲸计划的目标是多少", "追风夏令营招多少人", "目标呢", "那消防演练呢", "属于哪一部分"),
    *("有哪些量化指标", "第3条讲什么", "下一条", "为什么", "还有呢", "第二个", "谢谢", "谁负责"),
    *("蓝鲸计划的预算是多少", "海豚计划", UNSURE, "", "2031年呢"),
]


class Blank:
    """Finds nothing alike, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        self.asked += 1
        return [0.0 for _ in passages.passages]

    def kinship(self, passages: Passages, word: str) -> Sequence[float] | None:
        return [0.0] * len(passages.passages)

    def resemblance(self, examples: Examples, question: str) -> Sequence[float] | None:
        return [0.0] * len(examples.texts)


@cache
def remembering() -> Answerer:
    return Answerer((palace(), harbour()), lexicon(), limits(), remembered=8)


@given(st.lists(st.sampled_from(SAID), min_size=2, max_size=8))
@settings(max_examples=60, deadline=None)
def test_in_any_conversation_the_replies_are_those_of_one_who_remembers_nothing(
    said: list[str],
) -> None:
    context = Context()
    for message in said:
        turn = remembering().answer(message, context, TODAY)
        plain = answerer(palace(), harbour()).answer(message, context, TODAY)
        assert replace(turn.reply, ms=0.0) == replace(plain.reply, ms=0.0)
        assert turn.context == plain.context
        context = turn.context


def test_a_question_that_stands_alone_is_looked_up_once_wherever_it_is_asked() -> None:
    meaning = Blank()
    asking = Answerer((palace(),), lexicon(), limits(), meaning, remembered=8)
    first = asking.answer(UNSURE, Context(), TODAY)
    assert first.reply.outcome is Outcome.NOT_IN_PLAN
    asked = meaning.asked
    assert asked
    elsewhere = asking.answer("追风夏令营招多少人", Context(), TODAY).context
    again = asking.answer(UNSURE, elsewhere, TODAY)
    assert replace(again.reply, ms=0.0) == replace(first.reply, ms=0.0)
    assert meaning.asked == asked
