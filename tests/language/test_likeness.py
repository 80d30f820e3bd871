"""How alike two spellings are: by sound, by shape, and never by digits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.likeness import align, substitution
from knowledge.language.shape import alike, components
from knowledge.language.sound import folded, is_han, syllable, syllables


def likeness(name: str, text: str) -> float:
    return align(name, (1.0,) * len(name), text).likeness


def test_the_same_character_costs_nothing() -> None:
    assert substitution("鲸", "鲸") == 0.0
    assert substitution("7", "7") == 0.0


def test_the_same_sound_is_nearer_than_a_like_sound_and_that_nearer_than_none() -> None:
    same = substitution("京", "鲸")
    near = substitution("金", "鲸")
    none = substitution("布", "鲸")
    assert 0 < same < near < none


def test_a_like_shape_is_nearer_than_none() -> None:
    assert substitution("官", "宫") < substitution("布", "宫")


def test_one_digit_is_never_taken_for_another() -> None:
    other = substitution("布", "宫")
    assert substitution("1", "2") > other
    assert substitution("一", "2") > other
    assert substitution("1", "二") > other


@pytest.mark.parametrize(
    ("name", "wrote"), [("新苗100", "新苗200"), ("100计划", "200计划"), ("8+4", "8+5")]
)
def test_a_name_with_another_number_is_another_name(name: str, wrote: str) -> None:
    assert likeness(name, wrote) < 0.5
    assert likeness(name, wrote) < likeness(name, name) == 1.0


def test_a_digit_left_out_makes_another_name() -> None:
    assert likeness("新苗100", "新苗10") < 0.5


def test_a_name_is_found_where_it_stands_in_the_text() -> None:
    found = align("云雀", (1.0, 1.0), "请问云雀是什么")
    assert found.likeness == 1.0
    assert (found.start, found.end) == (2, 4)


def test_a_misspelt_name_is_found_where_it_stands() -> None:
    found = align("云雀计划", (1.0,) * 4, "请问云却计划几时完成")
    assert "请问云却计划几时完成"[found.start : found.end] == "云却计划"
    assert found.likeness > 0.8


def test_a_character_that_weighs_little_costs_little() -> None:
    assert (
        align("云雀计划", (1.0, 1.0, 0.3, 0.3), "云雀").likeness
        > align("云雀计划", (1.0,) * 4, "云雀").likeness
    )


@given(
    st.text("云雀计划京鲸12ab", min_size=1, max_size=6), st.text("云雀计划京鲸12ab", max_size=8)
)
@settings(max_examples=300, deadline=None)
def test_likeness_is_between_nothing_and_all_and_the_place_lies_in_the_text(
    name: str, text: str
) -> None:
    found = align(name, (1.0,) * len(name), text)
    assert 0.0 <= found.likeness <= 1.0
    assert 0 <= found.start <= found.end <= len(text)
    assert likeness(name, f"请{name}问") == 1.0


def test_sounds_that_southern_ears_take_for_one_are_one() -> None:
    for pair in ("张脏", "吃次", "师思", "蓝南", "零林", "风分", "黄环", "绿怒"):
        assert folded(syllable(pair[0])) == folded(syllable(pair[1])), pair


def test_sounds_that_differ_otherwise_stay_apart() -> None:
    assert folded("ba") != folded("pa")
    assert folded("lan") != folded("lin")


def test_a_syllable_is_the_toneless_sound_and_other_characters_are_themselves() -> None:
    assert syllable("鲸") == "jing"
    assert syllable("a") == "a"
    assert syllables("云雀3") == ("yun", "que", "3")


def test_han_characters_are_told_from_others() -> None:
    assert all(map(is_han, "云㐀龥"))
    assert not any(map(is_han, "a1,。あ"))


def test_characters_of_one_component_look_alike_and_others_do_not() -> None:
    assert alike("官", "宫")
    assert alike("鲸", "鲸")
    assert not alike("鲸", "布")
    assert "京" in components("鲸")
