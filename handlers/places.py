"""Where a reply belongs: the chat, the topic, and the message it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.letters import Ambiguous, Failed, File, Flood, Letter, Sent, Text
from bot.services import LaterError, PlanContext
from bot.transport import Upload


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, a topic of it (None outside of one), and a message to answer (None for none)."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One message to send: HTML within Telegram's limits, and its buttons."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


def place_of(update: Update) -> Place:
    """Return where a reply to `update` belongs.

    In a group a reply answers the message it is about, in a private chat it just follows it.
    """
    message = update.effective_message
    chat = update.effective_chat
    assert chat is not None  # noqa: S101 - handlers for updates without a chat do not ask
    if message is None:
        return Place(chat.id)
    ours = update.callback_query is not None
    answers = chat.type != ChatType.PRIVATE and not ours
    return Place(chat.id, thread_of(message), message.message_id if answers else None)


def thread_of(message: Message) -> int | None:
    """Return the topic a message is in; in a plain group a thread id only marks replies."""
    return message.message_thread_id if message.is_topic_message else None


async def send_pages(context: PlanContext, place: Place, pages: Sequence[Page]) -> tuple[int, ...]:
    """Send pages one after another and return the ids of those that are known to have arrived.

    Raises:
        LaterError: nothing was sent, for a reason that may pass.
    """
    arrived: list[int] = []
    for page in pages:
        letter = Text(place.chat, page.html, page.keyboard, place.thread, place.reply_to)
        found = await deliver(context, letter, first=not arrived)
        if found is None:
            break
        arrived += found
    return tuple(arrived)


async def send_html(
    context: PlanContext, place: Place, html: str, keyboard: InlineKeyboardMarkup | None = None
) -> tuple[int, ...]:
    """Send one message and return its id; raises as `send_pages` does."""
    return await send_pages(context, place, [Page(html, keyboard)])


async def send_picture(
    context: PlanContext,
    place: Place,
    png: Upload,
    caption: str,
    keyboard: InlineKeyboardMarkup | None = None,
) -> tuple[int, ...]:
    """Send a picture and return its id; raises as `send_pages` does."""
    letter = File(place.chat, png, True, caption, keyboard, place.thread, place.reply_to)
    return tuple(await deliver(context, letter, first=True) or ())


async def deliver(context: PlanContext, letter: Letter, *, first: bool) -> list[int] | None:
    """Send a letter: the id it has if known, None where nothing further can be sent.

    Raises:
        LaterError: it is the first, and may be sent later.
    """
    match await context.services.sender.send(letter):
        case Sent(number):
            return [number]
        case Ambiguous():
            return []
        case Failed(reason, passing=True) if first:
            raise LaterError(reason)
        case Flood(seconds) if first:
            raise LaterError("Telegram slows the chat down", seconds)
        case _:
            return None
