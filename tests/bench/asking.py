"""One question answered, beside BM25 over words of jieba on the same sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import jieba
from rank_bm25 import BM25Okapi

from bot.knowledge_base import answerer_for
from knowledge.ask.reply import Context
from tests.bench.material import plan, questions
from tests.bench.table import Line, milliseconds, quantile, timed

_TODAY = dt.date(2024, 5, 24)


def lines() -> Iterator[Line]:
    """Measure each question once, after a few others have warmed both sides up."""
    warm, asked = questions()[:20], questions()[20:]
    answerer = answerer_for([plan()])
    clauses = [clause.text for clause in plan().clauses]
    jieba.initialize()
    make: Any = BM25Okapi
    ranking = make([jieba.lcut(clause) for clause in clauses])

    def ask(question: str) -> object:
        return answerer.answer(question, Context(), _TODAY)

    def rank(question: str) -> object:
        return ranking.get_top_n(jieba.lcut(question), clauses, n=3)

    for side in (ask, rank):
        timed(side, warm)
    ours, peer = timed(ask, asked), timed(rank, asked)
    yield Line(
        f"one of {len(asked)} questions answered, p50 / p99",
        milliseconds(ours),
        milliseconds(peer),
        quantile(ours, 0.5) / quantile(peer, 0.5),
        "ratio 1 at p50; rank_bm25 + jieba",
    )
