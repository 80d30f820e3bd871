"""Answers: which messages of the bot answer which question, for when a question is edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert
from bot.storage.tables import ANSWERS

# Telegram lets a message be edited for this long.
KEPT = timedelta(days=2)


async def remember(
    connection: AsyncConnection, chat: int, question: int, replies: Iterable[int], now: datetime
) -> None:
    """Keep the ids of the messages that answer the message `question`, in place of its last."""
    await forget(connection, chat, question)
    rows = [
        {"chat_id": chat, "question_id": question, "reply_id": reply, "answered_at": now}
        for reply in sorted(set(replies))
    ]
    if rows:
        await connection.execute(ANSWERS.insert(), rows)


async def add(
    connection: AsyncConnection,
    answers: Sequence[tuple[int, int, tuple[int, ...]]],
    now: datetime,
) -> None:
    """Keep which messages answer which question, each (chat, question, replies)."""
    rows = [
        {"chat_id": chat, "question_id": question, "reply_id": reply, "answered_at": now}
        for chat, question, replies in answers
        for reply in replies
    ]
    if rows:
        await connection.execute(insert(connection, ANSWERS).on_conflict_do_nothing(), rows)


async def replies_to(connection: AsyncConnection, chat: int, question: int) -> tuple[int, ...]:
    """Return the ids of the messages that answer the message `question`, in the order sent."""
    rows = await connection.scalars(
        select(ANSWERS.c.reply_id)
        .where(ANSWERS.c.chat_id == chat, ANSWERS.c.question_id == question)
        .order_by(ANSWERS.c.reply_id)
    )
    return tuple(rows)


async def forget(connection: AsyncConnection, chat: int, question: int) -> None:
    """Drop what is kept about the message `question`."""
    await connection.execute(
        delete(ANSWERS).where(ANSWERS.c.chat_id == chat, ANSWERS.c.question_id == question)
    )


async def prune(connection: AsyncConnection, now: datetime) -> int:
    """Drop what is older than two days and return how many messages it was."""
    old = delete(ANSWERS).where(ANSWERS.c.answered_at < now - KEPT)
    return (await connection.execute(old)).rowcount
