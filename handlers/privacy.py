"""/privacy and /forget: what is kept about a person, and its erasure."""

from __future__ import annotations

from telegram import Update

from bot.services import PlanContext
from bot.storage import chats
from handlers import buttons
from handlers.buttons import Verb
from handlers.markup import escape
from handlers.places import place_of, send_html
from handlers.presses import acknowledge, change_message, expired, query_of
from handlers.wording import lines, say


async def privacy(update: Update, context: PlanContext) -> None:
    """List what is kept."""
    text = [f"<b>{escape(say('privacy_title'))}</b>"]
    text += [f"· {escape(line)}" for line in lines("kept")]
    text.append(f"\n{escape(say('privacy_end'))}")
    await send_html(context, place_of(update), "\n".join(text))


async def forget(update: Update, context: PlanContext) -> None:
    """Ask whether to erase everything."""
    user = update.effective_user
    who = user.id if user is not None else 0
    rows = [
        [
            buttons.button(say("forget_yes"), Verb.FORGET, "yes", who),
            buttons.button(say("forget_no"), Verb.FORGET, "no", who),
        ]
    ]
    keyboard = buttons.keyboard(rows)
    await send_html(context, place_of(update), escape(say("forget_ask")), keyboard)


async def forget_answer(update: Update, context: PlanContext) -> None:
    """Erase everything about whoever asked for it, and nobody else."""
    user = query_of(update).from_user
    match buttons.arguments(query_of(update).data):
        case (choice, who) if choice in ("yes", "no") and who == str(user.id):
            pass
        case _:
            await expired(update, context)
            return
    await acknowledge(update, context)
    if choice == "yes":
        async with context.services.database.write() as connection:
            await chats.forget(connection, user.id)
        context.services.talks.drop_all()
    text = say("forgotten" if choice == "yes" else "kept_all")
    await change_message(update, context, escape(text), None)
