"""Votes: what people thought of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert
from bot.storage.tables import VOTES
from knowledge.ask.reply import Outcome


class Thumb(StrEnum):
    """Which way a vote goes."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Ballot:
    """Who votes on what: a person on a message of the bot in a chat."""

    chat: int
    message: int
    user: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many thumbs went each way."""

    up: int = 0
    down: int = 0


async def cast(
    connection: AsyncConnection,
    ballot: Ballot,
    thumb: Thumb,
    *,
    outcome: Outcome,
    question_key: str,
    now: datetime,
) -> None:
    """Keep a vote in place of the person's last on that message, whose reason goes with it.

    Args:
        connection: an open transaction.
        ballot: who votes on what.
        thumb: which way.
        outcome: how the question was answered.
        question_key: the question, as `unanswered.question_key` names it.
        now: the present moment, aware.
    """
    columns = {
        "thumb": thumb.value,
        "outcome": outcome.value,
        "question_key": question_key,
        "reason": None,
        "voted_at": now,
    }
    await connection.execute(
        insert(connection, VOTES)
        .values(chat_id=ballot.chat, message_id=ballot.message, user_id=ballot.user, **columns)
        .on_conflict_do_update(index_elements=list(VOTES.primary_key), set_=columns)
    )


async def explain(connection: AsyncConnection, ballot: Ballot, reason: str) -> bool:
    """Add why to a vote; return False where there is none."""
    changed = await connection.execute(update(VOTES).where(*_of(ballot)).values(reason=reason))
    return changed.rowcount > 0


async def tally(connection: AsyncConnection, since: datetime) -> dict[Outcome, Tally]:
    """Return the votes since then by how the question was answered."""
    rows = await connection.execute(
        select(
            VOTES.c.outcome,
            func.count().filter(VOTES.c.thumb == Thumb.UP.value),
            func.count().filter(VOTES.c.thumb == Thumb.DOWN.value),
        )
        .where(VOTES.c.voted_at >= since)
        .group_by(VOTES.c.outcome)
    )
    return {Outcome(outcome): Tally(up, down) for outcome, up, down in rows}


async def reasons(connection: AsyncConnection, limit: int) -> tuple[str, ...]:
    """Return the latest reasons given, newest first."""
    rows = await connection.scalars(
        select(VOTES.c.reason)
        .where(VOTES.c.reason.is_not(None))
        .order_by(VOTES.c.voted_at.desc())
        .limit(limit)
    )
    return tuple(rows)


def _of(ballot: Ballot) -> tuple[ColumnElement[bool], ...]:
    return (
        VOTES.c.chat_id == ballot.chat,
        VOTES.c.message_id == ballot.message,
        VOTES.c.user_id == ballot.user,
    )
