"""Chats: what each has chosen, and what holds for all that is kept of a chat or a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, TypedDict, Unpack
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Table, UniqueConstraint, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.quiet import QuietHours
from bot.storage.database import insert
from bot.storage.tables import CHATS, METADATA


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """What holds for a chat.

    `leads` are the days before a deadline on which to remind, `hour` the local time to do so at;
    `paused` is why nothing is sent to the chat, None while it is.
    """

    timezone: ZoneInfo
    quiet: QuietHours
    leads: tuple[int, ...] = (30, 7, 1, 0)
    hour: time = time(9)
    paused: str | None = None


class ChatChoices(TypedDict, total=False):
    """What a chat can choose; None goes back to the default."""

    timezone: ZoneInfo | None
    leads: Iterable[int] | None
    hour: time | None
    quiet: QuietHours | None
    paused: str | None


async def read(connection: AsyncConnection, chat: int, defaults: ChatSettings) -> ChatSettings:
    """Return what holds for `chat`: what it chose, and `defaults` for the rest."""
    return (await read_all(connection, [chat], defaults))[chat]


async def read_all(
    connection: AsyncConnection, chats: Iterable[int], defaults: ChatSettings
) -> dict[int, ChatSettings]:
    """Return what holds for each of these chats."""
    found = dict.fromkeys(chats, defaults)
    rows = await connection.execute(select(CHATS).where(CHATS.c.chat_id.in_(sorted(found))))
    return found | {row.chat_id: _settings(row, defaults) for row in rows}


async def paused_of(connection: AsyncConnection, chats: Collection[int]) -> frozenset[int]:
    """Return which of these chats are sent nothing."""
    statement = select(CHATS.c.chat_id).where(
        CHATS.c.chat_id.in_(chats), CHATS.c.paused.is_not(None)
    )
    return frozenset(await connection.scalars(statement))


async def change(
    connection: AsyncConnection, chat: int, now: datetime, **choices: Unpack[ChatChoices]
) -> None:
    """Keep these choices of `chat`, and leave its others alone."""
    columns = {name: _column(value) for name, value in choices.items()} | {"updated_at": now}
    await connection.execute(
        insert(connection, CHATS)
        .values(chat_id=chat, **columns)
        .on_conflict_do_update(index_elements=[CHATS.c.chat_id], set_=columns)
    )


async def forget(connection: AsyncConnection, who: int) -> None:
    """Erase all that is kept about a person, or about a chat.

    Args:
        connection: an open transaction.
        who: a user's id, which is also the id of the private chat with them, or a group's id.
    """
    for table in reversed(METADATA.sorted_tables):
        mine = [table.c[name] == who for name in ("chat_id", "user_id") if name in table.c]
        if mine:
            await connection.execute(delete(table).where(or_(*mine)))


async def migrate(connection: AsyncConnection, old: int, new: int) -> None:
    """Move all that is kept of the chat `old` to `new`, as when a group became a supergroup.

    Where both have the same thing the one of `new` stays, since it is the later; of the chat's
    choices, each by itself.
    """
    if old == new:
        return
    await _merge_choices(connection, old, new)
    for table in METADATA.sorted_tables:
        if "chat_id" in table.c:
            await _move_rows(connection, table, old, new)


async def _merge_choices(connection: AsyncConnection, old: int, new: int) -> None:
    rows = await connection.execute(select(CHATS).where(CHATS.c.chat_id.in_((old, new))))
    found = {row["chat_id"]: row for row in rows.mappings()}
    if old not in found or new not in found:
        return
    missing = {
        name: value
        for name, value in found[old].items()
        if found[new][name] is None and value is not None
    }
    if missing:
        await connection.execute(update(CHATS).where(CHATS.c.chat_id == new).values(missing))


async def _move_rows(connection: AsyncConnection, table: Table, old: int, new: int) -> None:
    twin = table.alias()
    no_twin = [
        ~exists().where(twin.c.chat_id == new, *(twin.c[name] == table.c[name] for name in rest))
        for rest in _keys_within_chat(table)
    ]
    await connection.execute(
        update(table).where(table.c.chat_id == old, *no_twin).values(chat_id=new)
    )
    await connection.execute(delete(table).where(table.c.chat_id == old))


def _keys_within_chat(table: Table) -> list[set[str]]:
    """Return the other columns of each unique key of `table` that holds `chat_id`."""
    keys = [set(table.primary_key.columns.keys())]
    keys += [
        set(constraint.columns.keys())
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    keys += [set(index.columns.keys()) for index in table.indexes if index.unique]
    return [key - {"chat_id"} for key in keys if "chat_id" in key]


def _settings(row: Row[Any], defaults: ChatSettings) -> ChatSettings:
    return ChatSettings(
        timezone=defaults.timezone if row.timezone is None else ZoneInfo(row.timezone),
        quiet=defaults.quiet if row.quiet is None else QuietHours.parse(row.quiet),
        leads=defaults.leads if row.leads is None else tuple(row.leads),
        hour=defaults.hour if row.hour is None else time.fromisoformat(row.hour),
        paused=row.paused or defaults.paused,
    )


def _column(value: Any) -> Any:
    """Return a choice as its column keeps it."""
    match value:
        case ZoneInfo():
            return value.key
        case QuietHours():
            return str(value)
        case time():
            return value.isoformat("minutes")
        case None | str():
            return value
        case _:
            return sorted(set(value), reverse=True)
