"""What stands: subscriptions seen together with what the plans set and the chat chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.reminders.calendar_rules import Rule, day_ends
from bot.reminders.duties import Duty, catalogue_of
from bot.reminders.planner import own_duties
from bot.reminders.scopes import Scope, ScopeKind, covered
from bot.reminders.timeline import Profile, due_between, first_due, is_past
from bot.storage import chats, completions, occurrences, schedules, subscriptions
from bot.storage.chats import ChatSettings
from bot.storage.occurrences import Kind, Subject
from bot.storage.subscriptions import Subscription
from knowledge.plan.model import Plan

# How many subscriptions a chat may have.
MOST = 1000

# Changing the hour or the zone moves a moment by less than this.
_A_DAY_AND_A_HALF = dt.timedelta(hours=36)
_FAR = dt.timedelta(days=3653)


class WishError(Exception):
    """A wish that cannot be granted, and nothing was changed: `name` says why to the face.

    `values` fill in the words for it.
    """

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.name = name
        self.values = values


@dataclass(frozen=True, slots=True)
class Listed:
    """A subscription as a chat sees it.

    `duties` are what it covers now, and `next_due` the next moment (UTC) to remind of one.
    """

    subscription: Subscription
    scope: Scope
    rule: Rule
    duties: tuple[Duty, ...]
    next_due: dt.datetime | None

    @property
    def id(self) -> int:
        """Return the subscription's id."""
        return self.subscription.id


