"""How a plan's keeper says people ask: it leads to the place, and never speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import pytest

from knowledge.ask.answer import Answerer
from knowledge.ask.desk import open_desk
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.phrasings import Phrasings
from knowledge.ask.meaning.ranking import NoMeaning
from knowledge.ask.passages import Passages
from knowledge.ask.reply import Context, Outcome, Reply
from knowledge.plan.model import Phrasing, Plan, Span
from tests.ask.plans import TODAY, assert_quotes_hold, lexicon, limits, palace, quotes

# No word of them stands in the plan.
PIANOS = "琴坏了有没有钱换新"
WIRING = "线路老化了谁来换"


@dataclass(frozen=True, slots=True)
class Same:
    """Finds a question alike to the very examples it was told, and to nothing else."""

    alike: str

    def likeness(self, passages: Passages, question: str) -> Sequence[float]:
        return [0.85 for _ in passages.passages]

    def kinship(self, passages: Passages, word: str) -> Sequence[float]:
        return [0.0 for _ in passages.passages]

    def resemblance(self, examples: Examples, question: str) -> Sequence[float]:
        return [1.0 if text == self.alike else 0.8 for text in examples.texts]


@cache
def kept() -> Plan:
    """The palace's plan with what its keeper wrote."""
    plan = palace()

    def asked(quote: str, text: str) -> Phrasing:
        start = plan.source.index(quote)
        return Phrasing(Span(start, start + len(quote)), text)

    return replace(
        plan,
        phrasings=(
            asked("投入80万元更新钢琴、画架等器材", PIANOS),
            asked("3月底前完成电路检修", WIRING),
            asked("每年开展2次消防演练", "着火了怎么跑要不要练"),
        ),
        untold=("琴坏了找谁修",),
    )


def ask_like(alike: str, question: str) -> Reply:
    answerer = Answerer((kept(),), lexicon(), replace(limits(), meaning_floor=0.5), Same(alike))
    reply = answerer.answer(question, Context(), TODAY).reply
    assert_quotes_hold(reply, (kept(),))
    return reply


def test_a_question_like_a_phrasing_gets_the_plans_own_words_for_it() -> None:
    reply = ask_like(WIRING, WIRING)
    assert reply.outcome is Outcome.ANSWERED
    assert "3月底前完成电路检修" in quotes(reply)
    assert "线路" not in reply.text


def test_a_question_like_no_phrasing_is_refused_by_its_own_words() -> None:
    reply = ask_like("别的", "网络老是断怎么回事")
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert not reply.evidence


def test_what_the_keeper_says_is_untold_is_refused_though_a_phrasing_is_near() -> None:
    class Both(Same):
        def resemblance(self, examples: Examples, question: str) -> Sequence[float]:
            return [1.0 for _ in examples.texts]

    answerer = Answerer((kept(),), lexicon(), replace(limits(), meaning_floor=0.5), Both(""))
    reply = answerer.answer("琴坏了找谁修", Context(), TODAY).reply
    assert reply.outcome is Outcome.NOT_IN_PLAN


def test_without_a_model_phrasings_change_nothing() -> None:
    plain = Answerer((palace(),), lexicon(), limits())
    phrased = Answerer((kept(),), lexicon(), limits(), NoMeaning())
    for question in (PIANOS, "蓝鲸计划的目标是多少", "3月底前要完成什么"):
        before = plain.answer(question, Context(), TODAY).reply
        assert replace(phrased.answer(question, Context(), TODAY).reply, ms=0.0) == replace(
            before, ms=0.0
        )


def test_of_a_long_passage_the_phrase_that_is_meant_counts_most() -> None:
    desk = open_desk(kept(), lexicon())
    passage = next(item for item in desk.passages.passages if "电路检修" in item.key)
    phrasings = Phrasings(desk.evidences, lexicon(), Same(WIRING))
    hit = phrasings.heard(WIRING, WIRING).hits[passage.number]
    read = phrasings.read(desk.evidences.candidate(passage.number, ()), hit.phrasing)
    assert desk.evidences.best_phrase(read).key == "3月底前完成电路检修"


def test_the_examples_most_like_a_question_vote_for_their_passages() -> None:
    desk = open_desk(kept(), lexicon())
    number = desk.passages.phrasings[1][0]
    heard = Phrasings(desk.evidences, lexicon(), Same(WIRING)).heard(WIRING, WIRING)
    assert heard.votes[number] > 0
    assert sum(heard.votes.values()) <= 1
    assert Phrasings(desk.evidences, lexicon(), Same("别的")).heard(WIRING, WIRING).votes == {}
    assert Phrasings(desk.evidences, lexicon(), NoMeaning()).heard(WIRING, WIRING).votes == {}


def test_a_word_of_the_phrasing_counts_as_said_in_the_passage() -> None:
    desk = open_desk(kept(), lexicon())
    question = desk.reader.read(WIRING)
    number, phrasing = desk.passages.phrasings[1]
    candidate = desk.evidences.candidate(number, question.terms)
    assert "线路" in {term.text for term in candidate.missing}
    read = Phrasings(desk.evidences, lexicon(), NoMeaning()).read(candidate, phrasing)
    assert "线路" not in {term.text for term in read.missing}


def test_what_people_say_for_a_word_of_a_passage_speaks_for_that_passage() -> None:
    desk = open_desk(palace(), lexicon())
    said, written = next(
        (word, form)
        for word, forms in lexicon().synonyms.items()
        for form, strength in forms
        if len(word) > 2 and strength > 0.8 and len(desk.evidences.texts.find(form)) == 1
    )
    (number,) = desk.evidences.texts.find(written)
    scores = Phrasings(desk.evidences, lexicon(), Same(said)).said(said)
    assert scores[number] == max(scores) > 0


def test_a_sentence_that_its_keeper_knows_outdoes_a_list_it_also_asks_for() -> None:
    asking = "着火了怎么跑要不要练,有什么活动"
    reply = ask_like("着火了怎么跑要不要练", asking)
    assert reply.outcome is Outcome.ANSWERED


@pytest.mark.parametrize("question", ["观星活动多久一次", "蓝鲸计划的目标是多少", "第3条讲什么"])
def test_a_question_in_the_plans_own_words_needs_no_phrasing(question: str) -> None:
    plain = Answerer((palace(),), lexicon(), limits()).answer(question, Context(), TODAY).reply
    assert quotes(ask_like(WIRING, question)) == quotes(plain)
