"""How Chinese is pronounced: toneless syllables, and syllables southern ears take for the same."""

from __future__ import annotations

import os
from functools import lru_cache

# The phrase table costs 40 MB and changes no match; the variable is read at the first import.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

import pypinyin

_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_ENDS = (("ing", "in"), ("eng", "en"), ("ang", "an"))


@lru_cache(maxsize=20_000)
def syllable(char: str) -> str:
    """Return the toneless syllable of a Han character, ü as u, or the character itself."""
    sounds: list[str] = pypinyin.lazy_pinyin(char, errors="default")
    return sounds[0].replace("v", "u")


@lru_cache(maxsize=4096)
def folded(sound: str) -> str:
    """Return `sound` with zh/z, ch/c, sh/s, l/n, f/h and -ng/-n taken as one."""
    for wide, narrow in _FOLDS:
        if sound.startswith(wide):
            sound = narrow + sound[len(wide) :]
            break
    sound = sound.replace("v", "u")
    if sound.startswith("l") and len(sound) > 1:
        sound = "n" + sound[1:]
    for wide, narrow in _ENDS:
        if sound.endswith(wide):
            return sound[: -len(wide)] + narrow
    return sound


def syllables(text: str) -> tuple[str, ...]:
    """Return the toneless syllables of `text`, one a character."""
    return tuple(map(syllable, text))


def is_han(char: str) -> bool:
    """Tell whether `char` is a Han character."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"
