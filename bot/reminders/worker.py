"""The worker: turn after turn, what has come due is made and what is due is sent."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.letters import Outcome, Text
from bot.logs import log_error
from bot.reminders.adoption import adopt
from bot.reminders.calendar_rules import after_quiet, day_ends
from bot.reminders.counts import Counts
from bot.reminders.courier import LEASE, Courier, Post, is_outage
from bot.reminders.duties import Duty
from bot.reminders.notices import Notice, Upcoming, notice_of, upcoming
from bot.reminders.planner import make_due, own_duties
from bot.reminders.scopes import DIGEST_DAYS, Scope, ScopeKind, covered, own_key
from bot.storage import chats, claims, completions, deliveries, occurrences, schedules
from bot.storage import subscriptions as kept
from bot.storage.chats import ChatSettings
from bot.storage.claims import Taken, Waits
from bot.storage.database import Database
from bot.storage.deliveries import Claim
from bot.storage.occurrences import Kind, Occurrence
from knowledge.plan.model import Plan

_LOG = logging.getLogger(__name__)

# Other processes and people make things due as well: look again this often.
_TURN = dt.timedelta(seconds=15)
_SHORTEST_PAUSE = dt.timedelta(seconds=1)
_FIRST_PAUSE = dt.timedelta(seconds=2)
_LONGEST_PAUSE = dt.timedelta(minutes=1)
_TIDY = dt.timedelta(hours=6)
_CHATS = 64
_ITEMS = 20
# How long the message in hand may take when the program ends, in seconds.
_LAST_WORDS = 5.0
# So many messages in a row that do not get out mean that none does.
_OUTAGE = 3


class Worker:
    """Delivers reminders; any number of them, in any number of processes, share the work.

    Args:
        database: what is kept.
        post: sends.
        clock: tells the time and waits.
        plans: the plans as they are now.
        write: words a notice.
        defaults: what holds for a chat that chose nothing.
        window: what was missed longer ago than this is let go.
        counts: is told what became of each reminder.
    """

    def __init__(
        self,
        database: Database,
        post: Post,
        clock: Clock,
        *,
        plans: Callable[[], Sequence[Plan]],
        write: Callable[[Notice], Text],
        defaults: ChatSettings,
        window: dt.timedelta,
        counts: Counts,
    ) -> None:
        self._database = database
        self._clock = clock
        self._plans = plans
        self._defaults = defaults
        self._window = window
        self._counts = counts
        self._courier = Courier(database, post, clock, write, counts)
        self._adopted: Sequence[Plan] | None = None
        self._catalogue: Mapping[str, Duty] = {}
        self._failures = 0
        self._outages = 0
        self._tidy_at = clock.now()

    async def run(self) -> None:
        """Turn until cancelled; what fails is told of and tried again."""
        pause = _FIRST_PAUSE
        while True:
            try:
                wake = await self.turn()
                pause = _FIRST_PAUSE
            except Exception as error:  # noqa: BLE001 - one reminder must not end all others
                log_error(_LOG, "the reminders could not be looked after, trying again", error)
                wake, pause = self._clock.now() + pause, min(2 * pause, _LONGEST_PAUSE)
            await self._clock.sleep_until(wake)

    async def turn(self) -> dt.datetime:
        """Do all that is to do now, and return when to look again."""
        plans = self._plans()
        if plans is not self._adopted:
            self._catalogue = await adopt(self._database, plans, self._clock.now())
            self._adopted = plans
        while True:
            due_at, free_at = await self._look()
            now = self._clock.now()
            if due_at is not None and due_at <= now:
                made = await make_due(self._database, self._catalogue, now, self._window)
                self._counts.add("withdrawn", made.too_late)
                continue
            waits = free_at is None or free_at > now
            if waits or self._failures >= _OUTAGE or not await self._deliver():
                break
        await self._tidy()
        return self._next(due_at, free_at)

    async def _look(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Return when the next moment comes, and when the next delivery may be taken."""
        async with self._database.read() as connection:
            return await schedules.wakes_at(connection), await deliveries.wakes_at(connection)

    async def _deliver(self) -> bool:
        """Send one batch; False where there was nothing to take."""
        async with self._database.write() as connection:
            taken = await self._take(connection)
            notices = await self._notices(connection, taken.claims)
        self._counts.add("failed", taken.given_up)
        self._counts.add("withdrawn", taken.too_late)
        left = list(taken.claims)
        try:
            while left and self._failures < _OUTAGE:
                outcome = await self._to_the_end(self._courier.deliver(left.pop(0), notices))
                self._failures = self._failures + 1 if is_outage(outcome) else 0
        finally:
            await self._courier.give_back(left)
        return not taken.none

    async def _to_the_end(self, delivery: Coroutine[Any, Any, Outcome | None]) -> Outcome | None:
        """Let what is being sent end, also where this is cancelled, so that no doubt is left."""
        sending = asyncio.ensure_future(delivery)
        try:
            return await asyncio.shield(sending)
        except asyncio.CancelledError:
            await asyncio.wait([sending], timeout=_LAST_WORDS)
            sending.cancel()
            raise

    async def _take(self, connection: AsyncConnection) -> Taken:
        now = self._clock.now()
        return await claims.claim(
            connection,
            now,
            LEASE,
            chats=_CHATS,
            items=_ITEMS,
            oldest=now - self._window,
            waits=self._waits,
        )

    async def _waits(self, connection: AsyncConnection, found: Sequence[int]) -> Waits:
        """Put off what would come in a chat's quiet hours, though never past its day."""
        now = self._clock.now()
        chosen = await chats.read_all(connection, found, self._defaults)

        def waits(occurrence: Occurrence) -> dt.datetime | None:
            subject = occurrence.subject
            if subject.kind is Kind.SNOOZE:
                return None  # someone asked for this very moment
            mine = chosen[occurrence.chat]
            later = after_quiet(now, mine.quiet, mine.timezone)
            ends = day_ends(subject.due_on, mine.timezone)
            return None if later == now or now < ends <= later else later

        return waits

    async def _notices(
        self, connection: AsyncConnection, found: Sequence[Claim]
    ) -> Callable[[Claim], Notice]:
        """Return what words each of these claims, with all that has to be looked up for it."""
        chosen = await chats.read_all(connection, {claim.chat for claim in found}, self._defaults)
        keys = {item.occurrence.subject.key for claim in found for item in claim.items}
        own_ids = [key.removeprefix(own_key("")) for key in keys if key.startswith(own_key(""))]
        own = await own_duties(connection, (Scope(ScopeKind.OWN, number) for number in own_ids))
        duties = {**self._catalogue, **{duty.key: duty for duty in own}}
        ahead = {
            claim.token: await self._ahead(connection, claim, chosen[claim.chat])
            for claim in found
            if claim.items[0].occurrence.subject.kind is Kind.DIGEST
        }

        def notice(claim: Claim) -> Notice:
            zone = chosen[claim.chat].timezone
            return notice_of(claim, duties, self._clock.now(), zone, ahead.get(claim.token, ()))

        return notice

    async def _ahead(
        self, connection: AsyncConnection, claim: Claim, settings: ChatSettings
    ) -> Iterable[Upcoming]:
        """Return what an overview lists: what the chat subscribed to, or else everything."""
        subject = claim.items[-1].occurrence.subject
        kind = ScopeKind(subject.key.removeprefix("digest/"))
        scopes = [Scope.parse(item.scope) for item in await kept.of_chat(connection, claim.chat)]
        single = [scope for scope in scopes if not scope.digest]
        own = await own_duties(connection, single)
        duties = [
            duty
            for scope in single or [Scope(ScopeKind.EVERYTHING)]
            for duty in covered(scope, self._catalogue, own)
        ]
        today = self._clock.now().astimezone(settings.timezone).date()
        done = await completions.done(connection, claim.chat)
        return upcoming(duties, max(today, subject.due_on), DIGEST_DAYS[kind], done)

    async def _tidy(self) -> None:
        """Drop, now and then, what nobody needs any more."""
        now = self._clock.now()
        if now < self._tidy_at:
            return
        self._tidy_at = now + _TIDY
        async with self._database.write() as connection:
            late = await deliveries.give_up(connection, now - self._window, now)
            await occurrences.prune(connection, now)
            await schedules.drop_unused(connection)
        self._counts.add("withdrawn", late)

    def _next(self, due_at: dt.datetime | None, free_at: dt.datetime | None) -> dt.datetime:
        now = self._clock.now()
        if self._failures >= _OUTAGE:
            pause = min(_FIRST_PAUSE * (1 << self._outages), _LONGEST_PAUSE)
            self._outages = min(self._outages + 1, 10)
            self._failures = _OUTAGE - 1  # if one more fails, it is an outage still
            return now + pause
        self._outages = 0 if self._failures == 0 else self._outages
        known = [moment for moment in (due_at, free_at) if moment is not None]
        return max(now + _SHORTEST_PAUSE, min([now + _TURN, *known]))
