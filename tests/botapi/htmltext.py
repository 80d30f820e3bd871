"""Telegram's HTML style, with the words it refuses bad markup in.

The grammar follows what TDLib's ``parse_html`` accepts: unknown named references stay as they
are written, everything else that is not well formed is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.botapi import utf16
from tests.botapi.formatted import Entity, Formatted
from tests.botapi.htmltags import TAGS, entity_of, refusal

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<dec>[0-9]+)|(?P<name>[a-zA-Z]+));?")
_LONGEST_REFERENCE = 9
_SPACE = " \t\n\r\v\0"
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int
    start: int


def parse_html(source: str) -> Formatted:
    """Parses HTML-style text.

    Args:
        source: What a bot sent with ``parse_mode=HTML``.

    Returns:
        The plain text and its entities, offsets in UTF-16 code units.

    Raises:
        ApiError: 400, "can't parse entities: …", when the markup is not Telegram's.
    """
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.plain: list[str] = []
        self.size = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> Formatted:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                self._tag()
            elif char == "&":
                self._emit(self._reference())
            else:
                self._emit(char)
                self.at += 1
        if self.open:
            name = self.open[-1].name
            raise refusal(f'Can\'t find end tag corresponding to start tag "{name}"')
        return Formatted(self._checked("".join(self.plain)), tuple(self.entities))

    def _checked(self, text: str) -> str:
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError as error:
            raise refusal(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from error

    def _emit(self, text: str) -> None:
        self.plain.append(text)
        self.size += utf16.length(text)

    def _reference(self) -> str:
        """Decodes the reference at the cursor, or takes the ampersand as it is."""
        match = _REFERENCE.match(self.source, self.at)
        char = _decoded(match) if match else None
        if match is None or char is None:
            self.at += 1
            return "&"
        self.at = match.end()
        return char

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        where = self._byte(begin)
        name = self._until(_SPACE + ">").lower()
        if self._peek() == "":
            raise refusal(f"Unclosed start tag at byte offset {where}")
        if name not in TAGS:
            raise refusal(f'Unsupported start tag "{name}" at byte offset {where}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(_Open(name, attributes, self.size, len(self.plain)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        where = self._byte(begin)
        found: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._peek() == ">":
                self.at += 1
                return found
            name = self._until(_SPACE + "=>").lower()
            if not name:
                raise refusal(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            self._skip_space()
            if self._peek() == "=":
                self.at += 1
                self._skip_space()
                found[name] = self._value()
            elif tag == "blockquote" and name == "expandable":
                found[name] = ""
            else:
                raise refusal(
                    f"Expected equal sign in declaration of an attribute of the tag "
                    f'"{tag}" at byte offset {where}'
                )
            if self._peek() == "":
                raise refusal(f"Unclosed start tag at byte offset {where}")

    def _value(self) -> str:
        mark = self._peek()
        if mark not in ("'", '"'):
            begin = self.at
            token = _TOKEN.match(self.source, self.at)
            self.at = token.end() if token else self.at
            if self._peek() and self._peek() not in _SPACE + ">":
                raise refusal(f"Unexpected end of name token at byte offset {self._byte(begin)}")
            return self.source[begin : self.at].lower()
        self.at += 1
        value: list[str] = []
        while self._peek() not in ("", mark):
            if self._peek() == "&":
                value.append(self._reference())
            else:
                value.append(self.source[self.at])
                self.at += 1
        self.at += self._peek() == mark
        return "".join(value)

    def _end_tag(self, begin: int) -> None:
        where = self._byte(begin)
        if not self.open:
            raise refusal(f"Unexpected end tag at byte offset {where}")
        self.at += 1
        name = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise refusal(f"Unclosed end tag at byte offset {where}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.name:
            raise refusal(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{opened.name}>", found "</{name}>"'
            )
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self.size - opened.offset
        if length == 0:
            return
        inside = "".join(self.plain[opened.start :])
        entity = entity_of(opened.name, opened.attributes, opened.offset, length, inside)
        if entity is None:
            return
        if self._joined_code(entity):
            self.entities[-1] = Entity(
                "pre",
                entity.offset,
                entity.length,
                language=entity.language or self.entities[-1].language,
            )
        else:
            self.entities.append(entity)

    def _joined_code(self, entity: Entity) -> bool:
        """Whether ``pre`` and ``code`` cover the same text and one of them names a language."""
        if not self.entities:
            return False
        last = self.entities[-1]
        return (
            {last.type, entity.type} == {"pre", "code"}
            and (last.offset, last.length) == (entity.offset, entity.length)
            and bool(last.language or entity.language)
        )

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _until(self, stops: str) -> str:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self.at += 1

    def _byte(self, index: int) -> int:
        return len(self.source[:index].encode("utf-8", "surrogatepass"))


def _decoded(match: re.Match[str]) -> str | None:
    name = match["name"]
    if name is not None:
        return _NAMED.get(name)
    if len(match[0].rstrip(";")) > _LONGEST_REFERENCE:
        return None
    code = int(match["hex"], 16) if match["hex"] else int(match["dec"])
    return chr(code) if 0 < code < 0x10FFFF else None
