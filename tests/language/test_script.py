"""Folding: one spelling for one meaning."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.script import fold, key, to_simplified, visible


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ＡＢＣ１２３％", "abc123%"),
        ("①②", "12"),
        ("ﬁle", "file"),
        ("ABC", "abc"),
    ],
)
def test_full_width_letters_ligatures_and_circled_digits_are_plain_ones(
    typed: str, read: str
) -> None:
    assert fold(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("藍鯨計劃什麼時候完成", "蓝鲸计划什么时候完成"),
        ("裏面", "里面"),
        ("裡面", "里面"),
        ("臺灣", "台湾"),
        ("為什麼", "为什么"),
    ],
)
def test_traditional_characters_are_read_as_simplified_ones(typed: str, read: str) -> None:
    assert fold(typed) == read


def test_simplified_text_comes_back_as_it_is() -> None:
    assert to_simplified("蓝鲸计划什么时候完成") == "蓝鲸计划什么时候完成"


@pytest.mark.parametrize("char", "嗰喎搵喺哋嘢咗冇睇")
def test_cantonese_characters_survive_the_conversion(char: str) -> None:
    assert fold(char) == char


@pytest.mark.parametrize(
    "invisible",
    ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\ufe0f", "\x00", "\x7f", "\ue123"],
)
def test_invisible_characters_are_dropped(invisible: str) -> None:
    assert fold(f"蓝{invisible}鲸{invisible}") == "蓝鲸"
    assert fold(f"a{invisible}b") == "ab"


@pytest.mark.parametrize("emoji", ["😀", "👍🏽", "👨\u200d👩\u200d👧", "❤\ufe0f", "🇨🇳"])
def test_emoji_are_dropped(emoji: str) -> None:
    assert fold(f"{emoji}蓝鲸{emoji}计划{emoji}") == "蓝鲸计划"
    assert fold(emoji) == ""


@pytest.mark.parametrize("code", [0xD800, 0xD83D, 0xDFFF])
def test_lone_surrogates_are_dropped(code: int) -> None:
    lone = chr(code)
    assert fold(f"蓝{lone}鲸") == "蓝鲸"
    assert fold(f"{lone}ab") == "ab"
    assert fold(lone) == ""


def test_white_space_of_any_kind_and_length_is_one_space() -> None:
    assert fold(" 蓝鲸\u3000\u3000计划\t\n目标\r\n") == "蓝鲸 计划 目标"


def test_visible_keeps_letters_and_the_places_of_spaces() -> None:
    assert visible("a\tb\u200bc\n") == "a bc "


def test_a_key_holds_letters_digits_and_the_signs_that_change_a_name() -> None:
    assert key("“晨光·8+4”制度, 90%!") == "晨光8+4制度90%"
    assert key("?!。、") == ""


# What people type: Han characters of either script, ASCII, full-width forms and emoji.
typed = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(max_codepoint=0x7E),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E),
        st.sampled_from("😀👍\u200b\ufeff\ud800①《》“”、。…"),
    ),
    max_size=30,
)


@given(typed)
@settings(max_examples=300, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(exclude_categories=[]), max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_folds_to_one_line_that_can_be_encoded(text: str) -> None:
    folded = fold(text)
    assert folded.encode("utf-8").decode("utf-8") == folded
    assert len(folded.splitlines()) <= 1
    assert folded == folded.strip()


@given(typed)
@settings(max_examples=200, deadline=None)
def test_invisible_characters_change_nothing_wherever_they_stand(text: str) -> None:
    assert fold("\u200b".join(text)) == fold("\ufeff".join(text))
    assert fold(f"\u200b{text}\u200d") == fold(text)
