"""Numbers: ids given out in order and never twice, many at a time."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert
from bot.storage.tables import NUMBERS


async def reserve(connection: AsyncConnection, name: str, count: int = 1) -> int:
    """Set the next `count` ids of this name apart and return the first.

    Whoever else asks for the same name waits until the transaction ends.
    """
    last = await connection.scalar(
        insert(connection, NUMBERS)
        .values(name=name, last=count)
        .on_conflict_do_update(
            index_elements=[NUMBERS.c.name], set_={"last": NUMBERS.c.last + count}
        )
        .returning(NUMBERS.c.last)
    )
    return int(last) - count + 1
