"""The entities Telegram finds by itself in what people type."""

from __future__ import annotations

import re

from tests.botapi import utf16
from tests.botapi.formatted import Entity

_PATTERNS = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?\b")),
    ("mention", re.compile(r"(?<![\w/])@[A-Za-z0-9_]{3,32}\b", re.ASCII)),
    ("hashtag", re.compile(r"(?<!\w)#\w{1,256}")),
    ("url", re.compile(r"https?://[^\s，。；、]+")),
)


def detect_entities(text: str) -> tuple[Entity, ...]:
    """Finds commands, mentions, hashtags and links; offsets in UTF-16 code units."""
    found = [
        Entity(kind, utf16.length(text[: match.start()]), utf16.length(match[0]))
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(text)
    ]
    kept: list[Entity] = []
    for entity in sorted(found, key=lambda entity: entity.offset):
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return tuple(kept)
