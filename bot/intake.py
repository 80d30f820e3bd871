"""The way in: updates are stored before Telegram hears that we have them, then handled.

Those of different chats are handled side by side, those of one chat one after another. An update
is in the database until it was handled, so that a crash loses none; it is remembered for a while
after, so that one that comes twice is answered once.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.finishing import Finisher
from bot.journal import Journal
from bot.logs import log_error
from bot.metrics import Metrics
from bot.services import LaterError
from bot.storage import arrivals, chats, contexts, inbox
from bot.storage.database import Database
from bot.storage.inbox import Arrival, Claim
from bot.talks import Talks
from bot.updates import Json, arrival, has_id, kind

_LOG = logging.getLogger(__name__)

_LEASE = timedelta(seconds=60)
_RENEW = timedelta(seconds=15)
_SWEEP = timedelta(seconds=1)
_RETRY = timedelta(seconds=20)
# Whoever asked does not wait for an answer any more.
_OLDEST = timedelta(days=1)
# A chat that floods us has this many in memory and the rest in the database.
_MOST_OF_A_CHAT = 50
_MOST = 1000
# How many are fetched from the database at once; a crash counts as an attempt at each of them.
_FETCHED = 16
_PATIENCE = 600.0


class Intake:
    """Stores updates and has them handled.

    Args:
        database: where they are stored.
        clock: tells the time and waits.
        handle: handles an update, given as JSON; raises LaterError where it is to be tried again.
        metrics: counts them.
        journal: what handling an update left to be kept.
        talks: the conversations of the chats whose updates are in hand.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handle: Callable[[Json], Awaitable[None]],
        metrics: Metrics,
        journal: Journal,
        talks: Talks,
    ) -> None:
        self._journal = journal
        self._talks = talks
        self._database = database
        self._clock = clock
        self._handle = handle
        self._metrics = metrics
        self._holder = secrets.token_hex(4)
        self._lanes: dict[str, deque[Claim]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._finisher = Finisher(database, clock, journal)
        self._held = 0
        self._room = asyncio.Event()
        self._room.set()
        self._empty = asyncio.Event()
        self._empty.set()
        self._stopping = False

    @property
    def held(self) -> int:
        """How many updates are in memory."""
        return self._held

    async def receive(self, updates: Sequence[Json]) -> None:
        """Store updates; when this returns they can no longer be lost.

        Raises:
            SQLAlchemyError: they could not be stored, and none is.
        """
        arrived = [arrival(update) for update in updates if has_id(update)]
        if len(arrived) < len(updates):
            _LOG.error("%d updates without an id skipped", len(updates) - len(arrived))
        now = self._clock.now()
        taken, left = self._sorted(arrived)
        async with self._database.write_briefly() as connection:
            claims = await arrivals.admit(connection, taken, now, _LEASE, self._holder)
            await inbox.store(connection, left, now)
            keys = {claim.chat_key for claim in claims}
            known = {chat for chat in map(_chat_of, keys) if chat is not None}
            found = await contexts.of_chats(connection, known)
            paused = await chats.paused_of(connection, known)
        self._talks.take(known, found, paused)
        for one in arrived:
            self._metrics.updated(kind(one.payload))
        for claim in claims:
            self._enqueue(claim)

    async def room(self) -> None:
        """Return when there is room in memory for more."""
        await self._room.wait()

    async def idle(self) -> None:
        """Return when every update in memory was handled."""
        await self._empty.wait()

    async def run(self, *, alone: bool) -> None:
        """Handle what is stored until cancelled.

        Args:
            alone: no other process handles updates, so that what one held is free again.
        """
        if alone:
            async with self._database.write() as connection:
                freed = await arrivals.free_all(connection)
            if freed:
                _LOG.info("%d updates were left unfinished and are handled now", freed)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep())
            group.create_task(self._renew())
            group.create_task(self._finisher.run())

    async def close(self, patience: float) -> None:
        """Finish what is being handled, for so many seconds, and give the rest back.

        `run` must still be running, and can be cancelled after.
        """
        self._stopping = True
        self._finisher.hurry()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        left = [claim for lane in self._lanes.values() for claim in lane]
        self._lanes.clear()
        try:
            async with self._database.write() as connection:
                for claim in left:
                    await inbox.release(connection, claim)
        except SQLAlchemyError as error:
            log_error(_LOG, "unfinished updates are free only when their lease ends", error)

    def _sorted(self, arrived: Iterable[Arrival]) -> tuple[list[Arrival], list[Arrival]]:
        """Return what to take now, and what to leave because its chat has enough in hand."""
        taken: list[Arrival] = []
        left: list[Arrival] = []
        full: dict[str, int] = {}
        for one in arrived:
            key = one.chat_key
            full[key] = full.get(key, len(self._lanes.get(key, ()))) + 1
            (left if full[key] > _MOST_OF_A_CHAT or self._stopping else taken).append(one)
        return taken, left

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
        while lane and not self._stopping:
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
            chat = _chat_of(key)
            if chat is not None:
                self._talks.drop(chat)

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
                if self._stopping:
                    return
                await self._pause(_SWEEP)
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

    async def _sweep(self) -> None:
        """Fetch what waits in the database: from before a crash, put back, or left there."""
        while True:
            try:
                await self._fetch()
            except SQLAlchemyError as error:
                log_error(_LOG, "waiting updates could not be fetched", error)
            await self._pause(_SWEEP)

    async def _fetch(self) -> None:
        while not self._stopping and self._held < _MOST // 2:
            now = self._clock.now()
            async with self._database.read() as connection:
                if not await arrivals.any_free(connection, now):
                    return
            claims: list[Claim] = []
            async with self._database.write() as connection:
                while len(claims) < _FETCHED:
                    claim = await inbox.claim(connection, now, _LEASE)
                    if claim is None:
                        break
                    claims.append(claim)
            if not claims:
                return
            for claim in claims:
                self._enqueue(claim)
            running = [task for task in self._tasks if not task.done()]
            if len(claims) == _FETCHED and running:
                # Their chats' next ones become free as they finish.
                await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED, timeout=1.0)

    async def _renew(self) -> None:
        """Keep hold of what is in memory."""
        while True:
            await self._pause(_RENEW)
            held = [claim for lane in self._lanes.values() for claim in lane]
            try:
                async with self._database.write() as connection:
                    await arrivals.renew(connection, held, self._clock.now(), _LEASE)
            except SQLAlchemyError as error:
                log_error(_LOG, "leases could not be renewed", error)

    async def _pause(self, length: timedelta) -> None:
        await self._clock.sleep_until(self._clock.now() + length)


def _chat_of(key: str) -> int | None:
    """Return the chat that updates of this key are in order with, None for another kind of key."""
    return int(key[1:]) if key.startswith("c") else None
