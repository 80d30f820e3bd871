"""Users and chats, and what they look like in Telegram's JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tests.botapi.errors import Json


class ChatKind(StrEnum):
    """The kinds of chat a bot of ours meets."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Role(StrEnum):
    """A member's status in a chat."""

    OWNER = "creator"
    ADMIN = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(frozen=True, slots=True)
class User:
    """A user or bot."""

    id: int
    first_name: str
    username: str | None = None
    is_bot: bool = False
    language_code: str | None = None

    def payload(self) -> Json:
        fields: Json = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(slots=True)
class Chat:
    """A chat as the server knows it now.

    Args:
        id: Positive for a private chat, negative for groups.
        kind: Private chat, basic group or supergroup.
        title: The group's title, or the first name of a private chat's user.
        username: The user's name in a private chat.
        topics: Thread id by topic title; a chat with topics is a forum.
        roles: Role of each member by user id, the bot's among them.
        migrated_to: The supergroup this basic group became.
    """

    id: int
    kind: ChatKind
    title: str
    username: str | None = None
    topics: dict[str, int] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)
    migrated_to: int | None = None
    last_message_id: int = 0

    @property
    def is_forum(self) -> bool:
        return bool(self.topics)

    def topic(self, title: str) -> int:
        """The thread id of a topic."""
        return self.topics[title]

    def next_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id

    def payload(self) -> Json:
        if self.kind is ChatKind.PRIVATE:
            fields: Json = {"id": self.id, "type": "private", "first_name": self.title}
            if self.username:
                fields["username"] = self.username
            return fields
        fields = {"id": self.id, "type": self.kind.value, "title": self.title}
        if self.is_forum:
            fields["is_forum"] = True
        return fields


_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)


def member_payload(user: User, role: Role) -> Json:
    """A ChatMember of the given role."""
    member: Json = {"user": user.payload(), "status": role.value}
    if role is Role.OWNER:
        member["is_anonymous"] = False
    elif role is Role.ADMIN:
        member |= {"can_be_edited": False, "is_anonymous": False}
        member |= dict.fromkeys(_ADMIN_RIGHTS, True)
    elif role is Role.KICKED:
        member["until_date"] = 0
    return member
