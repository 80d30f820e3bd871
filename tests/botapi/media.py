"""What other things than text look like inside a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.botapi.errors import Json
    from tests.botapi.state import World

JPEG = b"\xff\xd8\xff"
_OGG = b"OggS"


def document(world: World, name: str, mime_type: str, content: bytes) -> Json:
    file = world.store_file("documents", name, mime_type, content)
    fields = _file_fields(file.file_id, len(content))
    return {"document": fields | {"file_name": name, "mime_type": mime_type}}


def photo(world: World, content: bytes) -> Json:
    file = world.store_file("photos", "photo.jpg", "image/jpeg", content)
    return {"photo": [_file_fields(file.file_id, len(content)) | {"width": 90, "height": 90}]}


def voice(world: World, seconds: int) -> Json:
    file = world.store_file("voice", "voice.oga", "audio/ogg", _OGG)
    fields = _file_fields(file.file_id, len(_OGG))
    return {"voice": fields | {"duration": seconds, "mime_type": "audio/ogg"}}


def sticker() -> Json:
    fields = _file_fields("sticker-1", 100) | {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    }
    return {"sticker": fields}


def poll(question: str, options: Sequence[str]) -> Json:
    fields = {
        "id": "poll-1",
        "question": question,
        "options": [
            {"text": option, "voter_count": 0, "persistent_id": str(number)}
            for number, option in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return {"poll": fields}


def captioned(body: Json, caption: str) -> Json:
    """The same content, with a caption unless it is empty."""
    return body | {"caption": caption} if caption else body


def _file_fields(file_id: str, size: int) -> Json:
    return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": size}
