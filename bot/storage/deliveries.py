"""Deliveries: the outbox of the reminders, from due to sent, whatever happens in between.

    due ──> leased ──> sending ──> sent
     ^         │          ├─────> due (again later)    failed
     └─────────┘          └─────> ambiguous            withdrawn

Whoever takes a delivery holds it on a lease and under a token that no other holder has had. That
it is being sent is committed before it leaves, and what became of it after; both only under the
token that took it. A lease that ran out frees it: untouched where it was not being sent yet, and
else as one that may have arrived, to be sent once more and marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.occurrences import Kind, Occurrence
from bot.storage.tables import DELIVERIES, OCCURRENCES

# So many replies of Telegram may be lost for a delivery before nobody asks for a third.
UNHEARD = 2

# Why a delivery was put off, where its message says so.
PAUSED = "paused"
TOPIC_GONE = "topic gone"

_D = DELIVERIES.c


class State(StrEnum):
    """Where a delivery is; an ambiguous one is open as long as it will be sent once more."""

    DUE = "due"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    AMBIGUOUS = "ambiguous"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Item:
    """One delivery: what it tells of, and why it was put off where it was."""

    occurrence: Occurrence
    reason: str | None = None

    @property
    def id(self) -> int:
        """Return the occurrence's id, which is also the delivery's."""
        return self.occurrence.id


@dataclass(frozen=True, slots=True)
class Claim:
    """Deliveries to one place, held under a token, that make one message.

    `doubtful` tells that they may have arrived already.
    """

    chat: int
    thread: int
    token: str
    doubtful: bool
    items: tuple[Item, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """Return the ids of the deliveries."""
        return tuple(item.id for item in self.items)

    def only(self, ids: Iterable[int]) -> Claim:
        """Return the claim of no more than these deliveries."""
        kept = set(ids)
        return Claim(
            self.chat,
            self.thread,
            self.token,
            self.doubtful,
            tuple(item for item in self.items if item.id in kept),
        )


async def begin(
    connection: AsyncConnection, claim: Claim, now: datetime, lease: timedelta
) -> tuple[int, ...]:
    """Note that a claim is now being sent, and return the deliveries that are still held.

    Commit before it leaves. What was withdrawn meanwhile, or taken by another, is not among
    them; doing this again changes nothing.
    """
    rows = await connection.scalars(
        update(DELIVERIES)
        .where(_held(claim), _D.state.in_((State.LEASED, State.SENDING)))
        .values(state=State.SENDING.value, free_at=now + lease)
        .returning(_D.occurrence_id)
    )
    return tuple(sorted(rows))


async def sent(connection: AsyncConnection, claim: Claim, message: int, now: datetime) -> bool:
    """Note that a claim was sent as `message`; False where it is not held any more."""
    return await close(
        connection, _sending(claim), State.SENT, now, reason=None, message_id=message
    )


async def failed(connection: AsyncConnection, claim: Claim, reason: str, now: datetime) -> bool:
    """Note that a claim can never be sent; False where it is not held any more."""
    return await close(connection, _sending(claim), State.FAILED, now, reason)


async def unheard(
    connection: AsyncConnection, claim: Claim, now: datetime, pause: timedelta
) -> bool:
    """Note that no answer came: a claim is sent once more after `pause`, but not a third time.

    Returns:
        Whether it is sent once more.
    """
    last = _D.unheard + 1 >= UNHEARD
    await connection.execute(
        update(DELIVERIES)
        .where(_sending(claim))
        .values(
            state=State.AMBIGUOUS.value,
            token=None,
            doubts=_D.doubts + 1,
            unheard=_D.unheard + 1,
            free_at=case((last, None), else_=now + pause),
            closed_at=case((last, now)),
            reason="no answer",
        )
    )
    still_open = await connection.scalar(
        select(func.count())
        .select_from(DELIVERIES)
        .where(_D.occurrence_id.in_(claim.ids), _D.closed_at.is_(None))
    )
    return bool(still_open)


async def again(
    connection: AsyncConnection, claim: Claim, when: datetime | None, reason: str | None = None
) -> bool:
    """Give a claim back: certainly nothing was sent, and it goes `when` that moment comes.

    Args:
        connection: an open transaction.
        claim: what is held.
        when: the moment (aware), or None for when its chat takes messages again.
        reason: why, where the message should say so.

    Returns:
        False where it is not held any more.
    """
    changed = await connection.execute(
        update(DELIVERIES)
        .where(_held(claim), _D.state.in_((State.LEASED, State.SENDING)))
        .values(
            # What may have arrived stays in doubt.
            state=case((_D.doubts > 0, State.AMBIGUOUS.value), else_=State.DUE.value),
            token=None,
            attempts=_D.attempts - 1,
            free_at=when,
            reason=_D.reason if reason is None else reason,
        )
    )
    return changed.rowcount > 0


async def hold_back(connection: AsyncConnection, chat: int, until: datetime | None) -> int:
    """Have all that waits for a chat wait until then (None: until `release`); how many it was."""
    sooner = _D.free_at < until if until is not None else _D.free_at.is_not(None)
    changed = await connection.execute(
        update(DELIVERIES).where(_D.chat_id == chat, _waiting(), sooner).values(free_at=until)
    )
    return changed.rowcount


async def release(connection: AsyncConnection, chat: int, now: datetime) -> int:
    """Let go what was put by while a chat took nothing, and return how many it was."""
    changed = await connection.execute(
        update(DELIVERIES)
        .where(_D.chat_id == chat, _waiting(), _D.free_at.is_(None))
        .values(free_at=now, reason=PAUSED)
    )
    return changed.rowcount


async def close(
    connection: AsyncConnection,
    which: ColumnElement[bool],
    state: State,
    now: datetime,
    reason: str | None,
    **columns: Any,
) -> bool:
    """Close the deliveries for which `which` holds; False where there is none."""
    changed = await connection.execute(
        update(DELIVERIES).where(which).values(**_closing(state, now, reason), **columns)
    )
    return changed.rowcount > 0


async def withdraw(
    connection: AsyncConnection, which: ColumnElement[bool], reason: str, now: datetime
) -> int:
    """Take back what has not been sent of the occurrences for which `which` holds.

    What is just being sent goes its way. Returns how many it was.
    """
    changed = await connection.execute(
        update(DELIVERIES)
        .where(
            _D.closed_at.is_(None),
            _D.state != State.SENDING.value,
            _D.occurrence_id.in_(select(OCCURRENCES.c.occurrence_id).where(which)),
        )
        .values(**_closing(State.WITHDRAWN, now, reason))
    )
    return changed.rowcount


async def give_up(connection: AsyncConnection, before: datetime, now: datetime) -> int:
    """Withdraw what was due before then and still waits, as for a chat that never came back."""
    return await withdraw(connection, OCCURRENCES.c.due_at < before, "too late", now)


def of_day(key: str, due_on: date, *, chat: int | None = None) -> ColumnElement[bool]:
    """Return what holds for the reminders of a day of a deadline, of one chat or of all."""
    mine = () if chat is None else (OCCURRENCES.c.chat_id == chat,)
    return and_(of_deadline(key), OCCURRENCES.c.due_on == due_on, *mine)


def of_deadline(key: str) -> ColumnElement[bool]:
    """Return what holds for the reminders of every day of a deadline."""
    return and_(
        OCCURRENCES.c.deadline_key == key,
        OCCURRENCES.c.kind.in_((Kind.REMINDER.value, Kind.SNOOZE.value)),
    )


async def wakes_at(connection: AsyncConnection) -> datetime | None:
    """Return when the first open delivery may be taken, None where there is none."""
    found: datetime | None = await connection.scalar(
        select(_D.free_at).where(_D.free_at.is_not(None)).order_by(_D.free_at).limit(1)
    )
    return found


async def counts(connection: AsyncConnection) -> dict[State, int]:
    """Return how many deliveries are in each state."""
    rows = await connection.execute(select(_D.state, func.count()).group_by(_D.state))
    return {State(state): number for state, number in rows}


async def leave_topic(connection: AsyncConnection, chat: int, thread: int) -> None:
    """Have what waits for a topic that is gone go to the chat itself."""
    await connection.execute(
        update(DELIVERIES)
        .where(_D.chat_id == chat, _D.thread_id == thread, _D.closed_at.is_(None))
        .values(thread_id=0)
    )


def _closing(state: State, now: datetime, reason: str | None) -> dict[str, Any]:
    return {
        "state": state.value,
        "token": None,
        "free_at": None,
        "closed_at": now,
        "reason": reason,
    }


def _held(claim: Claim) -> ColumnElement[bool]:
    return and_(_D.occurrence_id.in_(claim.ids), _D.token == claim.token)


def _sending(claim: Claim) -> ColumnElement[bool]:
    return and_(_held(claim), _D.state == State.SENDING.value)


def _waiting() -> ColumnElement[bool]:
    return and_(_D.closed_at.is_(None), _D.state.in_((State.DUE.value, State.AMBIGUOUS.value)))
