"""The words of a question that matter, and how much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.ask.desk import open_desk
from knowledge.ask.question import Term
from tests.ask.plans import desk, lexicon, palace


def terms(message: str) -> dict[str, Term]:
    return {term.text: term for term in desk().reader.read(message).terms}


def test_words_that_ask_point_or_join_are_no_terms() -> None:
    assert set(terms("请问一下消防演练都有哪些要求呢")) == {"消防", "演练"}
    assert terms("有什么") == {}


def test_each_word_is_a_term_once() -> None:
    found = [term.text for term in desk().reader.read("消防消防演练").terms]
    assert len(found) == len(set(found))


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    found = terms("检修和教师")
    assert found["检修"].weight > found["教师"].weight > 0


def test_a_number_is_vital_and_stands_for_no_other() -> None:
    (term,) = [term for term in terms("有600名营员吗").values() if term.text == "600"]
    assert term.vital
    assert [form for form, _ in term.forms] == ["600"]


def test_a_place_or_body_is_vital() -> None:
    assert terms("香港的演练")["香港"].vital
    assert terms("妇联的演练")["妇联"].vital
    assert not terms("电路检修")["检修"].vital


def test_a_date_is_one_term() -> None:
    assert "6月底" in terms("6月底要建好的教室")


def test_a_term_has_only_forms_the_plan_holds_its_own_word_first() -> None:
    for term in terms("检修娃娃老师上课的电路").values():
        for form, strength in term.forms:
            assert desk().evidences.texts.find(form), (term.text, form)
            assert 0 < strength <= 1
    form, strength = terms("检修")["检修"].forms[0]
    assert (form, strength) == ("检修", 1.0)


def test_a_word_no_plan_holds_has_no_form() -> None:
    assert terms("鲨鱼馆检修")["检修"].forms
    assert all(not term.forms for text, term in terms("鲨鱼").items())


def test_the_keepers_synonym_is_a_form() -> None:
    known = open_desk(replace(palace(), synonyms=(("洋琴", "钢琴"),)), lexicon())
    (term,) = known.reader.read("洋琴").terms
    assert "钢琴" in dict(term.forms)
    assert all("钢琴" not in dict(term.forms) for term in terms("洋琴").values())


@pytest.mark.parametrize(
    ("wrote", "meant"), [("消房演练", "消防"), ("天纹台改造", "天文台"), ("电路捡修", "检修")]
)
def test_a_misspelt_word_is_mended_and_told(wrote: str, meant: str) -> None:
    question = desk().reader.read(f"{wrote}什么时候完成")
    assert any(meant in item.meant for item in question.corrections)
    assert any(meant in term.text for term in question.terms)


@pytest.mark.parametrize("message", ["消防演练几次", "学校食堂在哪", "电影院几时开门"])
def test_dictionary_words_are_never_mended(message: str) -> None:
    assert desk().reader.read(message).corrections == ()
