"""Cantonese read as standard written Chinese, word by word."""

from __future__ import annotations

from functools import lru_cache

from knowledge.language.lexicon import Cantonese


class CantoneseReader:
    """Replaces Cantonese words in sentences that are told to be Cantonese by a mark.

    The order of the rules is that of the data file. Words such as 重点 or 系统 hold characters
    with a Cantonese meaning, so nothing is touched without a mark.
    """

    def __init__(self, words: Cantonese) -> None:
        """Keep the word lists."""
        self._words = words
        self.read = lru_cache(maxsize=1024)(self._read)

    def _read(self, text: str) -> str:
        """Return `text` (folded) in standard Chinese; without a mark, as it is."""
        if not any(mark in text for mark in self._words.marks):
            return text
        for old, new in self._words.words:
            text = text.replace(old, new)
        return self._how(self._copula(text))

    def _copula(self, text: str) -> str:
        def is_copula(at: int) -> bool:
            before = text[at - 1 : at]
            after = text[at + 1 : at + 2]
            return not (
                (before and before in self._words.copula_not_after)
                or (after and after in self._words.copula_not_before)
            )

        return "".join(
            "是" if char == "系" and is_copula(at) else char for at, char in enumerate(text)
        )

    def _how(self, text: str) -> str:
        for verb in self._words.verbs:
            text = text.replace("点" + verb, "怎么" + verb)
        return text
