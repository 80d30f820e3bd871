"""The tables as queries see them; the statements in `sql/` make them.

Two names bind every table to the whole: rows that belong to a chat carry `chat_id` and follow it
when it moves; rows that tell of a person carry `user_id` and go when that person asks to be
forgotten (see `chats.migrate` and `chats.forget`, which walk over `METADATA`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

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

NUMBERS = Table(
    "numbers",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

SCHEDULES = Table(
    "schedules",
    METADATA,
    Column("schedule_id", BigInteger, primary_key=True, autoincrement=False),
    Column("profile", Text, nullable=False, unique=True),
    Column("next_due", Moment),
)

SUBSCRIPTIONS = Table(
    "subscriptions",
    METADATA,
    Column("subscription_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("scope", Words, nullable=False),
    Column("leads", Json),
    Column("hour", Text),
    Column("schedule_id", BigInteger, nullable=False),
    Column("since", Moment, nullable=False),
    Column("paused_at", Moment),
    UniqueConstraint("chat_id", "thread_id", "scope"),
)

OWN_DEADLINES = Table(
    "own_deadlines",
    METADATA,
    Column("own_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("subject", Words, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("words", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
)

PLAN_DEADLINES = Table(
    "plan_deadlines",
    METADATA,
    Column("deadline_key", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("due_on", Date),
    Column("rrule", Text),
)

OCCURRENCES = Table(
    "occurrences",
    METADATA,
    Column("occurrence_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("deadline_key", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("lead", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("deadline_key", "due_on", "kind", "lead", "serial", "chat_id", "thread_id"),
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column(
        "occurrence_id",
        BigInteger,
        ForeignKey(OCCURRENCES.c.occurrence_id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("free_at", Moment),
    Column("token", Text),
    Column("attempts", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),
    Column("unheard", Integer, nullable=False),
    Column("message_id", BigInteger),
    Column("reason", Words),
    Column("closed_at", Moment),
)

COMPLETIONS = Table(
    "completions",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True),
    Column("deadline_key", Text, primary_key=True),
    Column("due_on", Date, primary_key=True),
    Column("done_at", Moment, nullable=False),
)

COMPLETERS = Table(
    "completers",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True),
    Column("deadline_key", Text, primary_key=True),
    Column("due_on", Date, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
)

FEEDS = Table(
    "feeds",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("word", Text, nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
)
