"""Claims: taking deliveries that are due, each by one holder, and joining them into messages."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.deliveries import Claim, Item, State, close
from bot.storage.occurrences import Kind, Occurrence, occurrence
from bot.storage.tables import DELIVERIES, OCCURRENCES

# So often a delivery is taken without an outcome before it is given up, since it may be what
# stops its holders.
ATTEMPTS = 100

_D = DELIVERIES.c


@dataclass(frozen=True, slots=True)
class Taken:
    """What a claim found: messages to send, and how many deliveries it did otherwise with.

    They were put off, given up since nobody could finish them, or were due too long ago.
    """

    claims: tuple[Claim, ...] = ()
    put_off: int = 0
    given_up: int = 0
    too_late: int = 0

    @property
    def none(self) -> bool:
        """Tell whether there was nothing to take."""
        return not (self.claims or self.put_off or self.given_up or self.too_late)


# When an occurrence that is due may go, where that is not now.
Waits = Callable[[Occurrence], datetime | None]


async def claim(
    connection: AsyncConnection,
    now: datetime,
    lease: timedelta,
    *,
    chats: int,
    items: int,
    oldest: datetime | None = None,
    waits: Callable[[AsyncConnection, Sequence[int]], Awaitable[Waits]] | None = None,
) -> Taken:
    """Take what is due for some chats, everything of each, and join it into messages.

    In PostgreSQL rows that another holder is just taking are passed over; in SQLite the writing
    transaction is alone. Commit before sending.

    Args:
        connection: an open transaction.
        now: the present moment, aware.
        lease: how long it may be held without a word.
        chats: most deliveries to look at first, and so most chats.
        items: most deliveries in a message.
        oldest: what was due before then is withdrawn.
        waits: awaited with the chats found, returns a `Waits` that puts deliveries off.
    """
    heads = await connection.execute(
        select(_D.chat_id)
        .where(_D.free_at <= now)
        .order_by(_D.free_at, _D.chat_id, _D.occurrence_id)
        .limit(chats)
        .with_for_update(skip_locked=True)
    )
    found = sorted(set(heads.scalars()))
    if not found:
        return Taken()
    rows: Sequence[Row[Any]] = (
        await connection.execute(
            select(
                OCCURRENCES,
                _D.state, _D.attempts, _D.doubts, _D.reason,
            )
            .join(DELIVERIES, _D.occurrence_id == OCCURRENCES.c.occurrence_id)
            .where(_D.chat_id.in_(found), _D.free_at <= now)
            .order_by(_D.chat_id, _D.thread_id, OCCURRENCES.c.due_on, _D.occurrence_id)
            .with_for_update(of=DELIVERIES, skip_locked=True)
        )
    ).all()  # fmt: skip
    old = [r.occurrence_id for r in rows if oldest is not None and r.due_at < oldest]
    if old:
        await close(connection, _D.occurrence_id.in_(old), State.WITHDRAWN, now, "too late")
    rows = [row for row in rows if row.occurrence_id not in set(old)]
    worn = [row.occurrence_id for row in rows if row.attempts >= ATTEMPTS]
    if worn:
        await close(connection, _D.occurrence_id.in_(worn), State.FAILED, now, "never finished")
    rows = [row for row in rows if row.attempts < ATTEMPTS]
    when: Waits = await waits(connection, found) if waits else _never
    later = {row.occurrence_id: when(occurrence(row)) for row in rows}
    put_off = await _put_off(connection, later, now)
    free = [row for row in rows if later[row.occurrence_id] is None]
    claims = tuple(_messages(free, items))
    await _hold(connection, claims, free, now + lease)
    return Taken(claims, put_off, len(worn), len(old))


def _messages(rows: Sequence[Row[Any]], most: int) -> Iterable[Claim]:
    """Join deliveries into messages: one a place and sort, what is in doubt apart."""

    def sort(row: Row[Any]) -> tuple[int, int, bool, str]:
        kind = Kind(row.kind)
        family = Kind.REMINDER if kind is Kind.SNOOZE else kind
        return row.chat_id, row.thread_id, _doubts(row) > 0, family.value

    for (chat, thread, doubtful, _), group in groupby(sorted(rows, key=sort), key=sort):
        items = [Item(occurrence(row), row.reason) for row in group]
        for start in range(0, len(items), most):
            part = tuple(items[start : start + most])
            yield Claim(chat, thread, secrets.token_hex(8), doubtful, part)


async def _hold(
    connection: AsyncConnection, claims: Iterable[Claim], rows: Iterable[Row[Any]], end: datetime
) -> None:
    by_id = {row.occurrence_id: row for row in rows}
    held = [
        {
            "which": number,
            "token": claim.token,
            "attempts": by_id[number].attempts + 1,
            "doubts": _doubts(by_id[number]),
        }
        for claim in claims
        for number in claim.ids
    ]
    if held:
        await connection.execute(
            update(DELIVERIES)
            .where(_D.occurrence_id == bindparam("which"))
            .values(
                state=State.LEASED.value,
                free_at=end,
                token=bindparam("token"),
                attempts=bindparam("attempts"),
                doubts=bindparam("doubts"),
            ),
            held,
        )


async def _put_off(
    connection: AsyncConnection, later: dict[int, datetime | None], now: datetime
) -> int:
    by_moment: dict[datetime, list[int]] = {}
    for number, moment in later.items():
        if moment is not None:
            by_moment.setdefault(moment, []).append(number)
    for moment, numbers in by_moment.items():
        await connection.execute(
            update(DELIVERIES)
            .where(_D.occurrence_id.in_(numbers))
            .values(
                state=case(
                    (or_(_D.doubts > 0, _D.state == State.SENDING.value), State.AMBIGUOUS.value),
                    else_=State.DUE.value,
                ),
                doubts=_D.doubts + case((_D.state == State.SENDING.value, 1), else_=0),
                token=None,
                free_at=max(moment, now + timedelta(seconds=1)),
            )
        )
    return sum(map(len, by_moment.values()))


def _doubts(row: Row[Any]) -> int:
    """Return how often it may have arrived: a lease that ran out while sending counts too."""
    return int(row.doubts) + int(row.state == State.SENDING.value)


def _never(_occurrence: Occurrence) -> datetime | None:
    return None
