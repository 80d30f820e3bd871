"""The general lexicon as it is loaded."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from knowledge.language.lexicon import Lexicon, load_lexicon, read_group, synonym_table


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_words_of_one_meaning_stand_for_each_other_both_ways() -> None:
    table = dict(synonym_table([read_group("营员 = 学员")]))
    assert [word for word, _ in table["营员"]] == ["学员"]
    assert [word for word, _ in table["学员"]] == ["营员"]


def test_what_people_say_stands_for_what_a_plan_writes_and_not_the_other_way() -> None:
    table = synonym_table([read_group("娃娃 > 儿童")])
    assert [word for word, _ in table["娃娃"]] == ["儿童"]
    assert "儿童" not in table


def test_the_same_is_surer_than_the_written_word_and_that_surer_than_a_near_one() -> None:
    table = synonym_table(
        [
            read_group("娃娃 = 小孩"),
            read_group("娃娃 > 儿童"),
            read_group("娃娃 ~ 未成年人"),
        ]
    )
    assert [word for word, _ in table["娃娃"]] == ["小孩", "儿童", "未成年人"]
    strengths = [strength for _, strength in table["娃娃"]]
    assert 1 > strengths[0] > strengths[1] > strengths[2] > 0


def test_of_two_strengths_the_higher_counts_and_no_word_stands_for_itself() -> None:
    table = synonym_table([read_group("娃娃 ~ 儿童"), read_group("娃娃 > 儿童, 娃娃")])
    once = synonym_table([read_group("娃娃 > 儿童")])
    assert table == once


def test_latin_words_are_looked_up_in_lower_case() -> None:
    assert "app" in synonym_table([read_group("APP > 平台")])


def test_every_strength_of_the_lexicon_lies_between_nothing_and_certainty(
    lexicon: Lexicon,
) -> None:
    assert lexicon.synonyms
    for word, others in lexicon.synonyms.items():
        assert others, word
        strengths = [strength for _, strength in others]
        assert all(0 < strength < 1 for strength in strengths), word
        assert strengths == sorted(strengths, reverse=True), word
        assert word not in dict(others)


def test_a_word_without_synonyms_has_none(lexicon: Lexicon) -> None:
    assert lexicon.expand("没有这个词的词") == ()


def test_words_that_exclude_each_other_do_so_both_ways(lexicon: Lexicon) -> None:
    assert lexicon.contrasts
    for word, others in lexicon.contrasts.items():
        assert word not in others
        assert all(word in lexicon.contrasts[other] for other in others)
    assert "下半年" in lexicon.contrasts["上半年"]


def test_every_attribute_can_be_asked_for_and_told(lexicon: Lexicon) -> None:
    names = [attribute.name for attribute in lexicon.attributes]
    assert len(names) == len(set(names))
    for attribute in lexicon.attributes:
        assert attribute.asked, attribute.name
        assert attribute.told_by, attribute.name


def test_question_words_are_read_as_they_are_asked(lexicon: Lexicon) -> None:
    patterns = dict(lexicon.questions.intents)
    for intent, said in [
        *[("when", "什么时候完成"), ("figure", "有多少"), ("who", "谁负责")],
        *[("where", "在第几条"), ("list", "有哪些"), ("yesno", "有没有")],
        *[("greeting", "你好"), ("thanks", "谢谢"), ("help", "你能做什么")],
        *[("explain", "为什么"), ("original", "原文"), ("more", "还有呢"), ("next", "下一条")],
    ]:
        assert patterns[intent].search(said), intent


def test_kinds_of_number_share_no_unit_with_money(lexicon: Lexicon) -> None:
    units = lexicon.questions.units
    for kind, members in units.items():
        if kind != "money":
            assert not members & units["money"], kind


def test_a_lexicon_can_be_read_from_another_folder(tmp_path: Path) -> None:
    with resources.as_file(resources.files("knowledge.language") / "data") as data:
        shutil.copytree(data, tmp_path / "data")
    for file in (tmp_path / "data" / "synonyms").iterdir():
        file.unlink()
    own = tmp_path / "data" / "synonyms" / "own.yaml"
    own.write_text("- 娃娃 > 儿童\n", encoding="utf-8")
    (tmp_path / "data" / "synonyms" / "notes.txt").write_text("not yaml: [", encoding="utf-8")
    lexicon = load_lexicon(tmp_path / "data")
    assert list(lexicon.synonyms) == ["娃娃"]
    assert [word for word, _ in lexicon.expand("娃娃")] == ["儿童"]
