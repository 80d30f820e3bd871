"""The desk: subscribing, and changing, pausing and ending what was subscribed to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Unpack

from bot.reminders.planner import own_duties
from bot.reminders.scopes import Scope, ScopeKind, covered
from bot.reminders.standing import MOST, Listed, Standing, WishError, check_ahead
from bot.storage import chats, deliveries, own_deadlines, subscriptions
from bot.storage.chats import ChatChoices, ChatSettings
from bot.storage.database import Database
from bot.storage.tables import OCCURRENCES

LONGEST_LEAD = 365
MOST_LEADS = 8


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What a wish to subscribe came to: new, or there already."""

    listed: Listed
    new: bool


class Desk:
    """Grants wishes, each in one transaction.

    Args:
        database: what is kept.
        standing: what stands.
    """

    def __init__(self, database: Database, standing: Standing) -> None:
        self._database = database
        self._standing = standing

    async def subscribe(self, chat: int, thread: int, scope: Scope) -> Subscribed:
        """Have a place reminded of what lies within `scope`.

        Raises:
            WishError: `nothing_there`, `all_past` (with the `days`), `only_open` or `too_many`.
        """
        now = self._standing.now()
        async with self._database.write() as connection:
            settings = await chats.read(connection, chat, self._standing.defaults)
            duties = await self._standing.covered(connection, scope)
            check_ahead(scope, duties, settings.timezone, now)
            before = await subscriptions.at(connection, chat, thread, str(scope))
            if before is not None:
                return Subscribed(
                    await self._standing.listed(connection, before, settings), new=False
                )
            made = await self._standing.subscribe(connection, chat, thread, scope, settings)
            return Subscribed(made, new=True)

    async def listed(self, chat: int) -> tuple[Listed, ...]:
        """Return what a chat is subscribed to, all its topics together."""
        async with self._database.read() as connection:
            settings = await chats.read(connection, chat, self._standing.defaults)
            found = await subscriptions.of_chat(connection, chat)
            return await self._standing.all_listed(connection, found, settings)

    async def find(self, chat: int, number: int) -> Listed:
        """Return a subscription of a chat; raise WishError `not_yours` where it is none."""
        async with self._database.read() as connection:
            found = await self._standing.mine(connection, chat, number)
            settings = await chats.read(connection, chat, self._standing.defaults)
            return await self._standing.listed(connection, found, settings)

    async def set_leads(self, chat: int, number: int, leads: Iterable[int] | None) -> Listed:
        """Choose how many days before to remind, None for the chat's own choice.

        Raises:
            WishError: `not_yours`, `no_leads` or `bad_leads`.
        """
        chosen = None if leads is None else _leads(leads)
        return await self._change(chat, number, leads=chosen)

    async def set_hour(self, chat: int, number: int, hour: dt.time | None) -> Listed:
        """Choose at which local hour to remind, None for the chat's own choice."""
        return await self._change(chat, number, hour=hour)

    async def follow_chat(self, chat: int, number: int) -> Listed:
        """Remind when the chat chose to be reminded, whatever was chosen for the subscription."""
        return await self._change(chat, number, leads=None, hour=None)

    async def pause(self, chat: int, number: int) -> Listed:
        """Have nothing of a subscription fall due until it is resumed."""
        now = self._standing.now()
        async with self._database.write() as connection:
            found = await self._standing.mine(connection, chat, number)
            await subscriptions.change(connection, found.id, paused_at=now)
        return await self.find(chat, number)

    async def resume(self, chat: int, number: int) -> Listed:
        """Have a subscription go on from now."""
        now = self._standing.now()
        async with self._database.write() as connection:
            found = await self._standing.mine(connection, chat, number)
            await subscriptions.change(connection, found.id, paused_at=None, since=now)
        return await self.find(chat, number)

    async def end(self, chat: int, number: int) -> Scope:
        """End a subscription, and what waits to be sent because of it alone."""
        now = self._standing.now()
        async with self._database.write() as connection:
            found = await self._standing.mine(connection, chat, number)
            scope = Scope.parse(found.scope)
            gone = {duty.key for duty in await self._standing.covered(connection, scope)}
            await subscriptions.remove(connection, found.id)
            rest = [
                Scope.parse(item.scope)
                for item in await subscriptions.of_chat(connection, chat, MOST)
                if item.thread == found.thread
            ]
            own = await own_duties(connection, rest)
            for other in rest:
                gone -= {duty.key for duty in covered(other, self._standing.catalogue, own)}
            which = (
                (OCCURRENCES.c.chat_id == chat)
                & (OCCURRENCES.c.thread_id == found.thread)
                & OCCURRENCES.c.deadline_key.in_(sorted(gone))
            )
            await deliveries.withdraw(connection, which, "ended", now)
            if scope.kind is ScopeKind.OWN:
                await own_deadlines.remove(connection, int(scope.target))
        return scope

    async def set_chat(self, chat: int, **choices: Unpack[ChatChoices]) -> ChatSettings:
        """Change what holds for all of a chat, and with it when its reminders come.

        Args:
            chat: whose choices.
            choices: as `chats.change` takes them.

        Raises:
            WishError: `no_leads` or `bad_leads`.
        """
        now = self._standing.now()
        leads = choices.get("leads")
        if leads is not None:
            choices["leads"] = _leads(leads)
        async with self._database.write() as connection:
            await chats.change(connection, chat, now, **choices)
            for item in await subscriptions.of_chat(connection, chat, MOST):
                await self._standing.reschedule(connection, item, now)
            return await chats.read(connection, chat, self._standing.defaults)

    async def settings(self, chat: int) -> ChatSettings:
        """Return what holds for a chat."""
        async with self._database.read() as connection:
            return await chats.read(connection, chat, self._standing.defaults)

    async def welcome_back(self, chat: int) -> bool:
        """Go on with a chat that took no messages and writes again; False where it did."""
        if (await self.settings(chat)).paused is None:
            return False
        now = self._standing.now()
        async with self._database.write() as connection:
            await chats.change(connection, chat, now, paused=None)
            await deliveries.release(connection, chat, now)
        return True

    async def _change(
        self, chat: int, number: int, **changes: Unpack[subscriptions.Changes]
    ) -> Listed:
        now = self._standing.now()
        async with self._database.write() as connection:
            found = await self._standing.mine(connection, chat, number)
            await subscriptions.change(connection, found.id, **changes)
            changed = await self._standing.mine(connection, chat, number)
            await self._standing.reschedule(connection, changed, now)
        return await self.find(chat, number)


def _leads(given: Iterable[int]) -> tuple[int, ...]:
    """Return days before a deadline, each once; raise WishError `no_leads` or `bad_leads`."""
    leads = tuple(sorted(set(given), reverse=True))
    if not leads:
        raise WishError("no_leads")
    if not len(leads) <= MOST_LEADS or not all(0 <= lead <= LONGEST_LEAD for lead in leads):
        raise WishError("bad_leads", most=MOST_LEADS, longest=LONGEST_LEAD)
    return leads
