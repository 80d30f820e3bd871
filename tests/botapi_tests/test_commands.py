from __future__ import annotations

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChat

from tests.botapi import Person
from tests.botapi_tests.refusing import refused


async def test_commands_are_kept_for_each_scope_and_language(bot: Bot, person: Person) -> None:
    everywhere = [BotCommand("today", "今天")]
    in_groups = [BotCommand("ask", "提问")]
    await bot.set_my_commands(everywhere)
    await bot.set_my_commands(in_groups, scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands(in_groups, scope=BotCommandScopeChat(person.id), language_code="zh")
    assert await bot.get_my_commands() == tuple(everywhere)
    assert await bot.get_my_commands(scope=BotCommandScopeAllGroupChats()) == tuple(in_groups)
    assert await bot.get_my_commands(scope=BotCommandScopeChat(person.id)) == ()
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize(
    ("command", "description", "words"),
    [
        ("Today", "今天", "BOT_COMMAND_INVALID"),
        ("今天", "今天", "BOT_COMMAND_INVALID"),
        ("x" * 33, "今天", "BOT_COMMAND_INVALID"),
        ("/today", "今天", "BOT_COMMAND_INVALID"),
        ("today", " ", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("today", "字" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_command_is_lower_case_latin_with_a_description(
    bot: Bot, command: str, description: str, words: str
) -> None:
    with refused(words):
        await bot.set_my_commands([BotCommand(command, description)])
    assert await bot.get_my_commands() == ()


async def test_a_hundred_commands_are_the_most(bot: Bot) -> None:
    commands = [BotCommand(f"c{number}", "字" * 256) for number in range(101)]
    with refused("BOT_COMMANDS_TOO_MUCH"):
        await bot.set_my_commands(commands)
    await bot.set_my_commands(commands[:100])
    assert len(await bot.get_my_commands()) == 100


async def test_a_scope_names_a_chat_the_bot_knows(bot: Bot) -> None:
    with refused("chat not found"):
        await bot.set_my_commands([BotCommand("a", "b")], scope=BotCommandScopeChat(12345))


async def test_the_bots_name_and_descriptions_have_limits(bot: Bot) -> None:
    await bot.set_my_name("计划")
    await bot.set_my_description("字" * 512)
    await bot.set_my_short_description("字" * 120, language_code="zh")
    assert (await bot.get_my_name()).name == "计划"
    assert (await bot.get_my_description(language_code="en")).description == "字" * 512
    assert (await bot.get_my_short_description()).short_description == ""
    with refused("name is too long"):
        await bot.set_my_name("字" * 65)
    with refused("description is too long"):
        await bot.set_my_description("字" * 513)
    with refused("short description is too long"):
        await bot.set_my_short_description("字" * 121)
