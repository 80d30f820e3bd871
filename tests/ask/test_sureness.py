"""How sure a passage chosen by meaning is: each sign counts as it was fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from knowledge.ask.desk import Desk
from knowledge.ask.finder import Finder
from knowledge.ask.judge import Judge
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.nearness import Nearest, Nearness
from knowledge.ask.meaning.sureness import Model, Signs, load_sign_weights
from knowledge.ask.passages import Passages
from tests.ask.plans import desk, lexicon, limits

SIGNS = Signs(likeness=0.9, distinctness=2.5, known=3.0, doubt=-0.01, elsewhere=1.0)
PLAIN, PHRASED = load_sign_weights().plain, load_sign_weights().phrased


class Words:
    """Finds a passage as alike as it holds words of a table, and words akin by another."""

    def __init__(self, alike: dict[str, float], akin: dict[tuple[str, str], float]) -> None:
        self.alike = alike
        self.akin = akin
        self.asked: list[str] = []

    def likeness(self, passages: Passages, question: str) -> Sequence[float]:
        self.asked.append(question)
        return [
            max((worth for word, worth in self.alike.items() if word in passage.key), default=0.5)
            for passage in passages.passages
        ]

    def kinship(self, passages: Passages, word: str) -> Sequence[float]:
        return [
            max(
                (
                    near
                    for (said, held), near in self.akin.items()
                    if said == word and held in p.key
                ),
                default=0.0,
            )
            for p in passages.passages
        ]

    def resemblance(self, examples: Examples, question: str) -> Sequence[float]:
        return [1.0 if text == question else 0.5 for text in examples.texts]


def nearest(meaning: Words, message: str, place: Desk | None = None) -> Nearest:
    place = place or desk()
    question = place.reader.read(message)
    found = Nearness(place, lexicon(), load_sign_weights(), meaning).nearest(question)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sign", "more"),
    [("likeness", 0.95), ("distinctness", 3.5), ("known", 5.0), ("said", 0.1), ("length", 20.0)],
)
def test_what_speaks_for_a_passage_makes_it_surer(sign: str, more: float) -> None:
    assert PLAIN.sureness(replace(SIGNS, **{sign: more})) > PLAIN.sureness(SIGNS)


@pytest.mark.parametrize(("sign", "more"), [("doubt", 0.02), ("elsewhere", 2.0)])
def test_what_speaks_against_a_passage_makes_it_less_sure(sign: str, more: float) -> None:
    assert PLAIN.sureness(replace(SIGNS, **{sign: more})) < PLAIN.sureness(SIGNS)


def test_how_the_keeper_says_people_ask_speaks_for_a_passage_and_what_is_untold_against() -> None:
    for sign in ("asked", "votes"):
        assert PHRASED.sureness(replace(SIGNS, **{sign: 0.1})) > PHRASED.sureness(SIGNS)
    for sign in ("untold", "number", "named", "unmet"):
        assert PHRASED.sureness(replace(SIGNS, **{sign: 1.0})) < PHRASED.sureness(SIGNS)


def test_sureness_is_a_probability() -> None:
    none = Signs(0.0, 0.0, 0.0, 0.0, 0.0)
    assert Model(0.0, none).sureness(SIGNS) == 0.5
    for model in (PLAIN, PHRASED):
        assert 0.0 < model.sureness(SIGNS) < 1.0


def test_of_passages_as_alike_the_one_with_a_word_akin_is_chosen() -> None:
    alike = {"电路检修": 0.8, "钢琴": 0.8}
    assert (
        "电路检修"
        not in nearest(Words(alike, {("线路", "钢琴"): 0.9}), "线路老化").candidate.passage.key
    )
    found = nearest(Words(alike, {("线路", "电路"): 0.9}), "线路老化")
    assert "电路检修" in found.candidate.passage.key


def test_a_question_that_is_more_alike_without_a_word_is_in_doubt() -> None:
    class Dislikes(Words):
        def likeness(self, passages: Passages, question: str) -> Sequence[float]:
            less = 0.2 if "老化" in question else 0.0
            return [worth - less for worth in super().likeness(passages, question)]

    alike = {"电路检修": 0.9}
    assert nearest(Dislikes(alike, {}), "线路老化").signs.doubt > 0
    assert nearest(Words(alike, {}), "线路老化").signs.doubt == 0


def test_a_message_of_many_words_is_not_doubted_word_by_word_without_end() -> None:
    meaning = Words({"电路检修": 0.9}, {})
    nearest(meaning, "、".join(f"{digit}号线路老化松动" for digit in "甲乙丙丁戊己庚辛壬癸"))
    assert len(meaning.asked) <= 7


def test_where_a_program_is_named_meaning_is_not_asked() -> None:
    meaning = Words({"电路检修": 0.9}, {})
    finder = Finder(desk(), lexicon(), Judge(limits()), meaning)
    assert finder.by_meaning(desk().reader.read("蓝鲸计划的线路")) is None
    assert not meaning.asked
