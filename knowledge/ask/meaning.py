"""A ranking by meaning beside the keywords: it may choose a passage, and never says anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from knowledge.ask.passages import Passages


class Meaning(Protocol):
    """Anything that tells how alike in meaning a question and the passages of a plan are."""

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        """Return a likeness for each passage, in order; None while no model is loaded."""
        ...


class NoMeaning:
    """Keywords only."""

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        """Return None: there is no model."""
        del passages, question
        return None
