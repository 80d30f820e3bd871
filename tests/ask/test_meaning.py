"""A ranking by meaning beside the keywords: it may choose a passage, and never speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from knowledge.ask.answer import Answerer
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.ranking import NoMeaning
from knowledge.ask.passages import Passages
from knowledge.ask.reply import Context, Outcome, Reply
from tests.ask.plans import TODAY, ask, assert_quotes_hold, desk, lexicon, limits, palace, quotes

# No word of it stands in the plan.
UNSURE = "线路老化"


@dataclass(frozen=True, slots=True)
class Favourite:
    """Finds the passages that hold some words wholly alike to anything asked, no other at all."""

    words: str

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        return [1.0 if self.words in passage.key else 0.0 for passage in passages.passages]

    def kinship(self, passages: Passages, word: str) -> Sequence[float] | None:
        return self.likeness(passages, word)

    def resemblance(self, examples: Examples, question: str) -> Sequence[float] | None:
        return [0.0] * len(examples.texts)


class Loading:
    """A model that is not there."""

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        return None

    def kinship(self, passages: Passages, word: str) -> Sequence[float] | None:
        return None

    def resemblance(self, examples: Examples, question: str) -> Sequence[float] | None:
        return None


def ask_with(meaning: Favourite | Loading, question: str) -> Reply:
    answerer = Answerer((palace(),), lexicon(), replace(limits(), meaning_floor=0.5), meaning)
    reply = answerer.answer(question, Context(), TODAY).reply
    assert_quotes_hold(reply, (palace(),))
    return reply


def test_what_keywords_do_not_find_is_chosen_by_meaning_and_quoted_exactly() -> None:
    assert ask(UNSURE).outcome is Outcome.NOT_IN_PLAN
    reply = ask_with(Favourite("电路检修"), UNSURE)
    assert reply.outcome is Outcome.ANSWERED
    assert "电路检修" in quotes(reply)
    assert "电路检修" in reply.text


def test_a_figure_of_a_passage_chosen_by_meaning_is_quoted_with_the_whole_passage() -> None:
    reply = ask_with(Favourite("辅导教师120"), "一年下来给多少老师上课")
    assert reply.outcome is Outcome.ANSWERED
    assert "120人次" in reply.text


def test_a_passage_without_the_kind_of_thing_asked_for_is_no_answer() -> None:
    reply = ask_with(Favourite("托管"), "放学没人接的孩子收多少钱")
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert not reply.evidence


def test_what_is_not_alike_enough_is_refused() -> None:
    answerer = Answerer(
        (palace(),), lexicon(), replace(limits(), meaning_floor=1e9), Favourite("电路检修")
    )
    assert answerer.answer(UNSURE, Context(), TODAY).reply.outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize("question", ["观星活动多久一次", "蓝鲸计划的目标是多少", "第3条讲什么"])
def test_what_keywords_are_sure_of_meaning_does_not_change(question: str) -> None:
    assert quotes(ask_with(Favourite("电路检修"), question)) == quotes(ask(question))


@pytest.mark.parametrize("question", ["海豚计划是什么", "2019年的线路老化", "妇联的线路老化"])
def test_meaning_does_not_answer_for_what_the_plan_has_not(question: str) -> None:
    reply = ask_with(Favourite("电路检修"), question)
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert not reply.evidence


@pytest.mark.parametrize("question", [UNSURE, "观星活动多久一次", "海豚计划是什么"])
def test_while_no_model_is_there_keywords_alone_decide(question: str) -> None:
    assert replace(ask_with(Loading(), question), ms=0.0) == replace(ask(question), ms=0.0)


def test_without_a_ranking_nothing_is_alike() -> None:
    assert NoMeaning().likeness(desk().passages, UNSURE) is None
