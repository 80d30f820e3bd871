"""Telegram counts text in UTF-16 code units."""

from __future__ import annotations


def length(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def cut(text: str, offset: int, size: int) -> str:
    """The part of ``text`` at ``offset`` with ``size``, both in UTF-16 code units."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[offset * 2 : (offset + size) * 2].decode("utf-16-le", "replace")
