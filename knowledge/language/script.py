"""One spelling for one meaning: width, script, emoji and invisible characters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import opencc

# Conversion rewrites three Cantonese characters; the Cantonese word list knows the usual ones.
_CANTONESE_REPAIR = str.maketrans({"\U00020bb6": "嗰", "㖞": "喎", "揾": "搵", "祇": "只"})
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "So", "Sk"})
_CONVERTERS = ("hk2s", "tw2s")


@lru_cache(maxsize=1)
def _converters() -> tuple[opencc.OpenCC, ...]:
    return tuple(opencc.OpenCC(name) for name in _CONVERTERS)


def to_simplified(text: str) -> str:
    """Return `text` in Simplified characters; text that is already simplified comes back as is."""
    for converter in _converters():
        text = converter.convert(text)
    return text.translate(_CANTONESE_REPAIR)


def visible(text: str) -> str:
    """Return `text` without emoji, control, format, surrogate and unassigned characters."""
    return "".join(
        " " if char.isspace() else "" if unicodedata.category(char) in _DROPPED else char
        for char in text
    )


def fold(text: str) -> str:
    """Return `text` in half-width, lower-case, Simplified form without invisible characters."""
    if text.isascii():
        return " ".join(visible(text).lower().split())
    text = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode("utf-8"))
    text = visible(text.replace("○", "〇"))
    return " ".join(to_simplified(text).lower().split())


@lru_cache(maxsize=8192)
def _is_key_char(char: str) -> bool:
    return char.isalnum() or char in "+%"


def key(text: str) -> str:
    """Return the letters, digits and Han characters of folded `text`, which names match by."""
    return "".join(filter(_is_key_char, text))
