"""What the bot says of itself: commands per scope, name and descriptions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.botapi import utf16
from tests.botapi.errors import Json, bad_request

if TYPE_CHECKING:
    from tests.botapi.params import Params
    from tests.botapi.state import World

_MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_DESCRIPTION_UNITS = 256
_LANGUAGE = re.compile(r"[a-z]{2}|")
_SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)


async def set_my_commands(world: World, params: Params) -> object:
    commands = params.structure("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_scope(world, params)] = [_command(item) for item in commands]
    return True


async def get_my_commands(world: World, params: Params) -> object:
    return world.profile.commands.get(_scope(world, params), [])


async def delete_my_commands(world: World, params: Params) -> object:
    world.profile.commands.pop(_scope(world, params), None)
    return True


async def set_my_name(world: World, params: Params) -> object:
    return _set(world.profile.name, params, "name", 64)


async def set_my_description(world: World, params: Params) -> object:
    return _set(world.profile.description, params, "description", 512)


async def set_my_short_description(world: World, params: Params) -> object:
    return _set(world.profile.short_description, params, "short_description", 120)


async def get_my_name(world: World, params: Params) -> object:
    return _get(world.profile.name, params, "name", world.bot.first_name)


async def get_my_description(world: World, params: Params) -> object:
    return _get(world.profile.description, params, "description", "")


async def get_my_short_description(world: World, params: Params) -> object:
    return _get(world.profile.short_description, params, "short_description", "")


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = item.get("command"), item.get("description")
    if not isinstance(command, str) or not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    text = description.strip() if isinstance(description, str) else ""
    if not 1 <= utf16.length(text) <= _DESCRIPTION_UNITS:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": text}


def _scope(world: World, params: Params) -> tuple[str, str]:
    scope = params.mapping("scope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if "chat_id" in scope:
        world.chat(int(scope["chat_id"]))
    return json.dumps(scope, sort_keys=True), _language(params)


def _language(params: Params) -> str:
    language = params.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def _set(store: dict[str, str], params: Params, name: str, most: int) -> bool:
    value = params.text(name)
    if utf16.length(value) > most:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    store[_language(params)] = value
    return True


def _get(store: dict[str, str], params: Params, name: str, default: str) -> Json:
    return {name: store.get(_language(params)) or store.get("") or default}
