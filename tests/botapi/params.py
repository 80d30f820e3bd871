"""The parameters of one call, however they were sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from tests.botapi import formatted, utf16
from tests.botapi.errors import Json, bad_request
from tests.botapi.formatted import Formatted
from tests.botapi.htmltext import parse_html

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    mime_type: str
    content: bytes


class Params:
    """Named values of one call, read with the type a method expects.

    Args:
        values: As sent: text from forms and queries, any JSON value from JSON bodies.
        files: Uploads by the name of their part.
    """

    def __init__(
        self, values: Mapping[str, object], files: Mapping[str, Upload] | None = None
    ) -> None:
        self.values = dict(values)
        self.files = dict(files or {})

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, (dict, list)):
            raise bad_request(f'field "{name}" must be of type String')
        return str(value)

    def integer(self, name: str) -> int | None:
        value = self.text(name)
        if value == "":
            return None
        try:
            return int(value)
        except ValueError as error:
            raise bad_request(f'can\'t parse "{name}": expected an Integer') from error

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1", "yes")

    def structure(self, name: str) -> object:
        """An object or array: from a JSON body as it is, from a form as JSON text."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if value == "":
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def mapping(self, name: str) -> Json | None:
        value = self.structure(name)
        if value is None or isinstance(value, dict):
            return value
        raise bad_request(f"object expected as {name}")

    def formatted(self, name: str, entities: str, mode: str = "parse_mode") -> Formatted:
        """Reads a text, its parse mode or its entities, and keeps it as Telegram would."""
        return read_formatted(self.text(name), self.text(mode), self.structure(entities))

    def message_text(self) -> Formatted:
        value = self.formatted("text", "entities")
        if not value.text:
            raise bad_request("message text is empty")
        if utf16.length(value.text) > formatted.TEXT_LIMIT:
            raise bad_request("message is too long")
        return value

    def caption(self) -> Formatted:
        value = self.formatted("caption", "caption_entities")
        if utf16.length(value.text) > formatted.CAPTION_LIMIT:
            raise bad_request("message caption is too long")
        return value


def read_formatted(text: str, mode: str, entities: object) -> Formatted:
    """Parses a text in a parse mode, or with explicit entities, and normalises it."""
    source = formatted.clean(text)
    if mode.lower() == "html":
        return formatted.normalize(parse_html(source))
    if mode:
        # Markdown is real, but nothing here renders it: a test that needs it must say so.
        raise bad_request("unsupported parse_mode")
    if entities is None:
        return formatted.normalize(Formatted(source))
    return formatted.normalize(Formatted(source, formatted.from_payload(entities, source)))


async def read_params(request: web.Request) -> Params:
    """Reads query, form, multipart or JSON into one set of parameters."""
    values: dict[str, object] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body = await request.json()
        if isinstance(body, dict):
            values.update(body)
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Params(values, files)
