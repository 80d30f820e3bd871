"""The inbox by the handful: updates taken as they are stored, and finished together.

The same rows and rules as in `inbox`, for the way that nearly every update goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import exclusive, insert
from bot.storage.inbox import GONE, PENDING, Arrival, Claim, close, held
from bot.storage.tables import INBOX

_FINISH = (
    update(INBOX)
    .where(INBOX.c.update_id == bindparam("one"), INBOX.c.lease == bindparam("held"), PENDING)
    .values(**GONE, reason=None)
)


async def admit(
    connection: AsyncConnection,
    arrivals: Sequence[Arrival],
    now: datetime,
    lease: timedelta,
    holder: str,
) -> list[Claim]:
    """Keep the updates that are new, and take those whose chat has nothing waiting elsewhere.

    Args:
        connection: an open transaction.
        arrivals: updates in their order.
        now: the present moment, aware.
        lease: for how long those taken are held.
        holder: who takes them; those of its chats that wait in its own hands hold up nothing.

    Returns:
        What was taken, in order; the rest waits for `inbox.claim`.
    """
    if not arrivals:
        return []
    await exclusive(connection, "inbox")
    keys = {arrival.chat_key for arrival in arrivals}
    busy = frozenset(
        await connection.scalars(
            select(INBOX.c.chat_key)
            .where(
                PENDING,
                INBOX.c.chat_key.in_(keys),
                or_(INBOX.c.lease.is_(None), ~INBOX.c.lease.startswith(f"{holder}:")),
            )
            .distinct()
        )
    )
    rows = [
        {
            "update_id": arrival.update_id,
            "chat_key": arrival.chat_key,
            "payload": arrival.payload,
            # Whoever dies with many in hand must not use up the attempts of them all.
            "attempts": 0,
            "lease": None if arrival.chat_key in busy else f"{holder}:{arrival.update_id}",
            "free_at": None if arrival.chat_key in busy else now + lease,
            "received_at": now,
        }
        for arrival in arrivals
    ]
    statement = insert(connection, INBOX).on_conflict_do_nothing(
        index_elements=[INBOX.c.update_id]
    )
    new = frozenset(await connection.scalars(statement.returning(INBOX.c.update_id), rows))
    taken: dict[int, Claim] = {}
    for arrival in arrivals:
        if arrival.update_id in new and arrival.chat_key not in busy:
            token = f"{holder}:{arrival.update_id}"
            claim = Claim(arrival.update_id, arrival.chat_key, arrival.payload, 1, token)
            taken.setdefault(arrival.update_id, claim)
    return list(taken.values())


async def finish(connection: AsyncConnection, claims: Sequence[Claim], now: datetime) -> None:
    """Say that these updates were handled; those whose lease was lost stay as they are."""
    if claims:
        statement = _FINISH.values(handled_at=now)
        rows = [{"one": claim.update_id, "held": claim.token} for claim in claims]
        await connection.execute(statement, rows)


async def postpone(
    connection: AsyncConnection,
    claim: Claim,
    reason: str,
    now: datetime,
    pause: timedelta,
    oldest: timedelta,
) -> bool:
    """Have an update handed out again after `pause`, without counting it as an attempt.

    Args:
        connection: an open transaction.
        claim: what was taken.
        reason: why, without anything that people wrote.
        now: the present moment, aware.
        pause: how long it, and its chat, wait.
        oldest: one that has waited this long is given up.

    Returns:
        Whether it will be tried again; False also where the lease was lost.
    """
    kept = await connection.execute(
        update(INBOX)
        .where(held(claim), INBOX.c.received_at > now - oldest)
        .values(lease=None, free_at=now + pause, attempts=claim.attempt - 1, reason=reason)
    )
    if kept.rowcount:
        return True
    await close(connection, held(claim), now, reason=reason)
    return False


async def renew(
    connection: AsyncConnection, claims: Sequence[Claim], now: datetime, lease: timedelta
) -> None:
    """Hold these updates for longer; those whose lease was lost stay as they are."""
    if claims:
        statement = (
            update(INBOX)
            .where(INBOX.c.update_id == bindparam("one"), INBOX.c.lease == bindparam("held"))
            .values(free_at=now + lease)
        )
        rows = [{"one": claim.update_id, "held": claim.token} for claim in claims]
        await connection.execute(statement, rows)


async def free_all(connection: AsyncConnection) -> int:
    """Take every lease away, as when no other process can hold one; return how many."""
    freed = await connection.execute(
        update(INBOX).where(PENDING, INBOX.c.lease.is_not(None)).values(lease=None, free_at=None)
    )
    return freed.rowcount


async def any_free(connection: AsyncConnection, now: datetime) -> bool:
    """Tell whether an update may be waiting for someone to take it."""
    free = or_(INBOX.c.free_at.is_(None), INBOX.c.free_at <= now)
    return bool(await connection.scalar(select(exists().where(PENDING, free))))
