"""What time it is: every part that depends on time is handed a clock, and none asks the system."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol

from bot.values import read_local_time

# The wall clock may be set, or the machine sleep, while we wait: look again this often.
_LOOK_AGAIN = timedelta(seconds=30)


class Clock(Protocol):
    """Tells the time and waits for a time."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...

    async def sleep_until(self, when: datetime) -> None:
        """Return once `now()` is `when` (aware) or later; at once if it already is."""
        ...


class SystemClock:
    """The clock of the machine."""

    __slots__ = ()

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, when: datetime) -> None:
        """Return once `now()` is `when` (aware) or later."""
        while (left := when - self.now()) > timedelta(0):  # noqa: ASYNC110 - time has no event
            await asyncio.sleep(min(left, _LOOK_AGAIN).total_seconds())


class ShiftedClock:
    """A clock that shows `start` (aware) when it is made and runs on from there."""

    __slots__ = ("_base", "_shift")

    def __init__(self, start: datetime, base: Clock | None = None) -> None:
        self._base = base or SystemClock()
        self._shift = start.astimezone(UTC) - self._base.now()

    def now(self) -> datetime:
        """Return the shifted moment, aware and in UTC."""
        return self._base.now() + self._shift

    async def sleep_until(self, when: datetime) -> None:
        """Return once `now()` is `when` (aware) or later."""
        await self._base.sleep_until(when - self._shift)


def clock_from(start: datetime | None) -> Clock:
    """Return the machine's clock, or one that begins at `start` (aware) where it is given."""
    return SystemClock() if start is None else ShiftedClock(start)


def in_utc(moment: datetime, zone: tzinfo) -> datetime:
    """Return `moment` in UTC; one without a zone is read in `zone`."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def parse_time(text: str, zone: tzinfo) -> datetime:
    """Read an ISO 8601 date or time as an aware moment in UTC.

    Args:
        text: such as `2024-05-24`, `2024-05-24T09:00` or `2024-05-24T09:00+08:00`.
        zone: where a text without a zone is read.

    Raises:
        ValueError: the text is none of these.
    """
    return in_utc(read_local_time(text.strip()), zone)
