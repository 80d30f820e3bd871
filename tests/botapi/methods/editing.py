"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.botapi.chats import ChatKind, Role
from tests.botapi.errors import bad_request
from tests.botapi.keyboards import Markup, read_markup
from tests.botapi.messages import Incoming, SentMessage, Version

if TYPE_CHECKING:
    from tests.botapi.formatted import Formatted
    from tests.botapi.params import Params
    from tests.botapi.state import World

_DELETABLE_SECONDS = 48 * 3600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


async def edit_message_text(world: World, params: Params) -> object:
    content = params.message_text()
    message = _editable(world, params)
    if message.file is not None:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, message, content, _markup(params))


async def edit_message_caption(world: World, params: Params) -> object:
    content = params.caption()
    message = _editable(world, params)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, message, content, _markup(params))


async def edit_message_reply_markup(world: World, params: Params) -> object:
    message = _editable(world, params)
    return _edit(world, message, message.content, _markup(params))


async def delete_message(world: World, params: Params) -> object:
    chat = world.writable(params.integer("chat_id"))
    message = world.messages.get((chat.id, _message_id(params)))
    if message is None or (isinstance(message, SentMessage) and message.deleted):
        raise bad_request("message to delete not found")
    if isinstance(message, Incoming):
        rights = chat.roles.get(world.bot.id) in (Role.ADMIN, Role.OWNER)
        if chat.kind is not ChatKind.PRIVATE and not rights:
            raise bad_request("message can't be deleted")
        del world.messages[chat.id, message.message_id]
        return True
    if world.clock() - message.date > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    world.touch()
    return True


def _message_id(params: Params) -> int:
    message_id = params.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    return message_id


def _editable(world: World, params: Params) -> SentMessage:
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = world.writable(params.integer("chat_id"))
    message = world.messages.get((chat.id, _message_id(params)))
    if message is None:
        raise bad_request("message to edit not found")
    if isinstance(message, Incoming):
        raise bad_request("message can't be edited")
    if message.deleted:
        raise bad_request("message to edit not found")
    return message


def _markup(params: Params) -> Markup | None:
    markup = read_markup(params.mapping("reply_markup"))
    if markup is not None and not markup.is_inline:
        raise bad_request("inline keyboard expected")
    return markup


def _edit(world: World, message: SentMessage, content: Formatted, markup: Markup | None) -> object:
    before = message.now
    old = before.markup.payload if before.markup else None
    if (before.content, old) == (content, markup.payload if markup else None):
        raise bad_request(_NOT_MODIFIED)
    message.versions.append(Version(world.clock(), content, markup))
    world.touch()
    return message.payload
