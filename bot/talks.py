"""The chats whose updates are in hand: what is needed of them, read with them in one go.

While a process holds a chat's updates nobody else changes its conversations, so what was read
then holds until the last of them is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.journal import Journal, KeepContext
from bot.storage import contexts
from bot.storage.contexts import KeptContext, Talk
from bot.storage.database import Database
from knowledge.ask.reply import Context


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a talk, by the update that brought it."""

    update: int
    talk: Talk


class Talks:
    """The contexts of conversations: those in hand, and the others from the database.

    Args:
        database: where they are kept.
        journal: has what an update left kept when it was handled.
    """

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal
        self._chats: dict[int, dict[Talk, KeptContext]] = {}
        self._paused: set[int] = set()

    def take(
        self, chats: Iterable[int], found: dict[Talk, KeptContext], paused: Collection[int]
    ) -> None:
        """Take what was read of these chats in hand; what is in hand already stays.

        Args:
            chats: those whose updates came.
            found: their conversations.
            paused: those of them that are sent no reminders.
        """
        fresh: dict[int, dict[Talk, KeptContext]] = {
            chat: {} for chat in chats if chat not in self._chats
        }
        for talk, kept in found.items():
            if talk.chat in fresh:
                fresh[talk.chat][talk] = kept
        self._chats |= fresh
        self._paused.update(fresh.keys() & frozenset(paused))

    def is_open(self, chat: int) -> bool:
        """Tell whether a chat is known to be sent reminders, without looking it up."""
        return chat in self._chats and chat not in self._paused

    def drop(self, chat: int) -> None:
        """Let a chat go: its next context is read from the database."""
        self._chats.pop(chat, None)
        self._paused.discard(chat)

    def drop_all(self) -> None:
        """Let every chat go, as when somebody's conversations were erased."""
        self._chats.clear()
        self._paused.clear()

    async def load(self, talk: Said) -> KeptContext | None:
        """Return the last context of the talk, None where there is none."""
        in_hand = self._chats.get(talk.talk.chat)
        if in_hand is not None:
            return in_hand.get(talk.talk)
        async with self._database.read() as connection:
            return await contexts.load(connection, talk.talk)

    async def save(self, talk: Said, context: Context, now: datetime) -> None:
        """Have the context of the talk kept in place of its last when its update is done."""
        self._journal.note(talk.update, KeepContext(talk.talk, context))
        if talk.talk.chat in self._chats:
            self._chats[talk.talk.chat][talk.talk] = KeptContext(context, now)
