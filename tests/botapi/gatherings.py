"""Chats: making them, giving them topics, and turning groups into supergroups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.botapi.chats import Chat, ChatKind, Role
from tests.botapi.messages import Incoming
from tests.botapi.posting import Place, post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.botapi.chats import User
    from tests.botapi.people import Person
    from tests.botapi.state import World

_GROUP_BASE = -4_000_000
_SUPERGROUP_BASE = -1_002_000_000_000


def private_chat(world: World, user: User) -> Chat:
    """The chat of a user who has started the bot."""
    roles = {user.id: Role.MEMBER, world.bot.id: Role.MEMBER}
    return _add(world, Chat(user.id, ChatKind.PRIVATE, user.first_name, user.username, {}, roles))


def group(
    world: World, kind: ChatKind, title: str, members: Iterable[Person], admins: Iterable[Person]
) -> Chat:
    """A group with the bot in it as an ordinary member."""
    base = _GROUP_BASE if kind is ChatKind.GROUP else _SUPERGROUP_BASE
    roles = {world.bot.id: Role.MEMBER}
    roles |= {person.id: Role.MEMBER for person in members}
    roles |= {person.id: Role.ADMIN for person in admins}
    return _add(world, Chat(base - len(world.chats), kind, title, roles=roles))


def add_topic(world: World, chat: Chat, title: str) -> int:
    """Opens a topic; its thread id is the id of the message that opened it."""
    # Id 1 is the message that created the chat, and names the general topic.
    chat.last_message_id = max(chat.last_message_id, 1)
    thread = chat.next_message_id()
    chat.topics[title] = thread
    payload = {
        "message_id": thread,
        "date": int(world.clock()),
        "chat": chat.payload(),
        "message_thread_id": thread,
        "is_topic_message": True,
        "forum_topic_created": {"name": title, "icon_color": 7322096},
    }
    opened = Incoming(world.next_order(), chat.id, thread, "", thread, payload)
    world.messages[chat.id, thread] = opened
    return thread


def migrate(world: World, old: Chat, by: User) -> Chat:
    """Makes a supergroup of a basic group: a new id, and a service message in each chat."""
    new = _add(
        world,
        Chat(
            _SUPERGROUP_BASE - len(world.chats),
            ChatKind.SUPERGROUP,
            old.title,
            roles=dict(old.roles),
        ),
    )
    post(world, by, Place(old), {"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    post(world, by, Place(new), {"migrate_from_chat_id": old.id})
    return new


def _add(world: World, chat: Chat) -> Chat:
    world.chats[chat.id] = chat
    return chat
