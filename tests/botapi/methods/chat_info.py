"""getMe, getChat, getChatMember, getChatAdministrators, leaveChat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.botapi.chats import ChatKind, Role, member_payload
from tests.botapi.errors import bad_request

if TYPE_CHECKING:
    from tests.botapi.params import Params
    from tests.botapi.state import World


async def get_me(world: World, params: Params) -> object:
    return world.bot.payload() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
    }


async def get_chat(world: World, params: Params) -> object:
    chat = world.chat(params.integer("chat_id"))
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    return chat.payload() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }


async def get_chat_member(world: World, params: Params) -> object:
    chat = world.chat(params.integer("chat_id"))
    user = world.users.get(params.integer("user_id") or 0)
    if user is None:
        raise bad_request("invalid user_id specified")
    return member_payload(user, chat.roles.get(user.id, Role.LEFT))


async def get_chat_administrators(world: World, params: Params) -> object:
    chat = world.chat(params.integer("chat_id"))
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_payload(world.users[user_id], role)
        for user_id, role in chat.roles.items()
        if role in (Role.OWNER, Role.ADMIN) and not world.users[user_id].is_bot
    ]


async def leave_chat(world: World, params: Params) -> object:
    chat = world.writable(params.integer("chat_id"))
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    chat.roles[world.bot.id] = Role.LEFT
    world.touch()
    return True
