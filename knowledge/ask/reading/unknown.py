"""Names that a message calls and no plan holds, told by their quotation marks or their ending."""

from __future__ import annotations

import re

from knowledge.ask.evidence import Evidences
from knowledge.ask.reading.names import HOLE, Names
from knowledge.language.lexicon import Lexicon
from knowledge.language.words import Words

_COUNTED = re.compile(r"[一二三四五六七八九十两几\d]*[项个大种类条份批次笔支家期]?")


class UnknownNames:
    """Finds names that one plan does not hold."""

    def __init__(self, lexicon: Lexicon, words: Words, names: Names, evidences: Evidences) -> None:
        """Keep the plan's names and words, and what ends a name."""
        self._lexicon = lexicon
        self._words = words
        self._names = names
        self._evidences = evidences

    def is_unknown(self, name: str) -> bool:
        """Tell whether the plan writes `name` nowhere, neither in a text nor in a name."""
        return not self._evidences.texts.find(name) and not self._names.holding(name)

    def find(self, rest: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Return names in `rest`, told by their ending, that the plan does not hold."""
        questions = self._lexicon.questions
        found: list[str] = []
        for run in re.split(rf"[\s{HOLE}]+", questions.asking.sub(" ", rest)):
            tokens = self._words.cut(run)
            for at, token in enumerate(tokens):
                ending = next((e for e in questions.name_endings if token.endswith(e)), None)
                if ending is None:
                    continue
                stem = token[: -len(ending)]
                while not stem or (at > 0 and len(stem) < 8):
                    at -= 1
                    if at < 0 or tokens[at] in questions.generic:
                        break
                    stem = tokens[at] + stem
                name = stem + ending
                if stem and name not in known and self._names_nothing(stem, name):
                    found.append(name)
        return tuple(dict.fromkeys(found))

    def _names_nothing(self, stem: str, name: str) -> bool:
        common = self._lexicon.questions.common_names
        if not self.is_unknown(name) or stem in common or _COUNTED.fullmatch(stem):
            return False
        words = self._words.cut(stem)
        return not all(
            word in common or self._evidences.texts.find(word) or self._lexicon.expand(word)
            for word in words
        )
