"""Edited questions: their answer is changed with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import Message, Update
from telegram.constants import ChatType

from bot.journal import ReplaceAnswers
from bot.letters import Delete, Edit, Failed, Flood, Sent
from bot.services import LaterError, PlanContext
from bot.storage import answers
from handlers.admin.lessons import Teaching
from handlers.ask import answer_message, find_answer
from handlers.groups import ToUs, question_in
from handlers.places import Page, Place, place_of, send_pages
from handlers.wording import say

_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?\s*")
# Those that ask about the words behind them.
_COMMANDS = frozenset({"ask", "program", "figures", "deadlines"})


async def edited(update: Update, context: PlanContext) -> None:
    """Answer an edited question in the messages that answered it before.

    In a private chat also what was no question before is one now, in a group only what speaks to
    the bot. What is no question any more keeps its answer; no other command is run by editing.
    """
    message = update.edited_message
    assert message is not None  # noqa: S101 - the handler lets only edited messages through
    text = _question(message, context.bot.username)
    if not text:
        return
    services = context.services
    async with services.database.read() as connection:
        before = await answers.replies_to(connection, message.chat_id, message.message_id)
    if not before:
        await answer_message(update, context, text)
        return
    pages = await find_answer(update, context, text)
    now = await _replace(context, place_of(update), before, pages)
    entry = ReplaceAnswers(message.chat_id, message.message_id, now)
    services.journal.note(update.update_id, entry)


async def _replace(
    context: PlanContext, place: Place, before: Sequence[int], pages: Sequence[Page]
) -> tuple[int, ...]:
    """Show pages in the messages there are, and return the ids of those that show them now.

    From the first that cannot be changed, as when somebody deleted it, they are sent anew.

    Raises:
        LaterError: they may be shown later, and none was sent anew so far.
    """
    sender = context.services.sender
    kept: list[int] = []
    for number, page in zip(before, pages, strict=False):
        match await sender.send(Edit(place.chat, number, page.html, page.keyboard)):
            case Sent():
                kept.append(number)
            case Failed(reason, passing=True):
                raise LaterError(reason)
            case Flood(seconds):
                raise LaterError("Telegram slows the chat down", seconds)
            case _:
                break
    anew = await send_pages(context, place, pages[len(kept) :])
    for number in before[len(kept) :]:
        await sender.send(Delete(place.chat, number))
    return (*kept, *anew)


def _question(message: Message, username: str) -> str:
    """Return what a message asks the bot, "" where it asks nothing."""
    text = message.text or message.caption or ""
    command = _COMMAND.match(text)
    if command is not None:
        name, other, behind = command[1], command[2], text[command.end() :].strip()
        ours = other is None or other.lower() == username.lower()
        asks = ours and name in _COMMANDS and bool(behind)
        return say(f"{name}_of", name=behind) if asks else ""
    if message.chat.type != ChatType.PRIVATE:
        return question_in(message) if ToUs().filter(message) else ""
    # What an administrator teaches is taught once, and is no question.
    return "" if Teaching().filter(message) else text
