"""How well a passage covers a question, and how sure an answer must be."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ask.evidence import Candidate
from knowledge.ask.limits import load_limits
from knowledge.ask.passages import split_phrases
from knowledge.ask.question import Term
from knowledge.plan.model import Span
from tests.ask.plans import PALACE, desk


def term(text: str, weight: float = 1.0) -> Term:
    return Term(text, weight, ((text, 1.0),))


def best(*terms: Term) -> Candidate:
    return desk().evidences.candidates(terms)[0]


def test_a_passage_that_holds_every_word_is_covered_whole_and_comes_first() -> None:
    found = best(term("电路"), term("检修"))
    assert found.coverage == 1.0
    assert found.missing == ()
    assert "电路检修" in found.passage.key


def test_a_missing_word_lowers_the_coverage_by_its_weight_and_is_named() -> None:
    absent = Term("鲨鱼", 1.0, ())
    light = best(term("电路", 3.0), absent)
    heavy = best(term("电路", 0.5), absent)
    assert 0 < heavy.coverage < light.coverage < 1
    assert [item.text for item in light.missing] == ["鲨鱼"]


def test_a_weaker_form_covers_less() -> None:
    whole = best(term("检修"))
    weak = best(Term("修理", 1.0, (("检修", 0.6),)))
    assert weak.passage == whole.passage
    assert 0 < weak.coverage < whole.coverage


def test_a_word_of_the_heading_covers_less_than_one_of_the_passage_itself() -> None:
    inside = desk().evidences.candidates([term("电路"), term("检修")])[0]
    headed = desk().evidences.candidates([term("电路"), term("安全")])
    same = next(item for item in headed if item.passage == inside.passage)
    assert 0 < same.coverage < inside.coverage


def test_a_vital_word_that_is_missing_makes_a_passage_about_something_else() -> None:
    assert best(term("电路"), replace(Term("妇联", 0.1, ()), vital=True)).about_other
    assert not best(term("电路"), Term("妇联", 0.1, ())).about_other


def test_a_word_that_excludes_the_one_asked_makes_a_passage_about_something_else() -> None:
    asked = Term("中学生", 1.0, (), others=frozenset({"小学生"}))
    found = next(
        item
        for item in desk().evidences.candidates([term("观星"), asked])
        if "小学生" in item.passage.key
    )
    assert found.about_other


def test_nothing_asked_finds_nothing() -> None:
    assert desk().evidences.candidates([]) == []
    assert desk().evidences.candidates([Term("鲨鱼", 1.0, ())]) == []


def test_rarity_is_highest_for_what_no_passage_holds() -> None:
    evidences = desk().evidences
    assert 0 <= evidences.rarity(["教师"]) < evidences.rarity(["检修"]) < evidences.rarity([])
    assert evidences.rarity([]) <= 1.0


words = st.sampled_from(["教师", "检修", "演练", "教室", "营员", "鲨鱼", "平台"])


@given(st.lists(st.tuples(words, st.floats(0.05, 1.2)), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_coverage_lies_between_nothing_and_all_and_the_best_comes_first(
    asked: list[tuple[str, float]],
) -> None:
    found = desk().evidences.candidates([term(text, weight) for text, weight in asked])
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= item.coverage <= 1 + 1e-9 for item in found)


def test_limits_are_shares_of_a_question() -> None:
    limits = load_limits()
    assert 0 < limits.floor <= 1
    assert 0 <= limits.slack < limits.floor


def test_a_passage_is_an_exact_span_of_the_source_with_its_phrases() -> None:
    passages = desk().passages
    for passage in passages.passages:
        phrases = [passages.phrases[at].span for at in passage.phrases]
        assert phrases[0].start == passage.span.start
        assert phrases[-1].end == passage.span.end
        assert all(a.end == b.start for a, b in itertools.pairwise(phrases))
        assert passages.at(passage.span.start) == passage
    assert passages.at(0) is None
    assert passages.at(len(PALACE) + 5) is None


def test_commas_in_numbers_quotes_and_brackets_cut_nothing() -> None:
    text = "招收12,000名营员(含走读,寄宿),设“山,海”两组;年底结束"
    pieces = split_phrases(text, Span(0, len(text)))
    assert [text[piece.start : piece.end] for piece in pieces] == [
        "招收12,000名营员(含走读,寄宿),",
        "设“山,海”两组;",
        "年底结束",
    ]
