"""/start: what the bot does."""

from __future__ import annotations

from telegram import Update

from bot.services import PlanContext
from handlers.places import place_of, send_html


async def start(update: Update, context: PlanContext) -> None:
    """Say what the bot does."""
    await send_html(context, place_of(update), "你好")
