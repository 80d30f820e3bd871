"""Finding documents: BM25 against its definition and another implementation, and substrings."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from knowledge.ask.index import K1, B, Index, SubstringIndex

VOCABULARY = ["书", "屋", "营", "员", "课", "程"]
documents = st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=8), min_size=1, max_size=12)
filled = st.lists(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8), min_size=1, max_size=12
)
queries = st.dictionaries(
    st.sampled_from([*VOCABULARY, "无"]), st.floats(0.1, 2.0), min_size=1, max_size=4
)


def brute_force(texts: Sequence[Sequence[str]], query: Mapping[str, float]) -> dict[int, float]:
    """Score every document that holds a term of the query, straight from BM25's definition."""
    size = len(texts)
    mean = sum(map(len, texts)) / size or 1.0
    scores: dict[int, float] = {}
    for number, text in enumerate(texts):
        counts = Counter(text)
        for term, weight in query.items():
            if not counts[term]:
                continue
            holding = sum(term in other for other in texts)
            idf = math.log(1 + (size - holding + 0.5) / (holding + 0.5))
            norm = K1 * (1 - B + B * len(text) / mean)
            gain = weight * idf * counts[term] * (K1 + 1) / (counts[term] + norm)
            scores[number] = scores.get(number, 0.0) + gain
    return scores


def assert_ranked_by(
    found: Sequence[tuple[int, float]], scores: Mapping[int, float], k: int
) -> None:
    assert len(found) == min(k, len(scores))
    for number, score in found:
        assert score == pytest.approx(scores[number])
    ranked = [score for _, score in found]
    assert ranked == sorted(ranked, reverse=True)
    left = [score for number, score in scores.items() if number not in dict(found)]
    assert not left or not found or max(left) <= ranked[-1] + 1e-9


@given(documents, queries, st.integers(1, 14))
@settings(max_examples=300, deadline=None)
def test_the_best_documents_are_those_of_a_brute_force_search(
    texts: list[list[str]], query: dict[str, float], k: int
) -> None:
    assert_ranked_by(Index(texts).search(query, k), brute_force(texts, query), k)


class Okapi(BM25Okapi):
    """rank_bm25 with the idf that is never negative."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, holding in nd.items():
            self.idf[term] = math.log(1 + (self.corpus_size - holding + 0.5) / (holding + 0.5))


# Its constructor has no types.
OKAPI: Any = Okapi


@given(filled, st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4, unique=True))
@settings(max_examples=200, deadline=None)
def test_the_ranking_is_that_of_rank_bm25(texts: list[list[str]], query: list[str]) -> None:
    other: Any = OKAPI(texts, k1=K1, b=B)
    scores = {
        number: float(score)
        for number, score in enumerate(other.get_scores(query))
        if set(query) & set(texts[number])
    }
    assert_ranked_by(Index(texts).search(dict.fromkeys(query, 1.0), 20), scores, 20)


def test_equal_documents_keep_their_order() -> None:
    index = Index([["书"], ["课", "课"], ["书"], ["书"]])
    assert [number for number, _ in index.search({"书": 1.0}, 3)] == [0, 2, 3]


def test_the_rarer_word_tells_more() -> None:
    index = Index([["书", "课"], ["书", "营"], ["书", "员"]])
    assert index.idf("课") > index.idf("书") >= 0
    assert index.search({"书": 1.0, "营": 1.0}, 1)[0][0] == 1


def test_a_heavier_word_counts_more() -> None:
    index = Index([["课"], ["营"]])
    assert index.search({"课": 1.0, "营": 3.0}, 1)[0][0] == 1
    assert index.search({"课": 3.0, "营": 1.0}, 1)[0][0] == 0


def test_unknown_words_find_nothing() -> None:
    index = Index([["书"]])
    assert "书" in index
    assert "无" not in index
    assert index.search({"无": 1.0}, 5) == []
    assert index.postings("无") == {}


def test_an_empty_collection_finds_nothing() -> None:
    assert Index([]).search({"书": 1.0}, 5) == []
    assert Index([[]]).search({"书": 1.0}, 5) == []


def test_in_a_large_collection_a_common_word_still_counts_for_what_holds_the_rare_one() -> None:
    texts = [["书", "屋" if number % 7 == 0 else "员"] for number in range(4_900)]
    texts += [["屋", "员"]] * 100
    found = Index(texts).search({"书": 1.0, "屋": 1.0}, 700)
    assert all(texts[number] == ["书", "屋"] for number, _ in found)


letters = st.text("书屋营a1", max_size=12)


@given(st.lists(letters, max_size=8), st.text("书屋营a1", min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_a_substring_is_found_in_just_the_texts_that_hold_it(
    texts: list[str], needle: str
) -> None:
    index = SubstringIndex(texts)
    held = frozenset(number for number, text in enumerate(texts) if needle in text)
    assert index.find(needle) == held
    assert index.find(needle) == held
    assert all(needle in index.text(number) for number in held)


def test_an_empty_string_is_found_nowhere() -> None:
    assert SubstringIndex(["书屋"]).find("") == frozenset()
