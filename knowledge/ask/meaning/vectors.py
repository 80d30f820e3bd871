"""Embeddings of single texts, remembered in a file, so that only new texts are embedded."""

from __future__ import annotations

import contextlib
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_MOST = 127


class Vectors:
    """Embeddings of texts, kept in whole numbers of a byte.

    Args:
        embed: makes the embeddings of a list of texts, a row each.
        files: where embeddings are looked for.
        cache: the file new ones are remembered in, beside those it holds; None to forget them.
    """

    def __init__(
        self, embed: Callable[[list[str]], Matrix], files: Sequence[Path], cache: Path | None
    ) -> None:
        self._embed = embed
        self._files = files
        self._cache = cache
        self._known: dict[str, NDArray[np.int8]] | None = None

    def of(self, texts: Sequence[str]) -> Matrix:
        """Return the embeddings of one text or more, a row of length 1 each."""
        import numpy as np

        if self._known is None:
            self._known = {}
            for file in self._files:
                self._known.update(_load(file))
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, _in_bytes(self._embed(new)), strict=True))
            self._remember(new)
        rows: Matrix = np.stack([self._known[text] for text in texts]).astype(np.float32)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return rows

    def _remember(self, new: Sequence[str]) -> None:
        import numpy as np

        if self._cache is None or self._known is None:
            return
        texts = list(dict.fromkeys((*_load(self._cache), *new)))
        rows = np.stack([self._known[text] for text in texts])
        with contextlib.suppress(OSError):
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            part = self._cache.with_name(f"{self._cache.name}.{os.getpid()}.npz")
            np.savez_compressed(part, texts=np.array(texts), rows=rows)
            part.replace(self._cache)


def _in_bytes(vectors: Matrix) -> NDArray[np.int8]:
    """Return vectors with each row scaled to the whole range of a byte."""
    import numpy as np

    most = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    rows: NDArray[np.int8] = np.round(vectors / most * _MOST).astype(np.int8)
    return rows


def _load(file: Path) -> dict[str, NDArray[np.int8]]:
    """Read a file of embeddings; nothing where there is none, or it cannot be read."""
    import numpy as np

    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
            texts, rows = held["texts"], held["rows"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    return dict(zip(map(str, texts), rows, strict=False))
