"""Short messages that ask of what was spoken of last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from knowledge.ask.answer import Answerer
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.passages import Passages
from knowledge.ask.reply import Context, Outcome, Reply
from tests.ask.orchard import orchard
from tests.ask.plans import TODAY, lexicon, limits, talk


def said(*messages: str) -> Reply:
    """Return the reply to the last message of a conversation about the orchard."""
    return talk(*messages, plans=(orchard(),))


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("冷库建几座", "顾问请几个", "6名"),
        ("冷库建几座", "它推送几次", "2次"),
        ("老旧果园改造多少亩", "每亩补多少钱", "400元"),
        ("开设哪些课程", "几期", "12期"),
        ("北坡果园什么时候改造完", "钱呢", "48万元"),
        ("红霞铺子新开几家", "网店总数", "14家"),
    ],
)
def test_a_short_message_is_asked_of_the_last_tasks_first(
    first: str, then: str, words: str
) -> None:
    reply = said(first, then)
    assert reply.outcome is Outcome.ANSWERED
    assert words in reply.text


@pytest.mark.parametrize("then", ["苹果呢", "那柑橘呢", "柑橘"])
def test_the_figure_of_a_thing_beside_the_last_is_quoted(then: str) -> None:
    reply = said("果园面积多少", then)
    assert reply.outcome is Outcome.ANSWERED
    assert "苹果20万亩、柑橘8万亩" in reply.text


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        ("果园面积多少", "葡萄呢", "葡萄"),
        ("果园面积多少", "采摘节呢", "采摘节"),
        ("果园面积多少", "村里呢", "村"),
        ("红霞铺子新开几家", "县里呢", "县"),
    ],
)
def test_another_thing_of_which_no_such_figure_is_told_is_refused_by_name(
    first: str, then: str, name: str
) -> None:
    reply = said(first, then)
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert name in reply.text
    assert not reply.evidence


def test_figures_of_things_that_followed_one_another_are_refused_like_the_first() -> None:
    reply = said("果园面积多少", "苹果呢", "柑橘", "那葡萄呢")
    assert reply.outcome is Outcome.NOT_IN_PLAN


@pytest.mark.parametrize(
    "then", ["哪个部门起草", "这项归哪个股", "责任部门", "谁在管", "这事归谁管"]
)
def test_who_is_responsible_is_asked_of_the_last_answer(then: str) -> None:
    assert "种植股" in said("果园面积多少", then).text
    refused = said("优质果率要到多少", then)
    assert refused.outcome is Outcome.NOT_IN_PLAN


def test_money_is_asked_of_the_program_just_named() -> None:
    reply = said("金穗市集是什么", "钱呢")
    assert reply.outcome is Outcome.NOT_IN_PLAN
    assert "48万元" not in reply.text


def test_what_points_back_is_asked_of_nothing_else() -> None:
    reply = said("开设哪些课程", "他们补助多少")
    assert reply.outcome is Outcome.NOT_IN_PLAN


def test_one_can_lead_back_to_a_thing_and_ask_of_it() -> None:
    reply = said("冷库建几座", "采摘节接待多少人", "回到冷库那条,谁负责")
    assert "市场股" in reply.text
    reply = said("采摘节接待多少人", "说回老旧果园,每亩补多少钱")
    assert "400元" in reply.text


@pytest.mark.parametrize("then", ["换个事,采摘节接待多少人", "好吧 采摘节接待多少人"])
def test_openings_say_nothing(then: str) -> None:
    assert "2万人次" in said("冷库建几座", then).text


@pytest.mark.parametrize("then", ["我说的是采摘节", "不是,我问的是采摘节"])
def test_a_correction_tells_what_is_meant(then: str) -> None:
    assert "采摘节" in said("冷库建几座", then).text


def test_the_subject_of_a_refused_question_stays() -> None:
    reply = said("果农培训多少人", "几期")
    assert reply.outcome is Outcome.ANSWERED
    assert "12期" in reply.text


@pytest.mark.parametrize(
    ("then", "words"),
    [("什么时侯投用", "9月底"), ("第几跳", "5.建设仓储设施"), ("顾问嘞", "6名")],
)
def test_slips_of_question_words_are_read(then: str, words: str) -> None:
    assert words in said("冷库建几座", then).text


@dataclass(frozen=True, slots=True)
class Alike:
    """Finds a passage of another task most alike, and another second."""

    first: str
    second: str

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        return [
            1.0 if self.first in item.key else 0.99 if self.second in item.key else 0.0
            for item in passages.passages
        ]

    def kinship(self, passages: Passages, word: str) -> Sequence[float] | None:
        return [0.0] * len(passages.passages)

    def resemblance(self, examples: Examples, question: str) -> Sequence[float] | None:
        return [0.0] * len(examples.texts)


def test_what_only_its_meaning_finds_is_looked_for_in_the_last_tasks() -> None:
    alike = Alike("采摘节", "冷库")
    asking = Answerer((orchard(),), lexicon(), limits(), alike)
    context = asking.answer("冷库建几座", Context(), TODAY).context
    reply = asking.answer("啥时候整好", context, TODAY).reply
    assert "9月底前" in reply.text
    assert {item.task for item in reply.evidence} == {5}
