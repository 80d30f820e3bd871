"""One question answered, beside BM25 over words of jieba on the same sentences."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jieba
from rank_bm25 import BM25Okapi

from bot.knowledge_base import answerer_for
from bot.meaning import BackgroundMeaning
from knowledge.ask.answer import Answerer
from knowledge.ask.meaning.embedding import is_installed
from knowledge.ask.reply import Context
from tests.bench.material import plan, questions
from tests.bench.table import Line, milliseconds, quantile, timed

_TODAY = dt.date(2024, 5, 24)


def lines() -> Iterator[Line]:
    """Measure each question once, after a few others have warmed both sides up."""
    warm, asked = questions()[:20], questions()[20:]
    clauses = [clause.text for clause in plan().clauses]
    jieba.initialize()
    make: Any = BM25Okapi
    ranking = make([jieba.lcut(clause) for clause in clauses])

    def rank(question: str) -> object:
        return ranking.get_top_n(jieba.lcut(question), clauses, n=3)

    timed(rank, warm)
    peer = timed(rank, asked)
    with tempfile.TemporaryDirectory() as folder:
        for name, meaning in _meanings(Path(folder)).items():
            answerer = answerer_for([plan()], meaning)

            def ask(question: str, answerer: Answerer = answerer) -> object:
                return answerer.answer(question, Context(), _TODAY)

            if meaning is not None:
                meaning.likeness(answerer.passages[0], warm[0])
            timed(ask, warm)
            ours = timed(ask, asked)
            yield Line(
                f"one of {len(asked)} questions answered{name}",
                milliseconds(ours),
                milliseconds(peer),
                quantile(ours, 0.5) / quantile(peer, 0.5),
                "p50 / p99; rank_bm25 + jieba",
            )


def _meanings(folder: Path) -> dict[str, BackgroundMeaning | None]:
    """Return the ways to answer: by keywords, and with the ranking by meaning too."""
    ways: dict[str, BackgroundMeaning | None] = {"": None}
    if is_installed():
        ways[", with meaning"] = BackgroundMeaning(folder)
    return ways
