"""The way in: updates are stored before Telegram hears that we have them, then handled.

An update is in the database until it was handled, so that a crash loses none; it is remembered for
a while after, so that one that comes twice is answered once.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.journal import Journal
from bot.lanes import Lanes
from bot.logs import log_error
from bot.metrics import Metrics
from bot.storage import arrivals, chats, contexts, inbox
from bot.storage.database import Database
from bot.storage.inbox import Arrival, Claim
from bot.talks import Talks
from bot.updates import Json, arrival, has_id, kind

_LOG = logging.getLogger(__name__)

_LEASE = timedelta(seconds=60)
_RENEW = timedelta(seconds=15)
_SWEEP = timedelta(seconds=1)
# A chat that floods us has this many in memory and the rest in the database.
_MOST_OF_A_CHAT = 50
# How many are fetched from the database at once; a crash counts as an attempt at each of them.
_FETCHED = 16


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
        self._talks = talks
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._holder = secrets.token_hex(4)
        self._lanes = Lanes(database, clock, handle, metrics, journal, self._let_go)

    @property
    def held(self) -> int:
        """How many updates are in memory."""
        return self._lanes.held

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
        self._lanes.take(claims)

    async def room(self) -> None:
        """Return when there is room in memory for more."""
        await self._lanes.room()

    async def idle(self) -> None:
        """Return when every update in memory was handled."""
        await self._lanes.idle()

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
            group.create_task(self._lanes.run())

    async def close(self, patience: float) -> None:
        """Finish what is being handled, for so many seconds, and give the rest back.

        `run` must still be running, and can be cancelled after.
        """
        await self._lanes.close(patience)

    def _sorted(self, arrived: Iterable[Arrival]) -> tuple[list[Arrival], list[Arrival]]:
        """Return what to take now, and what to leave because its chat has enough in hand."""
        taken: list[Arrival] = []
        left: list[Arrival] = []
        full: dict[str, int] = {}
        for one in arrived:
            key = one.chat_key
            full[key] = full.get(key, self._lanes.length(key)) + 1
            (left if full[key] > _MOST_OF_A_CHAT or self._lanes.closing else taken).append(one)
        return taken, left

    async def _sweep(self) -> None:
        """Fetch what waits in the database: from before a crash, put back, or left there."""
        while True:
            try:
                await self._fetch()
            except SQLAlchemyError as error:
                log_error(_LOG, "waiting updates could not be fetched", error)
            await self._pause(_SWEEP)

    async def _fetch(self) -> None:
        while self._lanes.has_room:
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
            self._lanes.take(claims)
            if len(claims) == _FETCHED:
                # Their chats' next ones become free as they finish.
                await self._lanes.one_done(within=1.0)

    async def _renew(self) -> None:
        """Keep hold of what is in memory."""
        while True:
            await self._pause(_RENEW)
            held = self._lanes.claims()
            try:
                async with self._database.write() as connection:
                    await arrivals.renew(connection, held, self._clock.now(), _LEASE)
            except SQLAlchemyError as error:
                log_error(_LOG, "leases could not be renewed", error)

    def _let_go(self, key: str) -> None:
        chat = _chat_of(key)
        if chat is not None:
            self._talks.drop(chat)

    async def _pause(self, length: timedelta) -> None:
        await self._clock.sleep_until(self._clock.now() + length)


def _chat_of(key: str) -> int | None:
    """Return the chat that updates of this key are in order with, None for another kind of key."""
    return int(key[1:]) if key.startswith("c") else None
