"""Typed pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.pinyin import PinyinReader

WEIGHTS = {
    "云雀计划": 1e-2,
    "云雀": 1e-3,
    "计划": 1e-3,
    "集化": 1e-6,
    "目标": 1e-3,
    "木": 1e-6,
    "标": 1e-6,
    "是什么": 1e-2,
    "西安": 1e-3,
    "先": 1e-5,
    "绿色": 1e-3,
    "ABC": 1e-3,
}


@pytest.fixture(scope="module")
def reader() -> PinyinReader:
    return PinyinReader(lambda: WEIGHTS, ["kpi", "xian"])


@pytest.mark.parametrize(
    "typed", ["yunquejihua", "yunque jihua", "yun que ji hua", "yun  que jihua", "yun'que'ji'hua"]
)
def test_a_name_is_read_typed_whole_with_spaces_or_apostrophes(
    reader: PinyinReader, typed: str
) -> None:
    assert reader.read(typed) == "云雀计划"


def test_a_whole_question_is_read(reader: PinyinReader) -> None:
    assert reader.read("yunque jihua mubiao shishenme") == "云雀计划目标是什么"


@pytest.mark.parametrize("typed", ["shui", "shei"])
def test_who_is_read_however_it_is_said(typed: str) -> None:
    assert PinyinReader(lambda: {"谁": 1e-3}, ()).read(typed) == "谁"


def test_the_likelier_of_two_readings_wins(reader: PinyinReader) -> None:
    assert reader.read("jihua") == "计划"
    assert reader.read("mubiao") == "目标"


def test_pinyin_between_chinese_and_digits_is_read_where_it_stands(reader: PinyinReader) -> None:
    assert reader.read("云雀jihua的mubiao") == "云雀计划的目标"
    assert reader.read("2031 jihua 3") == "2031 计划 3"


def test_english_among_pinyin_stays_and_the_rest_is_read(reader: PinyinReader) -> None:
    assert reader.read("jihua deadline mubiao") == "计划 deadline 目标"


@pytest.mark.parametrize("text", ["hello world", "app", "ok", "蓝色", "12", "", "x"])
def test_what_spells_nothing_stays_as_it_is(reader: PinyinReader, text: str) -> None:
    assert reader.read(text) == text


def test_latin_names_are_kept_even_where_they_spell_something(reader: PinyinReader) -> None:
    assert reader.read("kpi") == "kpi"
    assert reader.read("xian") == "xian"


def test_v_is_typed_for_the_umlaut(reader: PinyinReader) -> None:
    assert reader.read("lvse") == "绿色"


def test_a_run_of_letters_too_long_to_be_a_question_is_left_alone(reader: PinyinReader) -> None:
    long = "jihua" * 60
    assert reader.read(long) == long


def test_the_dictionary_is_built_only_when_pinyin_is_typed() -> None:
    built: list[int] = []

    def weights() -> dict[str, float]:
        built.append(1)
        return WEIGHTS

    reader = PinyinReader(weights, ())
    reader.read("云雀计划是什么")
    assert not built
    reader.read("jihua")
    reader.read("mubiao")
    assert built == [1]


@given(st.text("abhijmnqu' 云2", max_size=24))
@settings(max_examples=200, deadline=None)
def test_what_is_not_a_letter_is_never_touched(text: str) -> None:
    read = PinyinReader(lambda: WEIGHTS, ()).read(text)
    assert [char for char in read if char == "2"] == [char for char in text if char == "2"]
    assert read.count("云") >= text.count("云")
