"""Groups: questions to the bot by mention, by reply or by command, and silence to other talk."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity, Update
from telegram.ext import filters

from bot.services import PlanContext
from handlers.ask import answer_message, replied_text
from handlers.markup import escape
from handlers.places import place_of, send_html
from handlers.wording import say

_EDGES = re.compile(r"^[\s,,::、]+|[\s,,::、]+$")


class ToUs(filters.MessageFilter):
    """Messages that mention the bot or reply to one of its messages."""

    def filter(self, message: Message) -> bool:
        """Tell whether the message speaks to the bot."""
        return bool(mentions(message)) or replies_to_us(message)


def mentions(message: Message) -> list[str]:
    """Return the mentions of the bot in a message, as they are written."""
    bot = message.get_bot()
    name = f"@{bot.username}".lower()
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) | message.parse_caption_entities(kinds)
    return [
        text
        for entity, text in found.items()
        if text.lower() == name or (entity.user is not None and entity.user.id == bot.id)
    ]


def replies_to_us(message: Message) -> bool:
    """Tell whether a message replies to one of the bot's; the opening of a topic is none."""
    other = message.reply_to_message
    if other is None or other.from_user is None or other.forum_topic_created is not None:
        return False
    return other.from_user.id == message.get_bot().id


async def ask_in_group(update: Update, context: PlanContext) -> None:
    """Answer a message to the bot, or the one it replies to where it says nothing itself."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - the filter lets only messages through
    text = question_in(message)
    if not text:
        await send_html(context, place_of(update), escape(say("mention_usage")))
        return
    await answer_message(update, context, text)


def question_in(message: Message) -> str:
    """Return what a message to the bot asks, without the mention."""
    text = message.text or message.caption or ""
    for mention in mentions(message):
        text = text.replace(mention, " ")
    text = _EDGES.sub("", text)
    return text or ("" if replies_to_us(message) else replied_text(message))
