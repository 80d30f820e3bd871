"""Text with its entities, cleaned, trimmed and limited as Telegram keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.botapi import utf16
from tests.botapi.errors import Json, bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITIES_KEPT = 100

_NESTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_MONOSPACE = frozenset({"pre", "code"})
_PLAIN_TYPES = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)
_KNOWN_TYPES = (
    _NESTABLE
    | _QUOTES
    | _MONOSPACE
    | _PLAIN_TYPES
    | {"text_link", "text_mention", "custom_emoji", "date_time"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Entity:
    """One formatted stretch; ``offset`` and ``length`` in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user_id: int | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def payload(self) -> Json:
        fields: Json = {
            "type": self.type,
            "offset": self.offset,
            "length": self.length,
            "url": self.url,
            "language": self.language,
            "custom_emoji_id": self.custom_emoji_id,
            "unix_time": self.unix_time,
            "date_time_format": self.date_time_format,
        }
        if self.user_id is not None:
            fields["user"] = {"id": self.user_id, "is_bot": False, "first_name": "?"}
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and its entities."""

    text: str
    entities: tuple[Entity, ...] = ()

    def parts(self, kind: str) -> list[str]:
        """The stretches of text that carry entities of one type, in order."""
        return [self.part(entity) for entity in self.entities if entity.type == kind]

    def part(self, entity: Entity) -> str:
        return utf16.cut(self.text, entity.offset, entity.length)


def clean(text: str) -> str:
    """Drops carriage returns and turns other control characters into spaces."""
    return _CONTROL.sub(" ", text.replace("\r", ""))


def normalize(raw: Formatted) -> Formatted:
    """Trims the text and removes the entities Telegram would not keep."""
    text = raw.text.rstrip()
    size = utf16.length(text)
    entities = _ordered(_clipped(raw.entities, 0, size))
    first = entities[0].offset if entities else size
    lead = min(len(text) - len(text.lstrip()), len(utf16.cut(text, 0, first)))
    shift = utf16.length(text[:lead])
    moved = [replace(entity, offset=entity.offset - shift) for entity in entities]
    return Formatted(text[lead:], tuple(_nested(moved))[:ENTITIES_KEPT])


def _clipped(entities: Iterable[Entity], start: int, end: int) -> list[Entity]:
    clipped = [replace(e, length=min(e.end, end) - e.offset) for e in entities]
    return [entity for entity in clipped if entity.offset >= start and entity.length > 0]


def _ordered(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity.offset, -entity.length))


def _nested(entities: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        around = [outer for outer in kept if outer.offset <= entity.offset < outer.end]
        if all(_may_contain(outer, entity) for outer in around):
            kept.append(entity)
    return kept


def _may_contain(outer: Entity, inner: Entity) -> bool:
    if inner.end > outer.end or outer.type in _MONOSPACE:
        return False
    if outer.type in _QUOTES:
        return inner.type not in _QUOTES
    if inner.type in _MONOSPACE:
        return False
    return outer.type in _NESTABLE or inner.type in _NESTABLE


def from_payload(items: object, text: str) -> tuple[Entity, ...]:
    """Reads the ``entities`` a caller gave beside a text."""
    if not isinstance(items, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    return tuple(_one(item, utf16.length(text)) for item in items)


def _one(item: Any, size: int) -> Entity:
    kind, offset, length = item.get("type"), item.get("offset"), item.get("length")
    if kind not in _KNOWN_TYPES:
        raise bad_request("can't parse MessageEntity: unsupported type specified")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request("can't parse MessageEntity: expected offset and length")
    if offset < 0 or length < 0 or offset + length > size:
        raise bad_request("entity beginning or end is out of the text")
    user = item.get("user") or {}
    return Entity(
        kind,
        offset,
        length,
        url=item.get("url"),
        user_id=user.get("id"),
        language=item.get("language"),
        custom_emoji_id=item.get("custom_emoji_id"),
        unix_time=item.get("unix_time"),
        date_time_format=item.get("date_time_format"),
    )
