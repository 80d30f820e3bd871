"""What the bot says of itself in Telegram: commands per scope, descriptions, in Chinese."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from bot.api import RefusedError
from bot.services import Services
from bot.transport import MaybeSentError, NotSentError
from handlers.wording import commands, say

_LOG = logging.getLogger(__name__)


async def introduce(services: Services) -> None:
    """Set the commands and the profile's texts; what fails is logged and left as it was."""
    for method, parameters in _calls(services):
        try:
            await services.api.call(method, parameters)
        except (RefusedError, NotSentError, MaybeSentError) as error:
            _LOG.warning("%s failed, the bot's profile stays as it was: %s", method, error)


def _calls(services: Services) -> Iterator[tuple[str, dict[str, Any]]]:
    scopes: list[tuple[dict[str, Any], str]] = [
        ({"type": "default"}, "private"),
        ({"type": "all_private_chats"}, "private"),
        ({"type": "all_group_chats"}, "group"),
    ]
    scopes += [
        ({"type": "chat", "chat_id": admin}, "admin") for admin in sorted(services.settings.admins)
    ]
    for scope, name in scopes:
        shown = [{"command": word, "description": what} for word, what in commands(name)]
        yield "setMyCommands", {"commands": shown, "scope": scope}
    yield "setMyDescription", {"description": say("description")}
    yield "setMyShortDescription", {"short_description": say("short_description")}
