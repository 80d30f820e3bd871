"""Edited questions: their answer is changed with them."""

from __future__ import annotations

import re

from telegram import Update
from telegram.constants import ChatType

from bot.journal import ReplaceAnswers
from bot.letters import Delete, Edit, Failed, Sent, Text
from bot.services import LaterError, PlanContext
from bot.storage import answers
from handlers.ask import answer_message, find_answer
from handlers.groups import mentions, question_in, replies_to_us
from handlers.places import place_of

_COMMAND = re.compile(r"/(\w+)(?:@\w+)?\s*")


async def edited(update: Update, context: PlanContext) -> None:
    """Answer an edited question in the messages that answered it before.

    Only what was a question before is one now; in a private chat also what got no answer. No
    command but /ask and /program is run by editing.
    """
    message = update.edited_message
    assert message is not None  # noqa: S101 - the handler lets only edited messages through
    services = context.services
    async with services.database.read() as connection:
        before = await answers.replies_to(connection, message.chat_id, message.message_id)
    text = _question(update)
    if not text:
        return
    if not before:
        if message.chat.type == ChatType.PRIVATE or mentions(message) or replies_to_us(message):
            await answer_message(update, context, text)
        return
    pages = await find_answer(update, context, text)
    place = place_of(update)
    now: list[int] = []
    for at, page in enumerate(pages):
        letter: Edit | Text = Text(
            place.chat, page.html, page.keyboard, place.thread, place.reply_to
        )
        if at < len(before):
            letter = Edit(place.chat, before[at], page.html, page.keyboard)
        match await services.sender.send(letter):
            case Sent(number):
                now.append(number)
            case Failed(reason, passing=True):
                raise LaterError(reason)
            case _:
                pass
    for number in before[len(pages) :]:
        await services.sender.send(Delete(place.chat, number))
    entry = ReplaceAnswers(message.chat_id, message.message_id, tuple(now))
    services.journal.note(update.update_id, entry)


def _question(update: Update) -> str:
    message = update.edited_message
    assert message is not None  # noqa: S101 - as above
    text = message.text or message.caption or ""
    command = _COMMAND.match(text)
    if command is not None:
        return text[command.end() :].strip() if command[1] in ("ask", "program") else ""
    return text if message.chat.type == ChatType.PRIVATE else question_in(message)
