"""Words of Chinese text: jieba with the names of the loaded plans in its dictionary."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import resources


@contextmanager
def _absent(module: str) -> Iterator[None]:
    """Let `module` seem not to be installed."""
    there = {module: sys.modules[module]} if module in sys.modules else {}
    sys.modules[module] = None  # type: ignore[assignment]  # what makes an import fail
    try:
        yield
    finally:
        del sys.modules[module]
        sys.modules.update(there)


with warnings.catch_warnings(), _absent("pkg_resources"):
    # jieba has unescaped regular expressions, which concern no user, and looks for its files by
    # pkg_resources, which is slow and going away; without it, it finds them by their path.
    warnings.simplefilter("ignore")
    import jieba

jieba.setLogLevel(logging.CRITICAL)

# Words rarer than this are left out: a third of the start-up time, and no cache file to write.
_LEAST_FREQUENCY = 10
_NAME_FREQUENCY = 1_000_000


@lru_cache(maxsize=1)
def _dictionary() -> tuple[dict[str, int], dict[str, str], int]:
    """Return jieba's own word frequencies (prefixes included as 0), tags, and their total."""
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    text = (resources.files("jieba") / "dict.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word, count, tag = line.split(" ")
        frequency = int(count)
        if frequency < _LEAST_FREQUENCY:
            continue
        frequencies[word] = frequency
        tags[word] = tag
        total += frequency
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    return frequencies, tags, total


@lru_cache(maxsize=1)
def _plain_tokenizer() -> jieba.Tokenizer:
    frequencies, _, total = _dictionary()
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ = frequencies
    tokenizer.total = total
    tokenizer.initialized = True
    return tokenizer


class Words:
    """A segmenter whose dictionary holds jieba's common words and the given names.

    Example:
        >>> Words(["春芽计划"]).cut("春芽计划目标")
        ['春芽计划', '目标']
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Read the dictionary once a process, and add `names` to a copy of it."""
        frequencies, self._tags, total = _dictionary()
        self._common = frequencies
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ = dict(frequencies)
        self._tokenizer.total = total
        self._tokenizer.initialized = True
        for name in names:
            self._tokenizer.add_word(name, _NAME_FREQUENCY)

    def add(self, words: Iterable[str], frequency: int) -> None:
        """Add `words` as if seen `frequency` times; words of the dictionary stay as they are."""
        known = self._tokenizer.FREQ
        for word in words:
            if not known.get(word):
                known[word] = frequency
                for end in range(1, len(word)):
                    known.setdefault(word[:end], 0)

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`, in order, nothing left out."""
        return list(self._tokenizer.cut(text, HMM=False))

    def plain(self, text: str) -> list[str]:
        """Return the words of `text` by the common dictionary alone."""
        return list(_plain_tokenizer().cut(text, HMM=False))

    def frequency(self, word: str) -> int:
        """Return how common `word` is in jieba's corpus; 0 for a name or an unknown word."""
        return self._common.get(word, 0)

    def tag(self, word: str) -> str:
        """Return jieba's part of speech of `word` ("n", "v", "ns" …), "" if it has none."""
        return self._tags.get(word, "")

    def common(self, least: int, length: int) -> Iterator[tuple[str, int]]:
        """Yield dictionary words of at most `length` characters at least `least` frequent."""
        for word, frequency in self._common.items():
            if frequency >= least and len(word) <= length:
                yield word, frequency


def bigrams(text: str) -> list[str]:
    """Return the overlapping pairs of characters of `text`."""
    return [text[i : i + 2] for i in range(len(text) - 1)]
