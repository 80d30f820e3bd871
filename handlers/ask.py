"""Questions: plain text in a private chat, and /ask."""

from __future__ import annotations

from telegram import Message, Update

from bot.journal import KeepAnswers, KeepUnanswered
from bot.services import PlanContext
from bot.storage import buttons as kept_buttons
from bot.storage.contexts import Talk
from bot.storage.unanswered import question_key
from bot.talks import Said
from handlers.markup import escape
from handlers.places import Page, Place, place_of, send_html, send_pages, thread_of
from handlers.render import Asked, render, too_long_choices
from handlers.wording import say
from knowledge.ask.reply import Outcome, Reply
from knowledge.language.script import fold, key

_KEPT_KIND = "ask"


async def ask_private(update: Update, context: PlanContext) -> None:
    """Answer a plain text."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - the filter lets only messages through
    await answer_message(update, context, message.text or "")


async def ask_command(update: Update, context: PlanContext) -> None:
    """Answer what stands behind /ask, or the message it replies to."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - commands are messages
    text = " ".join(context.args or ()) or replied_text(message)
    if not text:
        await send_html(context, place_of(update), escape(say("ask_usage")))
        return
    await answer_message(update, context, text)


async def answer_message(update: Update, context: PlanContext, text: str) -> None:
    """Answer a message with what the plan says, and remember what that needs."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - callers have one
    sent = await answer_text(update, context, text, place_of(update))
    if sent:
        context.services.journal.note(
            update.update_id, KeepAnswers(message.chat_id, message.message_id, sent)
        )


async def answer_text(
    update: Update, context: PlanContext, text: str, place: Place
) -> tuple[int, ...]:
    """Answer a text at a place and return the ids of the messages that do."""
    return await send_pages(context, place, await find_answer(update, context, text))


async def find_answer(update: Update, context: PlanContext, text: str) -> list[Page]:
    """Return the messages that answer a text said now, and note what is to be kept."""
    services = context.services
    said = said_in(update)
    turns = await services.conversation.hear(said, text)
    pages: list[Page] = []
    for turn in turns:
        services.metrics.answered(turn.reply)
        # What it leaned on belongs to it, for whoever reads it alone.
        leaned_on = turn.reply.understood.from_context or ""
        question = normalised(f"{leaned_on} {turn.asked or text}")
        asked = await _asked(context, said.talk.chat, turn.reply, question)
        pages += render(asked, services.knowledge.library)
        if turn.reply.outcome is Outcome.NOT_IN_PLAN:
            services.journal.note(update.update_id, KeepUnanswered(question))
    return pages


async def find_question(context: PlanContext, said: Said) -> str:
    """Return the last question of a talk in its normalised spelling, "" where there is none."""
    kept = await context.services.talks.load(said)
    return normalised(kept.context.question) if kept and kept.context.question else ""


async def _asked(context: PlanContext, chat: int, reply: Reply, question: str) -> Asked:
    services = context.services
    ids: list[str] = []
    for text in too_long_choices(reply):
        async with services.database.write() as connection:
            payload = {"kind": _KEPT_KIND, "text": text}
            now = services.clock.now()
            ids.append(await kept_buttons.keep(connection, chat, payload, now))
    return Asked(reply, question_key(question), tuple(ids))


def normalised(question: str) -> str:
    """Return a question in the spelling under which alike ones are grouped."""
    return key(fold(question)) or question.strip()


def said_in(update: Update) -> Said:
    """Return an update as a message of the conversation it belongs to."""
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    assert chat is not None  # noqa: S101 - questions are asked in chats
    thread = thread_of(message) if message is not None else None
    talk = Talk(chat.id, user.id if user is not None else chat.id, thread or 0)
    return Said(update.update_id, talk)


def replied_text(message: Message) -> str:
    """Return the text of the message that `message` replies to, or the part of it quoted."""
    if message.quote is not None:
        return message.quote.text
    other = message.reply_to_message
    # In a topic every message seems to reply to the one that opened it.
    if other is None or other.forum_topic_created is not None:
        return ""
    return other.text or other.caption or ""