class Standing:
    """Looks at subscriptions in an open transaction.

    Args:
        clock: tells the time.
        plans: the plans as they are now.
        defaults: what holds for a chat that chose nothing.
    """

    def __init__(
        self, clock: Clock, plans: Callable[[], Sequence[Plan]], defaults: ChatSettings
    ) -> None:
        self._clock = clock
        self._plans = plans
        self.defaults = defaults
        self._read: Sequence[Plan] | None = None
        self._catalogue: Mapping[str, Duty] = {}

    def now(self) -> dt.datetime:
        """Return the present moment, aware and in UTC."""
        return self._clock.now()

    @property
    def catalogue(self) -> Mapping[str, Duty]:
        """Return the duties of the plans by their keys."""
        plans = self._plans()
        if plans is not self._read:
            self._catalogue, self._read = catalogue_of(plans), plans
        return self._catalogue

    async def mine(self, connection: AsyncConnection, chat: int, number: int) -> Subscription:
        """Return a subscription of a chat; raise WishError `not_yours` where it is none."""
        found = await subscriptions.find(connection, chat, number)
        if found is None:
            raise WishError("not_yours")
        return found

    async def covered(self, connection: AsyncConnection, scope: Scope) -> tuple[Duty, ...]:
        """Return the duties within a scope."""
        return covered(scope, self.catalogue, await own_duties(connection, [scope]))

    async def listed(
        self, connection: AsyncConnection, item: Subscription, settings: ChatSettings
    ) -> Listed:
        """Return a subscription as its chat sees it."""
        return (await self.all_listed(connection, [item], settings))[0]

    async def all_listed(
        self, connection: AsyncConnection, items: Sequence[Subscription], settings: ChatSettings
    ) -> tuple[Listed, ...]:
        """Return subscriptions of one chat as it sees them."""
        if not items:
            return ()
        now = self.now()
        done = await completions.done(connection, items[0].chat)
        own = await own_duties(connection, (Scope.parse(item.scope) for item in items))
        seen = []
        for item in items:
            scope = Scope.parse(item.scope)
            duties = covered(scope, self.catalogue, own)
            profile = Profile(scope, rule_of(settings, item.leads, item.hour))
            left = [duty for duty in duties if (duty.key, duty.date) not in done]
            event = None if item.paused_at is not None else first_due(profile, left, now)
            at = None if event is None else event.at
            seen.append(Listed(item, scope, profile.rule, duties, at))
        return tuple(seen)

    async def keep(
        self,
        connection: AsyncConnection,
        profile: Profile,
        duties: Iterable[Duty],
        now: dt.datetime,
    ) -> int:
        """Return the schedule of a profile, which waits for the first moment after now."""
        event = first_due(profile, duties, now)
        moment = None if event is None else event.at
        return await schedules.keep(connection, profile.to_text(), moment)

    async def reschedule(
        self, connection: AsyncConnection, item: Subscription, now: dt.datetime
    ) -> None:
        """Put a subscription on the schedule that follows from what is chosen now.

        What the old one had still ahead and the new one has behind already is made due at once.
        """
        settings = await chats.read(connection, item.chat, self.defaults)
        scope = Scope.parse(item.scope)
        duties = await self.covered(connection, scope)
        profile = Profile(scope, rule_of(settings, item.leads, item.hour))
        number = await self.keep(connection, profile, duties, now)
        if number == item.schedule:
            return
        old = await schedules.by_id(connection, [item.schedule or 0])
        await subscriptions.attach(connection, item.id, number)
        if item.paused_at is not None or not old:
            return
        before = Profile.from_text(next(iter(old.values())).profile)
        done = await completions.done(connection, item.chat)
        passed = due_between(profile, duties, now - _A_DAY_AND_A_HALF, now)
        ahead = {
            (event.key, event.due_on, event.lead)
            for event in due_between(before, duties, now, now + _A_DAY_AND_A_HALF)
        }
        for event in passed:
            if (event.key, event.due_on) in done or scope.digest:
                continue
            if (event.key, event.due_on, event.lead) in ahead:
                subject = Subject(Kind.REMINDER, event.key, event.due_on, event.lead, now)
                await occurrences.make_one(connection, item.chat, item.thread, subject, now)

    async def subscribe(
        self,
        connection: AsyncConnection,
        chat: int,
        thread: int,
        scope: Scope,
        settings: ChatSettings,
    ) -> Listed:
        """Have a place reminded of a scope by the rule of its chat.

        Raises:
            WishError: `too_many` where the chat has as many subscriptions as it may.
        """
        if await subscriptions.count(connection, chat) >= MOST:
            raise WishError("too_many", most=MOST)
        now = self.now()
        profile = Profile(scope, rule_of(settings, None, None))
        duties = await self.covered(connection, scope)
        schedule = await self.keep(connection, profile, duties, now)
        await subscriptions.add(connection, chat, thread, str(scope), schedule, now)
        made = await subscriptions.at(connection, chat, thread, str(scope))
        if made is None:
            raise WishError("nothing_there")
        return await self.listed(connection, made, settings)


def rule_of(settings: ChatSettings, leads: tuple[int, ...] | None, hour: dt.time | None) -> Rule:
    """Return the rule of a subscription: what was chosen for it, and its chat's for the rest."""
    return Rule(
        leads=settings.leads if leads is None else leads,
        hour=settings.hour if hour is None else hour,
        zone=settings.timezone,
        quiet=settings.quiet,
    )


def check_ahead(scope: Scope, duties: Sequence[Duty], zone: ZoneInfo, now: dt.datetime) -> None:
    """Raise WishError where a scope holds nothing to ever remind of.

    `nothing_there`, `only_open`, or `all_past` with the last of the `days`.
    """
    if scope.digest or scope.kind is ScopeKind.EVERYTHING:
        return
    if not duties:
        raise WishError("nothing_there")
    dated = [duty for duty in duties if not duty.open]
    if not dated:
        raise WishError("only_open", quote=duties[0].quote)
    if all(is_past(duty, zone, now) for duty in dated):
        last = max(duty.date for duty in dated if duty.date is not None)
        raise WishError("all_past", day=last)


def check_day(day: dt.date, zone: ZoneInfo, now: dt.datetime) -> None:
    """Raise WishError `past_day` for a day that is over, `far_day` for one ten years ahead."""
    if day > now.date() + _FAR:
        raise WishError("far_day", day=day)
    if day_ends(day, zone) <= now:
        raise WishError("past_day", day=day)
