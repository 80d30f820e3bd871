"""What an update leaves to be kept, written together with the note that it was handled.

So a crash either keeps all of it or has the update handled again, and many updates that finish at
the same time cost one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import answers, contexts, unanswered
from bot.storage.contexts import Talk
from knowledge.ask.reply import Context


@dataclass(frozen=True, slots=True)
class KeepContext:
    """The context for the next message of a talk."""

    talk: Talk
    context: Context


@dataclass(frozen=True, slots=True)
class KeepAnswers:
    """The messages that answer a question, beside any that did before."""

    chat: int
    question: int
    replies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReplaceAnswers:
    """The messages that answer a question now, in place of those that did before."""

    chat: int
    question: int
    replies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeepUnanswered:
    """A question the plan does not answer, in its normalised spelling."""

    question: str


Entry: TypeAlias = KeepContext | KeepAnswers | ReplaceAnswers | KeepUnanswered


class Journal:
    """Entries by the update that left them, until they are written."""

    def __init__(self) -> None:
        self._entries: dict[int, list[Entry]] = {}

    def note(self, update: int, entry: Entry) -> None:
        """Leave an entry of an update."""
        self._entries.setdefault(update, []).append(entry)

    def take(self, update: int) -> list[Entry]:
        """Return the entries of an update and forget them."""
        return self._entries.pop(update, [])


async def write(connection: AsyncConnection, entries: Sequence[Entry], now: datetime) -> None:
    """Keep what the entries say; of several about the same thing the last holds."""
    latest: dict[Talk, Context] = {}
    missed: Counter[str] = Counter()
    added: list[tuple[int, int, tuple[int, ...]]] = []
    for entry in entries:
        match entry:
            case KeepContext(talk, context):
                latest[talk] = context
            case KeepAnswers(chat, question, replies):
                added.append((chat, question, replies))
            case ReplaceAnswers(chat, question, replies):
                await answers.remember(connection, chat, question, replies, now)
            case KeepUnanswered(question):
                missed[question] += 1
    await unanswered.note(connection, missed, now)
    await answers.add(connection, added, now)
    await contexts.save(connection, latest, now)
