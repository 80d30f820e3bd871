"""Plan deadlines: what each plan set when it was last loaded."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders.changes import Known
from bot.storage.database import exclusive
from bot.storage.tables import PLAN_DEADLINES


async def exchange(connection: AsyncConnection, known: Iterable[Known]) -> dict[str, Known]:
    """Keep what the plans set now and return what they set before, by key.

    Of several processes that load the same plans one sees the difference.
    """
    await exclusive(connection, "plan deadlines")
    rows = await connection.execute(select(PLAN_DEADLINES).order_by(PLAN_DEADLINES.c.deadline_key))
    before = {
        row.deadline_key: Known(
            row.deadline_key, row.place, row.words, row.quote, row.due_on, row.rrule
        )
        for row in rows
    }
    after = {item.key: item for item in known}
    if before != after:
        await connection.execute(delete(PLAN_DEADLINES))
        if after:
            await connection.execute(PLAN_DEADLINES.insert(), [_row(i) for i in after.values()])
    return before


def _row(item: Known) -> dict[str, object]:
    return {
        "deadline_key": item.key,
        "place": item.place,
        "words": item.words,
        "quote": item.quote,
        "due_on": item.date,
        "rrule": item.rrule,
    }
