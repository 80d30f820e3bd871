"""Phrases of the lexicon whose words stand apart."""

from __future__ import annotations

from knowledge.ask.reading.phrases import Phrases
from knowledge.language.words import Words
from tests.ask.plans import lexicon


def phrases() -> Phrases:
    said = {
        "电梯坏了": (("设备故障", 0.9),),
        "学生家长": (("监护人", 0.9),),
        "学生": (("青少年", 0.9),),
    }
    return Phrases(said, Words(), lexicon().questions)


def forms(*words: str) -> dict[str, float]:
    return {form: share for item in phrases().said_in(words) for form, share in item.forms}


def test_a_phrase_is_found_in_any_order_and_among_other_words() -> None:
    assert "监护人" in forms("学生", "家长")
    assert "监护人" in forms("家长", "会议", "学生")


def test_a_phrase_of_which_a_word_is_missing_is_not_found() -> None:
    assert forms("家长") == {}
    assert forms("学生") == {}


def test_words_that_stand_apart_are_less_sure_than_the_phrase_itself() -> None:
    assert 0 < forms("学生", "家长")["监护人"] < 0.9


def test_nothing_is_found_in_nothing() -> None:
    assert forms() == {}
