"""Cutting text into words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.words import Words, bigrams

WORDS = Words(["云雀飞计划"])


def test_a_name_is_one_word_and_only_where_it_was_given() -> None:
    assert WORDS.cut("云雀飞计划目标") == ["云雀飞计划", "目标"]
    assert "云雀飞计划" not in Words().cut("云雀飞计划目标")
    assert "云雀飞计划" not in WORDS.plain("云雀飞计划目标")


def test_added_words_are_found_and_common_words_stay() -> None:
    words = Words()
    assert "夜莺角" not in words.cut("开设夜莺角活动")
    words.add(["夜莺角"], 20_000)
    assert words.cut("开设夜莺角活动") == ["开设", "夜莺角", "活动"]


def test_words_given_to_one_segmenter_are_unknown_to_another() -> None:
    one = Words()
    one.add(["夜莺角"], 20_000)
    assert "夜莺角" not in Words().cut("开设夜莺角活动")


def test_a_common_word_has_a_frequency_and_a_part_of_speech_and_a_name_has_none() -> None:
    assert WORDS.frequency("学校") > 0
    assert WORDS.tag("学校") == "n"
    assert WORDS.frequency("云雀飞计划") == 0
    assert WORDS.tag("云雀飞计划") == ""


def test_common_words_are_as_frequent_and_as_short_as_asked() -> None:
    found = list(WORDS.common(5_000, 2))
    assert found
    assert all(count >= 5_000 and len(word) <= 2 for word, count in found)


def test_pairs_overlap() -> None:
    assert bigrams("云雀飞") == ["云雀", "雀飞"]
    assert bigrams("云") == []
    assert bigrams("") == []


@given(st.text("云雀飞计划目标工作2031年kpi,。 ", max_size=30))
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_in_cutting(text: str) -> None:
    assert "".join(WORDS.cut(text)) == text
    assert "".join(WORDS.plain(text)) == text
