"""Own deadlines: setting, changing and dropping days of a chat's own."""

from __future__ import annotations

import datetime as dt

from bot.reminders.scopes import Scope, ScopeKind
from bot.reminders.standing import MOST, Listed, Standing, WishError, check_day
from bot.storage import chats, deliveries, own_deadlines, subscriptions
from bot.storage.database import Database
from bot.storage.own_deadlines import OwnDeadline


class OwnDesk:
    """Keeps the deadlines that chats set themselves, each wish in one transaction.

    They are ended as any subscription is.

    Args:
        database: what is kept.
        standing: what stands.
    """

    def __init__(self, database: Database, standing: Standing) -> None:
        self._database = database
        self._standing = standing

    async def add(
        self, chat: int, thread: int, subject: str, due_on: dt.date, words: str
    ) -> Listed:
        """Keep a deadline of the chat's own and remind of it; one just like it is the same.

        Raises:
            WishError: `too_many`, or `past_day` for a day that is over.
        """
        now = self._standing.now()
        wanted = (subject, due_on, words)
        async with self._database.write() as connection:
            settings = await chats.read(connection, chat, self._standing.defaults)
            check_day(due_on, settings.timezone, now)
            for item in await self._standing.all_listed(
                connection, await subscriptions.of_chat(connection, chat, MOST), settings
            ):
                same = [d for d in item.duties if (d.title, d.date, d.words) == wanted]
                if item.scope.kind is ScopeKind.OWN and same:
                    return item
            own = await own_deadlines.add(connection, chat, subject, due_on, words, now)
            scope = Scope(ScopeKind.OWN, str(own.id))
            return await self._standing.subscribe(connection, chat, thread, scope, settings)

    async def change(self, chat: int, number: int, due_on: dt.date, words: str) -> OwnDeadline:
        """Give a deadline of the chat's own another day and other words.

        Raises:
            WishError: `not_yours` or `past_day`.
        """
        now = self._standing.now()
        async with self._database.write() as connection:
            own = await own_deadlines.find(connection, chat, number)
            if own is None:
                raise WishError("not_yours")
            settings = await chats.read(connection, chat, self._standing.defaults)
            check_day(due_on, settings.timezone, now)
            await own_deadlines.change(connection, number, due_on, words)
            scope = Scope(ScopeKind.OWN, str(number))
            (duty,) = await self._standing.covered(connection, scope)
            if own.due_on != due_on:
                which = deliveries.of_deadline(duty.key)
                await deliveries.withdraw(connection, which, "moved", now)
            for item in await subscriptions.of_chat(connection, chat, MOST):
                if item.scope == str(scope):
                    await self._standing.reschedule(connection, item, now)
            return OwnDeadline(number, chat, own.subject, due_on, words)
