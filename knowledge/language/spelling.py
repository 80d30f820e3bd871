"""Slips of the finger: a word no plan or lexicon holds, read as one that sounds or looks alike."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.language.likeness import NEAR_SOUND, SAME_SHAPE, substitution
from knowledge.language.sound import is_han, syllables

_LONGEST = 6
_WILD = "*"


class Speller:
    """Finds the known word a misspelt stretch of text was meant for.

    One wrong character that sounds or looks like the right one is mended, and words whose every
    syllable is right. The index of words with one character left open is the deletion idea of
    Mor and Fraenkel, 1982.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Index `words`; of words equally near, the first given wins."""
        self._words: set[str] = set()
        self._open: dict[str, list[str]] = {}
        self._sounds: dict[tuple[str, ...], str] = {}
        for word in words:
            if not 2 <= len(word) <= _LONGEST or word in self._words or not all(map(is_han, word)):
                continue
            self._words.add(word)
            self._sounds.setdefault(syllables(word), word)
            for at in range(len(word)):
                self._open.setdefault(word[:at] + _WILD + word[at + 1 :], []).append(word)

    def __contains__(self, word: str) -> bool:
        """Tell whether `word` is one of the known words."""
        return word in self._words

    def mend(self, wrote: str) -> str | None:
        """Return the known word that `wrote` was meant for, or None."""
        if wrote in self._words or not all(map(is_han, wrote)):
            return None
        best: tuple[float, str] | None = None
        for at, char in enumerate(wrote):
            for word in self._open.get(wrote[:at] + _WILD + wrote[at + 1 :], ()):
                cost = substitution(char, word[at])
                near_in_pair = cost == NEAR_SOUND and len(wrote) == 2
                if cost <= SAME_SHAPE and not near_in_pair and (best is None or cost < best[0]):
                    best = (cost, word)
        if best is None and len(wrote) > 2 and (same := self._sounds.get(syllables(wrote))):
            return same
        return best[1] if best else None
