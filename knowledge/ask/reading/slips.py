"""Slips of the pen: misspelt names of a plan, and misspelt words."""

from __future__ import annotations

import re

from knowledge.ask.evidence import Evidences
from knowledge.ask.reading.names import HOLE, How, Mention, Names
from knowledge.ask.reply import Correction
from knowledge.language.lexicon import Lexicon
from knowledge.language.likeness import NEAR_SOUND, substitution
from knowledge.language.spelling import Speller
from knowledge.language.words import Words

_EVERYDAY = 100
_JOINING = frozenset("几哪的地得了着和与在是有我你他这那")


class Slips:
    """Mends what is misspelt in messages about one plan."""

    def __init__(
        self, lexicon: Lexicon, words: Words, names: Names, evidences: Evidences, speller: Speller
    ) -> None:
        """Keep what is known to be spelt right."""
        self._lexicon = lexicon
        self._words = words
        self._names = names
        self._evidences = evidences
        self._speller = speller

    def spelt_names(
        self, rest: str, mentions: list[Mention], corrections: list[Correction]
    ) -> str:
        """Find one misspelt name in `rest`, add it to the lists, and return `rest` with a hole."""
        for piece in re.split(rf"[\s{HOLE}]+", rest):
            if len(piece) < 2 or self._evidences.texts.find(piece):
                continue
            found = self._names.misspelt(piece)
            if found is None:
                continue
            name, place = found
            wrote = piece[place.start : place.end]
            if len(wrote) < 2 or self._evidences.texts.find(wrote) or self._is_word(wrote):
                continue
            if self._is_contrast(wrote, name.key) or self._is_other_word(wrote, name.key):
                continue
            mentions.append(Mention(wrote, (name,), How.SPELLING))
            if wrote != name.key:
                corrections.append(Correction(wrote, name.text))
            return rest.replace(wrote, HOLE, 1)
        return rest

    def _is_contrast(self, wrote: str, meant: str) -> bool:
        """Tell whether what was written differs by a word that tells things apart (男, 女).

        What only sounds alike is a slip all the same.
        """
        own = set(meant) - set(wrote)
        return any(
            char in self._lexicon.contrasts
            and not any(substitution(char, other) <= NEAR_SOUND for other in own)
            for char in set(wrote) - set(meant)
        )

    def _is_other_word(self, wrote: str, meant: str) -> bool:
        """Tell whether a character that sounds otherwise makes an everyday word of its own."""
        if len(wrote) != len(meant):
            return False
        pairs = [
            wrote[start : start + 2]
            for at, (typed, own) in enumerate(zip(wrote, meant, strict=True))
            if substitution(typed, own) > NEAR_SOUND
            for start in (at - 1, at)
            if start >= 0
        ]
        return any(len(pair) == 2 and self._words.frequency(pair) >= _EVERYDAY for pair in pairs)

    def _is_word(self, wrote: str) -> bool:
        """Tell whether `wrote` is an everyday word, meant as it is written."""
        return self._words.frequency(self._names.core(wrote)) >= _EVERYDAY

    def mended(self, rest: str, corrections: list[Correction]) -> str:
        """Mend words the plan and the lexicon do not know, where a known one is one slip away."""
        questions = self._lexicon.questions
        for run in re.split(rf"[\s{HOLE}]+", questions.asking.sub(" ", rest)):
            tokens = self._words.cut(run)
            for size in (4, 3, 2, 1):
                for at in range(len(tokens) - size + 1):
                    group = tokens[at : at + size]
                    wrote = "".join(group)
                    if not 2 <= len(wrote) <= 6 or not self._is_slip(group, wrote):
                        continue
                    meant = self._speller.mend(wrote)
                    if meant is not None and not self._is_contrast(wrote, meant):
                        corrections.append(Correction(wrote, meant))
                        return self.mended(rest.replace(wrote, meant), corrections)
        return rest

    def _is_slip(self, group: list[str], wrote: str) -> bool:
        """Tell whether a group of tokens may be one misspelt word: it holds an odd single one."""
        generic = self._lexicon.questions.generic
        if self._evidences.texts.find(wrote) or self._lexicon.expand(wrote) or wrote in generic:
            return False
        if self._words.frequency(wrote):
            return False
        if len(group) == 1:
            return True
        return any(len(token) == 1 for token in group) and not (
            set(group) <= generic
            or any(token in _JOINING or (len(token) > 1 and token in generic) for token in group)
        )
