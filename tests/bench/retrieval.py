"""Retrieval from collections of growing size, beside bm25s and tantivy."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import bm25s
import tantivy

from knowledge.ask.index import Index
from knowledge.language.script import fold, key
from knowledge.language.words import Words
from tests.bench.material import plan, questions
from tests.bench.table import Line, milliseconds, quantile, timed

_SIZES = (1_000, 10_000, 100_000)
_BEST = 10
Terms = list[str]
Search = Callable[[Terms], object]


def lines() -> Iterator[Line]:
    """Measure every question against each collection, with the same words on all sides."""
    words = Words(key(fold(program.name)) for program in plan().programs)
    queries = [words.cut(key(fold(question))) for question in questions()]
    texts = [words.cut(key(fold(clause.text))) for clause in plan().clauses]
    vocabulary = [word for word, _ in words.common(50, 4) if len(word) > 1]
    first: dict[str, float] = {}
    for size in _SIZES:
        documents = replicated(texts, vocabulary, size)
        ours = _measured(_index(documents), queries)
        for name, make in (("bm25s", _bm25s), ("tantivy", _tantivy)):
            peer = _measured(make(documents), queries)
            yield Line(
                f"{_BEST} best of {size:,} sentences, p50 / p99",
                milliseconds(ours),
                milliseconds(peer),
                quantile(ours, 0.5) / quantile(peer, 0.5),
                f"p99 under 20 ms; {name}",
            )
            _note(first, name, quantile(peer, 0.5))
            if size == _SIZES[-1]:
                last = quantile(peer, 0.5) / first[name]
                _note(first, "ours", quantile(ours, 0.5))
                grown = quantile(ours, 0.5) / first["ours"]
                yield Line(
                    f"growth of p50 over {size // _SIZES[0]} times the sentences",
                    f"{grown:.1f} times",
                    f"{last:.1f} times",
                    grown / last,
                    f"less than {size // _SIZES[0]}; {name}",
                )
        _note(first, "ours", quantile(ours, 0.5))


def replicated(texts: Sequence[Terms], vocabulary: Sequence[str], size: int) -> list[Terms]:
    """Return `texts`, and as many copies of them with other words as make `size` documents.

    In a copy each word is another one with a chance of two thirds, half of the others from a
    language's common words and half from the texts themselves, so that common terms stay common.
    """
    mixed = random.Random(size)  # noqa: S311 - the same collection in every run
    own = [word for text in texts for word in text]
    documents = list(texts)
    while len(documents) < size:
        text = texts[len(documents) % len(texts)]
        documents.append(
            [
                word
                if mixed.random() < 1 / 3
                else mixed.choice(vocabulary if mixed.random() < 1 / 2 else own)
                for word in text
            ]
        )
    return documents[:size]


def _note(first: dict[str, float], name: str, value: float) -> None:
    first.setdefault(name, value)


def _measured(search: Search, queries: Sequence[Terms]) -> list[float]:
    timed(search, queries[:20])
    return timed(search, queries[20:])


def _index(documents: Sequence[Terms]) -> Search:
    index = Index(documents)
    return lambda query: index.search(dict.fromkeys(query, 1.0), _BEST)


def _bm25s(documents: Sequence[Terms]) -> Search:
    make: Any = bm25s.BM25
    ranking = make()
    ranking.index(list(documents), show_progress=False)
    known = set(ranking.vocab_dict)

    def search(query: Terms) -> object:
        terms = [word for word in query if word in known]
        return ranking.retrieve([terms], k=_BEST, show_progress=False) if terms else None

    return search


def _tantivy(documents: Sequence[Terms]) -> Search:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(50_000_000, 1)
    for document in documents:
        writer.add_document(tantivy.Document(text=" ".join(document)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: Terms) -> object:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", word))
            for word in dict.fromkeys(query)
        ]
        return searcher.search(tantivy.Query.boolean_query(terms), _BEST)

    return search
