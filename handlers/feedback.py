"""What people think: thumbs and reasons under answers, and /feedback."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.letters import Sent, Text
from bot.pacing import Priority
from bot.services import PlanContext
from bot.storage import votes
from bot.storage.votes import Ballot, Thumb
from handlers import buttons
from handlers.buttons import Verb
from handlers.markup import Block, Shape, Span, cut, escape
from handlers.places import place_of, send_html
from handlers.presses import acknowledge, change_message, expired, query_of
from handlers.render import outcome_of
from handlers.wording import say

_REASONS = {"w": "why_wrong", "o": "why_other", "p": "why_part"}
_LONGEST = 3000


async def thumb_up(update: Update, context: PlanContext) -> None:
    """Take a thumb up."""
    if await _cast(update, context, Thumb.UP):
        await acknowledge(update, context, say("voted_up"))


async def thumb_down(update: Update, context: PlanContext) -> None:
    """Take a thumb down and ask why, in the place of the thumbs."""
    if not await _cast(update, context, Thumb.DOWN):
        return
    await acknowledge(update, context, say("voted_down"))
    message = query_of(update).message
    if isinstance(message, Message):
        rows = [
            [buttons.button(say(text), Verb.WHY, code) for code, text in _REASONS.items()],
            [buttons.button(say("why_skip"), Verb.WHY, "-")],
        ]
        await change_message(update, context, None, _instead_of_thumbs(message, rows))


async def why(update: Update, context: PlanContext) -> None:
    """Take the reason of a thumb down, or none, and remove the question."""
    code = buttons.rest(query_of(update).data)
    message = query_of(update).message
    ballot = _ballot(update)
    if ballot is None or code not in (*_REASONS, "-"):
        await expired(update, context)
        return
    if code in _REASONS:
        async with context.services.database.write() as connection:
            await votes.explain(connection, ballot, say(_REASONS[code]))
    await acknowledge(update, context, say("voted_why"))
    if isinstance(message, Message):
        await change_message(update, context, None, _instead_of_thumbs(message, []))


async def feedback(update: Update, context: PlanContext) -> None:
    """Pass on what stands behind /feedback to the administrators; nothing of it is kept."""
    place = place_of(update)
    services = context.services
    text = " ".join(context.args or ())
    if not text:
        await send_html(context, place, escape(say("feedback_usage")))
        return
    if not services.settings.admins:
        await send_html(context, place, escape(say("feedback_nobody")))
        return
    said = Block((Span(cut(text, _LONGEST)),), Shape.QUOTE)
    html = f"{escape(say('feedback_to_admin'))}\n{said.html()}"
    outcomes = [
        await services.sender.send(Text(admin, html), Priority.REMINDER)
        for admin in sorted(services.settings.admins)
    ]
    arrived = any(isinstance(outcome, Sent) for outcome in outcomes)
    await send_html(
        context, place, escape(say("feedback_thanks" if arrived else "feedback_failed"))
    )


async def _cast(update: Update, context: PlanContext, thumb: Thumb) -> bool:
    """Keep a vote; answer the press and return False where it is none."""
    parts = buttons.arguments(query_of(update).data)
    outcome = outcome_of(parts[0]) if len(parts) == 2 else None
    ballot = _ballot(update)
    if outcome is None or ballot is None or len(parts[1]) > 24:
        await expired(update, context)
        return False
    services = context.services
    async with services.database.write() as connection:
        await votes.cast(
            connection,
            ballot,
            thumb,
            outcome=outcome,
            question_key=parts[1],
            now=services.clock.now(),
        )
    return True


def _ballot(update: Update) -> Ballot | None:
    query = query_of(update)
    if query.message is None:
        return None
    return Ballot(query.message.chat.id, query.message.message_id, query.from_user.id)


def _instead_of_thumbs(
    message: Message, rows: list[list[InlineKeyboardButton]]
) -> InlineKeyboardMarkup | None:
    """Return the message's buttons with the thumbs, or what asks why, replaced by `rows`."""
    asking = [buttons.pattern(verb) for verb in (Verb.UP, Verb.DOWN, Verb.WHY)]
    markup = message.reply_markup
    old = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else ()
    kept = [
        list(row)
        for row in old
        if not any(mark.match(str(button.callback_data)) for button in row for mark in asking)
    ]
    return buttons.keyboard([*kept, *rows]) or InlineKeyboardMarkup([])
