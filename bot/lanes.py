"""Updates in hand: those of different chats handled side by side, of one chat one by one."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.finishing import Finisher
from bot.journal import Journal
from bot.logs import log_error
from bot.metrics import Metrics
from bot.services import LaterError
from bot.storage import arrivals, inbox
from bot.storage.database import Database
from bot.storage.inbox import Claim
from bot.updates import Json

_LOG = logging.getLogger(__name__)

_AGAIN = timedelta(seconds=1)
_RETRY = timedelta(seconds=20)
# Whoever asked does not wait for an answer any more.
_OLDEST = timedelta(days=1)
_MOST = 1000
_PATIENCE = 600.0


class Lanes:
    """Handles updates that are held, a lane for each chat.

    Args:
        database: where they are stored.
        clock: tells the time and waits.
        handle: handles an update, given as JSON; raises LaterError where it is to be tried again.
        metrics: counts them.
        journal: what handling an update left to be kept.
        emptied: is told the key of a lane in which nothing is left.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handle: Callable[[Json], Awaitable[None]],
        metrics: Metrics,
        journal: Journal,
        emptied: Callable[[str], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._handle = handle
        self._metrics = metrics
        self._journal = journal
        self._emptied = emptied
        self._finisher = Finisher(database, clock, journal)
        self._lanes: dict[str, deque[Claim]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._held = 0
        self._room = asyncio.Event()
        self._room.set()
        self._empty = asyncio.Event()
        self._empty.set()
        self.closing = False

    @property
    def held(self) -> int:
        """How many updates are in memory."""
        return self._held

    @property
    def has_room(self) -> bool:
        """Whether more should be fetched."""
        return not self.closing and self._held < _MOST // 2

    def claims(self) -> list[Claim]:
        """Return every update in memory."""
        return [claim for lane in self._lanes.values() for claim in lane]

    def length(self, key: str) -> int:
        """Return how many updates of a lane are in memory."""
        return len(self._lanes.get(key, ()))

    async def room(self) -> None:
        """Return when there is room in memory for more."""
        await self._room.wait()

    async def idle(self) -> None:
        """Return when every update in memory was handled."""
        await self._empty.wait()

    async def one_done(self, within: float) -> None:
        """Return when a lane has come to its end, or after so many seconds."""
        running = [task for task in self._tasks if not task.done()]
        if running:
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED, timeout=within)

    async def run(self) -> None:
        """Write down what was handled, until cancelled."""
        await self._finisher.run()

    async def close(self, patience: float) -> None:
        """Finish what is being handled, for so many seconds, and give the rest back.

        `run` must still be running, and can be cancelled after.
        """
        self.closing = True
        self._finisher.hurry()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        left = self.claims()
        self._lanes.clear()
        try:
            async with self._database.write() as connection:
                for claim in left:
                    await inbox.release(connection, claim)
        except SQLAlchemyError as error:
            log_error(_LOG, "unfinished updates are free only when their lease ends", error)

    def take(self, claims: Sequence[Claim]) -> None:
        """Have updates handled after those of their lanes that are in memory."""
        for claim in claims:
            self._enqueue(claim)

    def _enqueue(self, claim: Claim) -> None:
        self._held += 1
        self._empty.clear()
        if self._held >= _MOST:
            self._room.clear()
        lane = self._lanes.get(claim.chat_key)
        if lane is not None:
            lane.append(claim)
            return
        self._lanes[claim.chat_key] = deque([claim])
        task = asyncio.create_task(self._work(claim.chat_key), name="lane")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, key: str) -> None:
        """Handle the updates of a chat one after another."""
        lane = self._lanes[key]
        while lane and not self.closing:
            claim = lane[0]
            pause = await self._try(claim)
            if pause is not None:
                await self._put_back(lane, pause)
                break
            # What it left to be kept is there before the chat's next update looks for it.
            await self._finisher.finish(claim)
            lane.popleft()
            self._drop(1)
        if not lane:
            del self._lanes[key]
            self._emptied(key)

    async def _try(self, claim: Claim) -> timedelta | None:
        """Handle an update; return after which pause it must be tried again, None if never."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._handle(claim.payload)
        except (LaterError, TimeoutError) as error:
            _LOG.warning("update %d is tried again later: %s", claim.update_id, error)
            self._metrics.handled("later")
            after = error.after if isinstance(error, LaterError) else 0.0
            return max(_RETRY, timedelta(seconds=after))
        except Exception as error:  # noqa: BLE001 - one update must not stop the others
            log_error(_LOG, f"update {claim.update_id} could not be handled", error)
            self._metrics.handled("failed")
            return None
        self._metrics.handled("done")
        return None

    async def _put_back(self, lane: deque[Claim], pause: timedelta) -> None:
        """Give a chat's updates back: the first to be tried again after a pause, then the rest."""
        first = lane[0]
        self._journal.take(first.update_id)
        again = False
        # More may come in while these are given back.
        while lane:
            batch = list(lane)
            try:
                async with self._database.write() as connection:
                    now = self._clock.now()
                    for claim in batch:
                        if claim is first:
                            again = await arrivals.postpone(
                                connection, claim, "not delivered", now, pause, _OLDEST
                            )
                        else:
                            await inbox.release(connection, claim)
            except SQLAlchemyError as error:
                log_error(_LOG, "undelivered updates could not be given back", error)
                if self.closing:
                    return
                await self._clock.sleep_until(self._clock.now() + _AGAIN)
                continue
            for _ in batch:
                lane.popleft()
            self._drop(len(batch))
        if not again:
            _LOG.error("update %d is given up: it waited too long", first.update_id)

    def _drop(self, count: int) -> None:
        self._held -= count
        if not self._held:
            self._empty.set()
        if self._held < _MOST // 2:
            self._room.set()
