"""The ranking by meaning, made ready in the background and remembered between runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from bot.patience import refuse_on_a_loop
from knowledge.ask.answer import Answerer
from knowledge.ask.meaning.embedding import Embedder
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.passages import Passages

_LOG = logging.getLogger(__name__)


class BackgroundMeaning:
    """Loads the model and embeds plans beside the first questions, which keywords answer.

    A question the keywords are unsure of waits until that is done, so that the same question has
    the same answer at any time. On an event loop it is refused with MustWaitError, as the others
    must not wait with it.

    Args:
        cache: the folder embeddings are remembered in.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._embedder: Embedder | None = None
        self._lock = threading.Lock()
        self._failed = False

    def warm_up(self, answerer: Answerer) -> None:
        """Make ready for an answerer's plans in a thread that does not keep the program alive."""
        threading.Thread(target=self._prepare, args=(answerer,), daemon=True).start()

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        """Return a likeness for each passage; None where the model could not be loaded."""
        embedder = self._loaded()
        return embedder.likeness(passages, question) if embedder else None

    def kinship(self, passages: Passages, word: str) -> Sequence[float] | None:
        """Return a kinship for each passage; None where the model could not be loaded."""
        embedder = self._loaded()
        return embedder.kinship(passages, word) if embedder else None

    def resemblance(self, examples: Examples, question: str) -> Sequence[float] | None:
        """Return a likeness for each example; None where the model could not be loaded."""
        embedder = self._loaded()
        return embedder.resemblance(examples, question) if embedder else None

    def _prepare(self, answerer: Answerer) -> None:
        if (embedder := self._loaded()) is not None:
            for passages in answerer.passages:
                embedder.prepare(passages)
            for examples in answerer.examples:
                embedder.learn(examples)

    def _loaded(self) -> Embedder | None:
        refuse_on_a_loop()
        with self._lock:
            if self._embedder is None and not self._failed:
                try:
                    self._embedder = Embedder(self._cache)
                except (ImportError, OSError, RuntimeError):
                    self._failed = True
                    _LOG.warning("no ranking by meaning: its model could not be loaded")
            return self._embedder
