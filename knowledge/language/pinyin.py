"""Typed pinyin read as Chinese words: the likeliest words whose syllables spell the letters.

A Viterbi search over a dictionary keyed by spelling (Viterbi, 1967), as input methods do; words of
the loaded plans weigh most, then the lexicon's, then jieba's common words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache

from knowledge.language.sound import is_han, syllables

_RUN = re.compile(r"[a-zü'’]+(?: +[a-zü'’]+)*")
_LONGEST_KEY = 36
_LONGEST_RUN = 200
# Who types whole words with spaces between them means the spaces: a word that runs on across one
# is that much less likely (in natural logarithms). The longest syllable has six letters.
_CROSSING = 4.0
_LONGEST_SYLLABLE = 6


class PinyinReader:
    """Turns runs of Latin letters that spell Chinese into the words they most likely stand for.

    Example:
        >>> PinyinReader(lambda: {"春芽": 1e-3, "计划": 1e-3}, ()).read("chunya jihua")
        '春芽计划'
    """

    def __init__(self, weights: Callable[[], Mapping[str, float]], keep: Iterable[str]) -> None:
        """Keep what the spelling dictionary is built from when the first pinyin is typed.

        `weights` returns words with their probability; `keep` are Latin words (names,
        abbreviations) that stay as they are typed.
        """
        self._keep = frozenset(keep)
        self._weights = weights
        self.read = lru_cache(maxsize=512)(self._read)

    @cached_property
    def _best(self) -> dict[str, tuple[float, str]]:
        best: dict[str, tuple[float, str]] = {}
        for word, weight in self._weights().items():
            if not word or not all(map(is_han, word)):
                continue
            spelling = "".join(syllables(word))
            cost = -math.log(weight)
            known = best.get(spelling)
            if known is None or cost < known[0]:
                best[spelling] = (cost, word)
        return best

    def _read(self, text: str) -> str:
        """Return `text` (folded) with every run that spells Chinese replaced."""
        return _RUN.sub(lambda match: self._run(match.group()), text)

    def _run(self, run: str) -> str:
        letters = re.sub(r"[ '’]", "", run).replace("ü", "u")
        # 谁 is said in two ways, and no other syllable is spelt with these letters.
        letters = letters.replace("shei", "shui")
        if not letters.startswith("v"):
            letters = letters.replace("v", "u")
        if letters in self._keep or not 2 <= len(letters) <= _LONGEST_RUN:
            return run
        whole = self._decode(letters, _gaps(run))
        if whole is not None:
            return whole
        if " " not in run:
            return run
        # Some of the words may be foreign: read the others one by one.
        return " ".join(self._run(word) for word in run.split())

    def _decode(self, letters: str, gaps: frozenset[int]) -> str | None:
        """Return the cheapest words that spell `letters`, or None where nothing does.

        `gaps` are the places in `letters` that words hardly run across.
        """
        best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())]
        for end in range(1, len(letters) + 1):
            winner: tuple[float, tuple[str, ...]] | None = None
            for start in range(max(0, end - _LONGEST_KEY), end):
                before = best[start]
                entry = self._best.get(letters[start:end])
                if before is None or entry is None:
                    continue
                crossed = sum(start < gap < end for gap in gaps)
                cost = before[0] + entry[0] + _CROSSING * crossed
                if winner is None or cost < winner[0]:
                    winner = (cost, (*before[1], entry[1]))
            best.append(winner)
        last = best[-1]
        return "".join(last[1]) if last else None


def _gaps(run: str) -> frozenset[int]:
    """Return the places of spaces between typed words; none where syllables are apart."""
    typed = [re.sub("['’]", "", word) for word in run.split()]
    if all(len(word) <= _LONGEST_SYLLABLE for word in typed):
        return frozenset()
    ends = [sum(map(len, typed[: at + 1])) for at in range(len(typed) - 1)]
    return frozenset(ends)
