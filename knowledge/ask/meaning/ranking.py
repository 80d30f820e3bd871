"""A ranking by meaning beside the keywords: it may choose a passage, and never says anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from knowledge.ask.meaning.examples import Examples
from knowledge.ask.passages import Passages


class Meaning(Protocol):
    """Anything that tells how near in meaning questions and words are to a plan's passages."""

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        """Return a likeness for each passage, in order; None while no model is loaded."""
        ...

    def kinship(self, passages: Passages, word: str) -> Sequence[float] | None:
        """Return how near each passage's nearest word is to `word`; None without a model."""
        ...

    def resemblance(self, examples: Examples, question: str) -> Sequence[float] | None:
        """Return the likeness of `question` to each example, in order; None without a model."""
        ...


class NoMeaning:
    """Keywords only."""

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        """Return None: there is no model."""
        del passages, question
        return None

    def kinship(self, passages: Passages, word: str) -> Sequence[float] | None:
        """Return None: there is no model."""
        del passages, word
        return None

    def resemblance(self, examples: Examples, question: str) -> Sequence[float] | None:
        """Return None: there is no model."""
        del examples, question
        return None
