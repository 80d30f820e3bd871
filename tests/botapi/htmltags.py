"""The tags of Telegram's HTML style and the entities they become."""

from __future__ import annotations

import re

from tests.botapi.errors import ApiError, bad_request
from tests.botapi.formatted import Entity

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
TAGS = frozenset(_SIMPLE) | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")
_LINK = re.compile(r"(?:https?|tg|ton|mailto|tel):\S+|[\w-]+(\.[\w-]+)+\S*", re.IGNORECASE)


def entity_of(
    name: str, attributes: dict[str, str], offset: int, length: int, inside: str
) -> Entity | None:
    """The entity of one closed tag.

    Args:
        name: The tag, lower-case.
        attributes: Its attributes.
        offset: Where its text begins, in UTF-16 code units.
        length: How long its text is, in UTF-16 code units.
        inside: That text.

    Returns:
        None for a link that leads nowhere: Telegram then shows plain text.
    """
    if name in _SIMPLE:
        return Entity(_SIMPLE[name], offset, length)
    if name == "a":
        return _link(attributes.get("href") or inside, offset, length)
    if name == "blockquote":
        kind = "expandable_blockquote" if "expandable" in attributes else "blockquote"
        return Entity(kind, offset, length)
    if name == "tg-emoji":
        emoji = attributes.get("emoji-id", "")
        if not emoji.isdecimal() or int(emoji) == 0:
            raise refusal("Invalid custom emoji identifier specified")
        return Entity("custom_emoji", offset, length, custom_emoji_id=emoji)
    if name == "tg-time":
        return _time(attributes, offset, length)
    style = attributes.get("class", "") if name == "code" else ""
    language = style.removeprefix("language-") if style.startswith("language-") else None
    return Entity(name, offset, length, language=language)


def _link(url: str, offset: int, length: int) -> Entity | None:
    user = _USER_LINK.fullmatch(url)
    if user:
        return Entity("text_mention", offset, length, user_id=int(user[1]))
    if _LINK.fullmatch(url):
        return Entity("text_link", offset, length, url=url)
    return None


def _time(attributes: dict[str, str], offset: int, length: int) -> Entity:
    unix, style = attributes.get("unix", ""), attributes.get("format", "")
    if not unix.isdecimal() or int(unix) == 0:
        raise refusal("Invalid Unix time specified")
    if not _FORMAT.fullmatch(style):
        raise refusal("Invalid date-time format specified")
    return Entity("date_time", offset, length, unix_time=int(unix), date_time_format=style or None)


def refusal(reason: str) -> ApiError:
    """A 400 that says what is wrong with the markup."""
    return bad_request(f"can't parse entities: {reason}")
