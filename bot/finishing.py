"""The end of an update: what it left is kept and it is crossed off, many of them at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.journal import Entry, Journal, write
from bot.logs import log_error
from bot.storage import arrivals
from bot.storage.database import Database
from bot.storage.inbox import Claim

_LOG = logging.getLogger(__name__)

_AGAIN = timedelta(seconds=1)


@dataclass(slots=True)
class _Finished:
    """An update that was handled, what it left to be kept, and who waits for that."""

    claim: Claim
    entries: list[Entry]
    written: asyncio.Future[None]


class Finisher:
    """Writes down which updates were handled, together with what they left.

    Args:
        database: where it is written.
        clock: tells the time and waits.
        journal: what handling an update left to be kept.
    """

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self._finished: list[_Finished] = []
        self._wake = asyncio.Event()
        self._hurried = False

    async def finish(self, claim: Claim) -> None:
        """Return once it is written down that an update was handled; `run` must be running."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._finished.append(_Finished(claim, self._journal.take(claim.update_id), written))
        self._wake.set()
        await written

    async def run(self) -> None:
        """Write down what was handled, as much at once as came together, until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self._write_down()

    def hurry(self) -> None:
        """Wait for no database any more: what cannot be written now is handled again later."""
        self._hurried = True

    async def _write_down(self) -> None:
        ended, self._finished = self._finished, []
        if not await self._commit(ended):
            # One entry that cannot be kept must not stop the others.
            for one in ended:
                while not await self._commit([one]) and not self._hurried:
                    one.entries.clear()
                    await self._clock.sleep_until(self._clock.now() + _AGAIN)
        for one in ended:
            if not one.written.done():
                one.written.set_result(None)

    async def _commit(self, ended: Sequence[_Finished]) -> bool:
        now = self._clock.now()
        try:
            async with self._database.write_briefly() as connection:
                await write(connection, [entry for one in ended for entry in one.entries], now)
                await arrivals.finish(connection, [one.claim for one in ended], now)
        except SQLAlchemyError as error:
            log_error(_LOG, f"{len(ended)} handled updates could not be written down", error)
            return False
        return True
