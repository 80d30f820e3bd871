"""Examples of what people ask: of places in a plan, of what it does not tell, of other things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Examples:
    """Questions, or the subjects of questions; itself the key to what is kept of it."""

    texts: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Examples:
        """Return examples of `texts`, in order."""
        return cls(tuple(texts))
