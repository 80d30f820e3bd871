"""Conversations of the chats whose updates are in hand, read with them in one go.

While a process holds a chat's updates nobody else changes its conversations, so what was read
then holds until the last of them is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.storage import contexts
from bot.storage.contexts import KeptContext, Talk
from bot.storage.database import Database
from knowledge.ask.reply import Context


class Talks:
    """The contexts of conversations: those in hand, and the others from the database.

    Args:
        database: where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chats: dict[int, dict[Talk, KeptContext]] = {}

    def take(self, chats: Iterable[int], found: dict[Talk, KeptContext]) -> None:
        """Take what was read of these chats in hand; what is in hand already stays."""
        fresh: dict[int, dict[Talk, KeptContext]] = {
            chat: {} for chat in chats if chat not in self._chats
        }
        for talk, kept in found.items():
            if talk.chat in fresh:
                fresh[talk.chat][talk] = kept
        self._chats |= fresh

    def drop(self, chat: int) -> None:
        """Let a chat go: its next context is read from the database."""
        self._chats.pop(chat, None)

    def drop_all(self) -> None:
        """Let every chat go, as when somebody's conversations were erased."""
        self._chats.clear()

    async def load(self, talk: Talk) -> KeptContext | None:
        """Return the last context of `talk`, None where there is none."""
        in_hand = self._chats.get(talk.chat)
        if in_hand is not None:
            return in_hand.get(talk)
        async with self._database.read() as connection:
            return await contexts.load(connection, talk)

    def note(self, talk: Talk, context: Context, now: datetime) -> None:
        """Remember a context that is about to be written."""
        if talk.chat in self._chats:
            self._chats[talk.chat][talk] = KeptContext(context, now)
