"""sendMessage, sendPhoto, sendDocument, sendChatAction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.botapi import utf16
from tests.botapi.errors import Json, bad_request
from tests.botapi.keyboards import read_markup
from tests.botapi.messages import Incoming, Reply, SentMessage, StoredFile, Version
from tests.botapi.params import Params, read_formatted

if TYPE_CHECKING:
    from tests.botapi.chats import Chat
    from tests.botapi.formatted import Formatted
    from tests.botapi.state import World

_QUOTE_LIMIT = 1024
_PHOTO_BYTES = 10 * 1024 * 1024
_DOCUMENT_BYTES = 50 * 1024 * 1024
_IMAGE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


async def send_message(world: World, params: Params) -> object:
    chat = world.writable(params.integer("chat_id"))
    return _send(world, params, chat, "sendMessage", params.message_text(), None)


async def send_photo(world: World, params: Params) -> object:
    chat = world.writable(params.integer("chat_id"))
    caption = params.caption()
    file = _file(world, params, "photo", "photos")
    if len(file.content) > _PHOTO_BYTES:
        raise bad_request("file is too big")
    if not file.content.startswith(_IMAGE_STARTS):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return _send(world, params, chat, "sendPhoto", caption, file)


async def send_document(world: World, params: Params) -> object:
    chat = world.writable(params.integer("chat_id"))
    caption = params.caption()
    file = _file(world, params, "document", "documents")
    if len(file.content) > _DOCUMENT_BYTES:
        raise bad_request("file is too big")
    return _send(world, params, chat, "sendDocument", caption, file)


async def send_chat_action(world: World, params: Params) -> object:
    chat = world.writable(params.integer("chat_id"))
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.actions.append((chat.id, action))
    world.touch()
    return True


def _send(
    world: World,
    params: Params,
    chat: Chat,
    method: str,
    content: Formatted,
    file: StoredFile | None,
) -> Json:
    markup = read_markup(params.mapping("reply_markup"))
    reply, thread_of_reply = _reply(world, params, chat)
    thread = _thread(params, chat) or thread_of_reply
    if world.flood is not None and method.lower() in world.flood.limits.methods:
        world.flood.admit(chat, world.clock())
    message = SentMessage(
        order=world.next_order(),
        method=method,
        chat=chat,
        sender=world.bot,
        message_id=chat.next_message_id(),
        thread_id=thread,
        reply=reply,
        file=file,
        params=params.values,
        versions=[Version(world.clock(), content, markup)],
        silent=params.flag("disable_notification"),
    )
    world.record(message)
    return message.payload


def _thread(params: Params, chat: Chat) -> int | None:
    thread = params.integer("message_thread_id")
    if thread is None or thread == 0:
        return None
    # Telegram refuses even the general topic's own id, 1: it is written to without an id.
    if thread not in chat.topics.values():
        raise bad_request("message thread not found")
    return thread


def _reply(world: World, params: Params, chat: Chat) -> tuple[Reply | None, int | None]:
    wanted = params.mapping("reply_parameters")
    if wanted is None and params.integer("reply_to_message_id"):
        wanted = {
            "message_id": params.integer("reply_to_message_id"),
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    if wanted is None:
        return None, None
    where = world.chat(int(wanted["chat_id"])) if wanted.get("chat_id") else chat
    target = world.messages.get((where.id, int(wanted.get("message_id", 0))))
    if target is None or (isinstance(target, SentMessage) and target.deleted):
        if wanted.get("allow_sending_without_reply"):
            return None, None
        raise bad_request("message to be replied not found")
    quote = _quote(wanted, target)
    payload: Json = {}
    if where is chat:
        payload["reply_to_message"] = _shallow(target)
    if quote is not None:
        payload["quote"] = {
            "text": quote,
            "position": utf16.length(target.text[: target.text.index(quote)]),
            "is_manual": True,
        }
    thread = target.thread_id if where is chat else None
    return Reply(where.id, target.message_id, quote, payload), thread


def _quote(wanted: Json, target: Incoming | SentMessage) -> str | None:
    if not wanted.get("quote"):
        return None
    mode = str(wanted.get("quote_parse_mode") or "")
    quote = read_formatted(str(wanted["quote"]), mode, wanted.get("quote_entities")).text
    if not quote or utf16.length(quote) > _QUOTE_LIMIT or quote not in target.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return quote


def _shallow(target: Incoming | SentMessage) -> Json:
    """A message without the one it answers: Telegram nests replies only once."""
    nested = ("reply_to_message", "quote")
    return {name: value for name, value in target.payload.items() if name not in nested}


def _file(world: World, params: Params, name: str, folder: str) -> StoredFile:
    given = params.text(name)
    upload = params.files.get(given.removeprefix("attach://") if given else name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return world.store_file(folder, upload.name, upload.mime_type, upload.content)
    if not given:
        raise bad_request(f"there is no {name} in the request")
    if given in world.files:
        return world.files[given]
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    raise bad_request("wrong remote file identifier specified: Wrong string length")
