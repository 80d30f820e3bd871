"""The tables as queries see them; the statements in `sql/` make them.

Two names bind every table to the whole: rows that belong to a chat carry `chat_id` and follow it
when it moves; rows that tell of a person carry `user_id` and go when that person asks to be
forgotten (see `chats.migrate` and `chats.forget`, which walk over `METADATA`).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

from bot.storage.columns import Json, Moment, Words

METADATA = MetaData()

INBOX = Table(
    "inbox",
    METADATA,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_key", Text, nullable=False),
    Column("payload", Json),
    Column("attempts", Integer, nullable=False),
    Column("lease", Text),
    Column("free_at", Moment),
    Column("reason", Words),
    Column("received_at", Moment, nullable=False),
    Column("handled_at", Moment),
)

CHATS = Table(
    "chats",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("timezone", Text),
    Column("leads", Json),
    Column("hour", Text),
    Column("quiet", Text),
    Column("digests", Json),
    Column("paused", Words),
    Column("updated_at", Moment, nullable=False),
)

CONTEXTS = Table(
    "contexts",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True),
    Column("thread_id", BigInteger, primary_key=True),
    Column("user_id", BigInteger, primary_key=True),
    Column("context", Json, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True),
    Column("question_id", BigInteger, primary_key=True),
    Column("reply_id", BigInteger, primary_key=True),
    Column("answered_at", Moment, nullable=False),
)

BUTTONS = Table(
    "buttons",
    METADATA,
    Column("button_id", Text, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("payload", Json, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

VOTES = Table(
    "votes",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True),
    Column("message_id", BigInteger, primary_key=True),
    Column("user_id", BigInteger, primary_key=True),
    Column("thumb", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("question_key", Text, nullable=False),
    Column("reason", Words),
    Column("voted_at", Moment, nullable=False),
)

UNANSWERED = Table(
    "unanswered",
    METADATA,
    Column("question_key", Text, primary_key=True),
    Column("question", Words, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("resolved_at", Moment),
)
