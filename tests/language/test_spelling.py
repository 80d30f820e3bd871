"""Slips of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.spelling import Speller

KNOWN = ["消防", "演练", "营员", "天文台", "钢琴", "少年宫", "课程", "注册用户"]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller([*KNOWN, "3月", "kpi", "a级"])


@pytest.mark.parametrize(
    ("wrote", "meant"),
    [
        ("消房", "消防"),
        ("营圆", "营员"),
        ("刚琴", "钢琴"),
        ("客程", "课程"),
        ("天纹台", "天文台"),
        ("注册用护", "注册用户"),
    ],
)
def test_a_character_that_sounds_alike_is_mended(speller: Speller, wrote: str, meant: str) -> None:
    assert speller.mend(wrote) == meant


@pytest.mark.parametrize(("wrote", "meant"), [("少年官", "少年宫"), ("演炼", "演练")])
def test_a_character_that_looks_alike_is_mended(speller: Speller, wrote: str, meant: str) -> None:
    assert speller.mend(wrote) == meant


def test_a_word_whose_every_syllable_is_right_is_mended(speller: Speller) -> None:
    assert speller.mend("天闻胎") == "天文台"


@pytest.mark.parametrize("word", KNOWN)
def test_a_known_word_is_left_alone(speller: Speller, word: str) -> None:
    assert word in speller
    assert speller.mend(word) is None


@pytest.mark.parametrize("word", ["抹布", "足球场", "食堂", "消息", "天文馆"])
def test_a_word_unlike_every_known_one_is_left_alone(speller: Speller, word: str) -> None:
    assert speller.mend(word) is None


@pytest.mark.parametrize("word", ["3月", "4月", "kpj", "b级", "12", "课1", ""])
def test_digits_and_letters_are_never_mended(speller: Speller, word: str) -> None:
    assert speller.mend(word) is None


def test_of_words_equally_near_the_first_given_wins() -> None:
    assert Speller(["期终", "期中"]).mend("期忠") == "期终"
    assert Speller(["期中", "期终"]).mend("期忠") == "期中"


@given(st.text("消防房演练营员圆天文台钢琴刚12a", max_size=6))
@settings(max_examples=300, deadline=None)
def test_whatever_is_mended_becomes_a_known_word_of_the_same_length(wrote: str) -> None:
    speller = Speller(KNOWN)
    meant = speller.mend(wrote)
    assert meant is None or (meant in speller and len(meant) == len(wrote) and meant != wrote)
