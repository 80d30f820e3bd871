"""Phrases of the lexicon whose words stand apart in a question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from knowledge.language.lexicon import QuestionWords
from knowledge.language.words import Words

_APART = 0.9


@dataclass(frozen=True, slots=True)
class SaidPhrase:
    """The content words of a phrase people say, and what a plan writes for it."""

    words: tuple[str, ...]
    forms: tuple[tuple[str, float], ...]


class Phrases:
    """Finds the lexicon's phrases of several words in a question, in any order."""

    def __init__(
        self,
        synonyms: Mapping[str, tuple[tuple[str, float], ...]],
        words: Words,
        questions: QuestionWords,
    ) -> None:
        """Cut every phrase of `synonyms` into its content words.

        A phrase is filed under its longest word, so that few are looked at for a question.
        """
        self._by_word: dict[str, list[SaidPhrase]] = {}
        for phrase, forms in synonyms.items():
            if len(phrase) < 3:
                continue
            content = tuple(
                word
                for word in dict.fromkeys(words.cut(questions.asking.sub("", phrase)))
                if word not in questions.generic and word.strip()
            )
            if len(content) < 2:
                continue
            apart = tuple((form, strength * _APART) for form, strength in forms)
            entry = SaidPhrase(content, apart)
            self._by_word.setdefault(max(content, key=len), []).append(entry)

    def said_in(self, words: Collection[str]) -> Iterator[SaidPhrase]:
        """Yield the phrases whose words are all among `words`."""
        for word in words:
            for phrase in self._by_word.get(word, ()):
                if all(other in words for other in phrase.words):
                    yield phrase
