"""From the start of the process to the first answer, and memory once everything is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.ask.meaning.embedding import is_installed
from tests.bench.material import plan
from tests.bench.table import Line, quantile, timed

_RUNS = 7
_JIEBA = "import jieba; jieba.initialize()"
# Not the most ever used: Linux counts the memory of the process that started this one into that.
_MEMORY = """
import pathlib, resource, sys
status = pathlib.Path("/proc/self/status")
if status.exists():
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmRSS:")]
    print(int(line.split()[1]) / 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024)
"""
_OURS = """
from bot.knowledge_base import load_plans, open_answerer
from bot.settings import load_settings
settings = load_settings({})
answerer = open_answerer(settings, load_plans(settings))
"""
_MEANING = """
import os, pathlib
from bot.meaning import BackgroundMeaning
meaning = BackgroundMeaning(pathlib.Path(os.environ["TMPDIR"]))
meaning.likeness(answerer.passages[0], "?")
"""
_PEER = (
    "import jieba; from rank_bm25 import BM25Okapi; "
    "from knowledge.plan.library import load_library, bundled_plans; "
    "clauses = load_library(bundled_plans()).plans[0].clauses; "
    "ranking = BM25Okapi([jieba.lcut(clause.text) for clause in clauses])"
)


def lines() -> Iterator[Line]:
    """Start processes in turn, ours and the peer's, so that both see the same machine."""
    with tempfile.TemporaryDirectory() as folder:
        ask = ["-m", "bot", "ask", plan().programs[0].name]
        ours: list[float] = []
        peer: list[float] = []
        _run(Path(folder), ask)
        _run(Path(folder), ["-c", _JIEBA])
        for _ in range(_RUNS):
            ours += timed(lambda args: _run(Path(folder), args), [ask])
            peer += timed(lambda args: _run(Path(folder), args), [["-c", _JIEBA]])
        yield Line(
            f"process start to first answer, median of {_RUNS}",
            f"{quantile(ours, 0.5):.2f} s",
            f"{quantile(peer, 0.5):.2f} s",
            quantile(ours, 0.5) / quantile(peer, 0.5),
            "ratio at most 1.3; jieba.initialize()",
        )
        mine = _megabytes(Path(folder), _OURS)
        theirs = _megabytes(Path(folder), _PEER)
        yield Line(
            "memory once everything is loaded",
            f"{mine:.0f} MB",
            f"{theirs:.0f} MB",
            mine / theirs,
            "rank_bm25 + jieba",
        )
        if is_installed():
            _megabytes(Path(folder), _OURS + _MEANING)  # what it reads of the plan is remembered
            more = _megabytes(Path(folder), _OURS + _MEANING)
            yield Line("the same with the ranking by meaning", f"{more:.0f} MB")


def _megabytes(folder: Path, code: str) -> float:
    return float(_run(folder, ["-c", code + _MEMORY]).split()[-1])


def _run(folder: Path, args: Sequence[str]) -> str:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PLANBOT_")}
    # jieba keeps its cache in the folder for temporary files; it may be warm for the peer.
    env = kept | {"PLANBOT_DATA": str(folder), "TMPDIR": str(folder), "PYTHONWARNINGS": "ignore"}
    ran = subprocess.run(
        [sys.executable, *args], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    if ran.returncode > 1:
        raise RuntimeError(f"{args} failed: {ran.stderr}")
    return ran.stdout
