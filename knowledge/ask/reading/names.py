"""Which of a plan's names a message mentions: exactly, by alias, by a part, or misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from knowledge.ask.index import WordIndex
from knowledge.language.likeness import SAME_SHAPE, Alignment, align, substitution
from knowledge.language.script import fold, key
from knowledge.language.sound import folded, is_han, syllable
from knowledge.language.words import Words
from knowledge.plan.model import Plan, Program

# Stands in a text where a name was; no segmenter joins anything across it.
HOLE = "\ue000"

_EVERYDAY = 100
_ENDING_WEIGHT = 0.3
_SURE = 0.8
_PERHAPS = 0.5
_PREFILTER = 50.0


class How(StrEnum):
    """The way a name was found."""

    EXACT = "exact"
    ALIAS = "alias"
    PART = "part"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a plan, with all its records; `key` is its folded text."""

    text: str
    key: str
    records: tuple[Program, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a message (`wrote`) taken for one of `names`; several where it fits several."""

    wrote: str
    names: tuple[Name, ...]
    how: How


@dataclass(frozen=True, slots=True)
class Linked:
    """The mentions found, and the text with a hole for each."""

    mentions: tuple[Mention, ...]
    rest: str


class Names:
    """The names of one plan, ready to be looked up."""

    def __init__(self, plan: Plan, texts: WordIndex, words: Words, endings: Iterable[str]):
        """Group the plan's records by name and derive the short forms.

        `texts` indexes the plan's passages; `endings` are the words (计划, 工程 …) that end names.
        """
        self._endings = tuple(endings)
        self._texts = texts
        grouped: dict[str, list[Program]] = {}
        for program in plan.programs:
            grouped.setdefault(key(fold(program.name)), []).append(program)
        self.names = tuple(
            Name(records[0].name, name, tuple(records), self._weights(name))
            for name, records in grouped.items()
            if name
        )
        self._by_key = {name.key: name for name in self.names}
        self._short = self._short_forms(words)
        surfaces: list[tuple[str, tuple[Name, ...], How]]
        surfaces = [(name.key, (name,), How.EXACT) for name in self.names]
        surfaces += [(form, tuple(names), How.ALIAS) for form, names in self._short.items()]
        self._surfaces = sorted(surfaces, key=lambda item: -len(item[0]))
        self._sounds = {name.key: sound_code(name.key) for name in self.names}
        self._initials = {
            "".join(syllable(char)[0] for char in name.key): name
            for name in self.names
            if len(name.key) >= 4
        }

    def core(self, name: str) -> str:
        """Return a folded name without the common word that ends it."""
        for ending in self._endings:
            if name.endswith(ending) and len(name) > len(ending):
                return name[: -len(ending)]
        return name

    def _weights(self, name: str) -> tuple[float, ...]:
        core = len(self.core(name))
        return tuple(1.0 if at < core else _ENDING_WEIGHT for at in range(len(name)))

    def _short_forms(self, words: Words) -> dict[str, list[Name]]:
        forms: dict[str, list[Name]] = {}
        for name in self.names:
            keeper = {key(fold(alias)) for record in name.records for alias in record.aliases}
            parts = {key(fold(part)) for record in name.records for part in record.parts}
            core = self.core(name.key)
            if len(core) >= 2 and words.frequency(core) < _EVERYDAY:
                keeper.add(core)
            parts = {part for part in parts if words.frequency(part) < _EVERYDAY}
            for form in keeper | parts:
                if len(form) >= 2 and form not in self._by_key:
                    forms.setdefault(form, []).append(name)
        return forms

    def link(self, text: str) -> Linked:
        """Find names and aliases written out in `text` (folded), longest first."""
        mentions: list[tuple[int, Mention]] = []
        for surface, names, how in self._surfaces:
            at = text.find(surface)
            while at >= 0:
                if self._stands_alone(text, at, surface):
                    end = at + len(surface) + self._slip(text[at:], surface, names)
                    mentions.append((at, Mention(text[at:end], names, how)))
                    text = text[:at] + HOLE * (end - at) + text[end:]
                at = text.find(surface, at + len(surface))
        for initials in re.findall(r"[a-z]{4,}", text):
            if name := self._initials.get(initials):
                at = text.find(initials)
                mentions.append((at, Mention(initials, (name,), How.ALIAS)))
                text = text.replace(initials, HOLE * len(initials), 1)
        mentions.sort(key=lambda item: item[0])
        return Linked(tuple(mention for _, mention in mentions), re.sub(f"{HOLE}+", HOLE, text))

    @staticmethod
    def _slip(text: str, surface: str, names: tuple[Name, ...]) -> int:
        """Return how many characters behind a short form are the misspelt rest of its name."""
        for name in names:
            rest = name.key[len(surface) :]
            typed = text[len(surface) : len(name.key)]
            if (
                name.key.startswith(surface)
                and len(typed) == len(rest)
                and rest
                and all(substitution(a, b) <= SAME_SHAPE for a, b in zip(typed, rest, strict=True))
            ):
                return len(rest)
        return 0

    @staticmethod
    def _stands_alone(text: str, at: int, surface: str) -> bool:
        """Tell whether no digit or letter of the text runs on from the surface found at `at`."""
        end = at + len(surface)
        for inner, outer in ((surface[0], text[at - 1 : at]), (surface[-1], text[end : end + 1])):
            if outer and outer.isascii() and outer.isalnum() and inner.isascii():
                return False
        return True

    def holding(self, part: str) -> tuple[Name, ...]:
        """Return the names that hold `part`, if the plan uses `part` nowhere but in names."""
        holders = tuple(name for name in self.names if part in name.key)
        if not holders:
            return ()
        for number in self._texts.find(part):
            text = self._texts.text(number)
            for name in holders:
                text = text.replace(name.key, HOLE)
            if part in text:
                return ()
        return holders

    def misspelt(self, text: str) -> tuple[Name, Alignment] | None:
        """Return the name a stretch of `text` was surely meant for, or None."""
        best = self._nearest(text)
        return best[0] if best and best[0][1].likeness >= _SURE else None

    def near(self, text: str, most: int) -> tuple[Name, ...]:
        """Return up to `most` names that resemble `text` enough to be offered."""
        return tuple(
            name for name, found in self._nearest(text)[:most] if found.likeness >= _PERHAPS
        )

    def _nearest(self, text: str) -> list[tuple[Name, Alignment]]:
        letters = {name: name for name in self._by_key}
        found = {
            hit[2]
            for query, choices in ((text, letters), (sound_code(text), self._sounds))
            for hit in process.extract(
                query, choices, scorer=fuzz.partial_ratio, score_cutoff=_PREFILTER, limit=6
            )
        }
        ranked = [
            (self._by_key[name], align(name, self._by_key[name].weights, text)) for name in found
        ]
        ranked.sort(key=lambda item: (-item[1].likeness, -len(item[0].key), item[0].key))
        return ranked


def sound_code(text: str) -> str:
    """Return `text` with each Han character replaced by one that stands for its folded sound."""
    return "".join(
        chr(0xF0000 + hash_sound(folded(syllable(char)))) if is_han(char) else char
        for char in text
    )


def hash_sound(sound: str) -> int:
    """Return a small number for a syllable, the same in every process."""
    number = 0
    for letter in sound:
        number = number * 27 + (ord(letter) - 96) % 27
    return number % 60_000
