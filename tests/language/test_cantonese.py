"""Cantonese questions in standard written Chinese."""

from __future__ import annotations

import pytest

from knowledge.language.cantonese import CantoneseReader
from knowledge.language.lexicon import Cantonese, load_lexicon
from knowledge.language.script import fold


@pytest.fixture(scope="module")
def reader() -> CantoneseReader:
    return CantoneseReader(load_lexicon().cantonese)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("藍鯨計劃係咩", "蓝鲸计划是什么"),
        ("開咗幾多門課程", "开了多少门课程"),
        ("幾時完成", "什么时候完成"),
        ("邊個負責", "哪个负责"),
        ("喺邊度舉辦", "在哪里举办"),
        ("點樣報名", "怎么报名"),
        ("係唔係有演練", "是不是有演练"),
        ("有冇夏令營", "有没有夏令营"),
        ("點解要改造", "为什么要改造"),
    ],
)
def test_cantonese_is_read_as_standard_chinese(
    reader: CantoneseReader, said: str, read: str
) -> None:
    assert reader.read(fold(said)) == read


@pytest.mark.parametrize(
    "text",
    [
        "重点工作有哪些",
        "系统建设什么时候完成",
        "联系方式是什么",
        "教育系列活动有哪些",
        "关系到哪些部门",
        "观点是什么",
        "体系建设的重点",
        "点报名",
    ],
)
def test_a_sentence_without_a_mark_of_cantonese_is_left_alone(
    reader: CantoneseReader, text: str
) -> None:
    assert reader.read(text) == text


@pytest.mark.parametrize("word", ["重点", "系统", "联系", "关系", "体系", "系列", "院系", "直系"])
def test_words_with_a_cantonese_character_stay_whole_in_a_cantonese_sentence(
    reader: CantoneseReader, word: str
) -> None:
    assert word in reader.read(f"{word}嘅内容系咩")


def test_the_copula_is_read_where_it_is_one_and_left_where_it_is_not() -> None:
    words = Cantonese(
        marks=("嘅",),
        words=(("嘅", "的"),),
        verbs=("办",),
        copula_not_after="联",
        copula_not_before="统",
    )
    reader = CantoneseReader(words)
    assert reader.read("呢个系我嘅") == "呢个是我的"
    assert reader.read("联系系统系我嘅") == "联系系统是我的"


def test_how_is_read_only_before_a_verb_of_the_list() -> None:
    words = Cantonese(
        marks=("嘅",), words=(), verbs=("办",), copula_not_after="", copula_not_before=""
    )
    reader = CantoneseReader(words)
    assert reader.read("点办嘅") == "怎么办嘅"
    assert reader.read("重点嘅") == "重点嘅"


def test_the_rules_run_in_the_order_of_the_list() -> None:
    words = Cantonese(
        marks=("几多",),
        words=(("几多人", "多少人"), ("几多", "多少")),
        verbs=(),
        copula_not_after="",
        copula_not_before="",
    )
    assert CantoneseReader(words).read("几多人去几多次") == "多少人去多少次"
