"""An inverted index over short texts, ranked by BM25, with exact substring search.

BM25 after Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with Lucene's
non-negative idf. Sentences want little length penalty and little credit for repetition, hence the
low `K1` and `B`. Rare terms are read first; once enough documents are in play, a common term only
adds to those (the "continue" strategy of Moffat and Zobel, 1996), so that a query over a large
collection does not walk the longest posting lists.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

K1 = 0.4
B = 0.2
_NUMBER = re.compile(r"\d+(?:\.\d+)?[万亿千百]?%?")
_LONG_POSTING = 4_000
_ENOUGH_CANDIDATES = 500


class Index:
    """Postings of terms over documents given as bags of terms.

    Example:
        >>> index = Index([["red", "apple"], ["green", "apple"]])
        >>> index.search({"red": 1.0, "apple": 1.0}, 2)[0][0]
        0
    """

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        """Index `documents`, each a sequence of terms; a document's number is its position."""
        self._postings: dict[str, dict[int, float]] = {}
        lengths = [len(document) for document in documents]
        mean = sum(lengths) / len(lengths) if lengths and sum(lengths) else 1.0
        for number, document in enumerate(documents):
            norm = K1 * (1 - B + B * lengths[number] / mean)
            for term, count in Counter(document).items():
                impact = count * (K1 + 1) / (count + norm)
                self._postings.setdefault(term, {})[number] = impact
        self.size = len(documents)

    def __contains__(self, term: str) -> bool:
        """Tell whether any document holds `term`."""
        return term in self._postings

    def postings(self, term: str) -> Mapping[int, float]:
        """Return the documents that hold `term`, each with the term's saturated frequency."""
        return self._postings.get(term, {})

    def idf(self, term: str) -> float:
        """Return the inverse document frequency of `term`, never negative."""
        frequency = len(self._postings.get(term, ()))
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def search(self, query: Mapping[str, float], k: int) -> list[tuple[int, float]]:
        """Return the `k` best documents for weighted terms, as (number, score), best first.

        Equal scores keep document order.
        """
        known = [(term, weight) for term, weight in query.items() if term in self._postings]
        known.sort(key=lambda item: len(self._postings[item[0]]))
        scores: dict[int, float] = {}
        for term, weight in known:
            gain = weight * self.idf(term)
            postings = self._postings[term]
            if len(postings) > _LONG_POSTING and len(scores) >= _ENOUGH_CANDIDATES:
                for number in scores:
                    if number in postings:
                        scores[number] += gain * postings[number]
                continue
            for number, impact in postings.items():
                scores[number] = scores.get(number, 0.0) + gain * impact
        return heapq.nsmallest(k, scores.items(), key=lambda item: (-item[1], item[0]))


class SubstringIndex:
    """Finds the documents that hold a string exactly, by the pairs of characters in it."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index `texts`; a text's number is its position."""
        self._texts = texts
        self._grams: dict[str, set[int]] = {}
        self._found: dict[str, frozenset[int]] = {}
        for number, text in enumerate(texts):
            for at, char in enumerate(text):
                self._grams.setdefault(char, set()).add(number)
                if at:
                    self._grams.setdefault(text[at - 1 : at + 1], set()).add(number)

    def text(self, number: int) -> str:
        """Return the text with this number."""
        return self._texts[number]

    def find(self, needle: str) -> frozenset[int]:
        """Return the numbers of the texts that hold `needle`."""
        known = self._found.get(needle)
        if known is not None:
            return known
        found = self._scan(needle)
        if len(self._found) < 50_000:
            self._found[needle] = found
        return found

    def _scan(self, needle: str) -> frozenset[int]:
        if not needle:
            return frozenset()
        if len(needle) <= 2:
            return frozenset(self._grams.get(needle, ()))
        pairs = [self._grams.get(needle[i : i + 2]) for i in range(len(needle) - 1)]
        sets = [pair for pair in pairs if pair is not None]
        if len(sets) < len(pairs):
            return frozenset()
        sets.sort(key=len)
        candidates = set(sets[0]).intersection(*sets[1:])
        return frozenset(number for number in candidates if needle in self._texts[number])


class WordIndex(SubstringIndex):
    """Finds strings exactly, and a number only where no digit runs on from it."""

    def _scan(self, needle: str) -> frozenset[int]:
        found = super()._scan(needle)
        if not _NUMBER.fullmatch(needle):
            return found
        alone = re.compile(rf"(?<![\d.]){re.escape(needle)}(?![\d.]*\d)")
        return frozenset(number for number in found if alone.search(self.text(number)))
