"""Groups that become supergroups: what is kept of them goes along."""

from __future__ import annotations

from telegram import Update

from bot.services import PlanContext
from bot.storage import chats


async def migrated(update: Update, context: PlanContext) -> None:
    """Move all that is kept of a group to its new id."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - the filter lets only messages through
    old, new = message.chat_id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat_id
    if new is not None:
        async with context.services.database.write() as connection:
            await chats.migrate(connection, old, new)
        context.services.talks.drop(old)
        context.services.talks.drop(new)
