"""The methods served, by lower-case name: Telegram does not mind their case."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.botapi.methods import chat_info, commands, editing, queries, receiving, sending
from tests.botapi.params import Params
from tests.botapi.state import World

Method = Callable[[World, Params], Awaitable[object]]

METHODS: dict[str, Method] = {
    "getme": chat_info.get_me,
    "getupdates": receiving.get_updates,
    "setwebhook": receiving.set_webhook,
    "deletewebhook": receiving.delete_webhook,
    "getwebhookinfo": receiving.get_webhook_info,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "answercallbackquery": queries.answer_callback_query,
    "answerinlinequery": queries.answer_inline_query,
    "getfile": receiving.get_file,
    "setmycommands": commands.set_my_commands,
    "getmycommands": commands.get_my_commands,
    "deletemycommands": commands.delete_my_commands,
    "setmyname": commands.set_my_name,
    "getmyname": commands.get_my_name,
    "setmydescription": commands.set_my_description,
    "getmydescription": commands.get_my_description,
    "setmyshortdescription": commands.set_my_short_description,
    "getmyshortdescription": commands.get_my_short_description,
    "getchat": chat_info.get_chat,
    "getchatmember": chat_info.get_chat_member,
    "getchatadministrators": chat_info.get_chat_administrators,
    "leavechat": chat_info.leave_chat,
}
