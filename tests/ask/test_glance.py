"""A whole plan at a glance, for those who ask for it in words no pattern knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from knowledge.ask.answer import Answerer
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.passages import Passages
from knowledge.ask.reply import Context, Outcome, Reply
from tests.ask.plans import TODAY, assert_quotes_hold, lexicon, limits, palace, quotes

# No pattern knows it, and it names nothing.
VAGUE = "嘿咻嘿咻"


@dataclass(frozen=True, slots=True)
class Alike:
    """Finds anything asked as alike to the examples of one kind as it is told to."""

    kind: str
    score: float = 1.0

    def likeness(self, passages: Passages, question: str) -> Sequence[float]:
        return [0.8 for _ in passages.passages]

    def kinship(self, passages: Passages, word: str) -> Sequence[float]:
        return [0.0 for _ in passages.passages]

    def resemblance(self, examples: Examples, question: str) -> Sequence[float]:
        meant = dict(lexicon().glances)[self.kind]
        return [self.score if text in meant else 0.8 for text in examples.texts]


def ask_like(meaning: Alike, question: str) -> Reply:
    answerer = Answerer((palace(),), lexicon(), limits(), meaning)
    reply = answerer.answer(question, Context(), TODAY).reply
    assert_quotes_hold(reply, (palace(),))
    return reply


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("overview", "组织科学探索"),
        ("deadlines", "12月底前"),
        ("figures", "不少于240门"),
        ("names", "蓝鲸计划"),
        ("tasks", "组织科学探索"),
    ],
)
def test_what_is_like_an_example_is_shown_what_that_asks_for(kind: str, shown: str) -> None:
    reply = ask_like(Alike(kind), VAGUE)
    assert reply.outcome is Outcome.ANSWERED
    assert shown in quotes(reply)


def test_a_question_for_one_time_is_not_taken_for_all_times_as_easily() -> None:
    assert ask_like(Alike("overview", 0.91), VAGUE).outcome is Outcome.ANSWERED
    assert ask_like(Alike("deadlines", 0.91), VAGUE).outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize("question", ["海豚计划", "线路老化", "2019年呢", "谁负责嘿咻"])
def test_whoever_names_a_thing_or_another_year_does_not_ask_for_the_whole(question: str) -> None:
    assert ask_like(Alike("overview"), question).outcome is Outcome.NOT_IN_PLAN


def test_once_something_was_quoted_only_what_says_so_is_of_the_whole() -> None:
    answerer = Answerer((palace(),), lexicon(), limits(), Alike("overview"))
    context = answerer.answer("追风夏令营招多少人", Context(), TODAY).context
    assert answerer.answer(VAGUE, context, TODAY).reply.outcome is Outcome.NOT_IN_PLAN
    assert "组织科学探索" in quotes(answerer.answer(f"{VAGUE}全部", context, TODAY).reply)


def test_what_is_like_a_question_for_one_thing_is_shown_no_list() -> None:
    assert ask_like(Alike("other"), VAGUE).outcome is Outcome.NOT_IN_PLAN


def test_where_things_stand_is_asked_of_what_was_shown() -> None:
    answerer = Answerer((palace(),), lexicon(), limits(), Alike("sections"))
    context = answerer.answer("追风夏令营招多少人", Context(), TODAY).context
    reply = answerer.answer("都是第几大块的", context, TODAY).reply
    assert {item.section for item in reply.evidence} == {1}
