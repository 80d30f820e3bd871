"""The ranking by meaning, made ready in the background and remembered between runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from knowledge.ask.meaning import Meaning, NoMeaning
from knowledge.ask.passages import Passages
from knowledge.language.embedding import Embedder, is_installed

_LOG = logging.getLogger(__name__)


class BackgroundMeaning:
    """Loads the model and embeds the plans while the first questions are answered by keywords.

    A question the keywords are unsure of waits until that is done, so that the same question has
    the same answer at any time.
    """

    def __init__(self, cache: Path) -> None:
        """Keep the folder for embeddings; nothing is loaded yet."""
        self._cache = cache
        self._embedder: Embedder | None = None
        self._ready = threading.Event()

    def start(self, plans: Sequence[Passages]) -> None:
        """Make ready for `plans` in a thread that does not keep the program alive."""
        threading.Thread(target=self._prepare, args=(plans,), daemon=True).start()

    def _prepare(self, plans: Sequence[Passages]) -> None:
        try:
            embedder = Embedder(self._cache)
            for passages in plans:
                embedder.prepare(passages)
            self._embedder = embedder
        except (ImportError, OSError, RuntimeError):
            _LOG.warning("the ranking by meaning could not be loaded; keywords alone decide")
        finally:
            self._ready.set()

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        """Return a likeness for each passage; None where the model could not be loaded."""
        self._ready.wait()
        return self._embedder.likeness(passages, question) if self._embedder else None


def meaning_for(cache: Path) -> Meaning:
    """Return a ranking by meaning if its package is installed, else none."""
    return BackgroundMeaning(cache) if is_installed() else NoMeaning()


