"""The service: everything about reminders that the faces of the bot need, put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry

from bot.clock import Clock
from bot.letters import Text
from bot.reminders.counts import PrometheusCounts
from bot.reminders.desk import Desk
from bot.reminders.notices import Notice
from bot.reminders.own_desk import OwnDesk
from bot.reminders.presses import Presses
from bot.reminders.standing import Standing
from bot.reminders.worker import Worker
from bot.sender import Sender
from bot.settings import Settings
from bot.storage.chats import ChatSettings
from bot.storage.database import Database
from knowledge.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Reminders:
    """What people can ask for: `desk` subscriptions, `own` deadlines, `presses` of buttons."""

    standing: Standing
    desk: Desk
    own: OwnDesk
    presses: Presses


def defaults_of(settings: Settings) -> ChatSettings:
    """Return what holds for a chat that chose nothing."""
    return ChatSettings(timezone=settings.timezone, quiet=settings.quiet)


def make_reminders(
    settings: Settings, clock: Clock, database: Database, plans: Callable[[], Sequence[Plan]]
) -> Reminders:
    """Return the reminders of a bot.

    Args:
        settings: what the operator chose.
        clock: tells the time.
        database: what is kept.
        plans: the plans as they are now.
    """
    standing = Standing(clock, plans, defaults_of(settings))
    return Reminders(
        standing, Desk(database, standing), OwnDesk(database, standing), Presses(database, clock)
    )


def make_worker(
    settings: Settings,
    clock: Clock,
    database: Database,
    sender: Sender,
    plans: Callable[[], Sequence[Plan]],
    write: Callable[[Notice], Text],
    registry: CollectorRegistry,
) -> Worker:
    """Return what delivers the reminders of a bot.

    Args:
        settings: what the operator chose.
        clock: tells the time and waits.
        database: what is kept.
        sender: the one way for messages to leave.
        plans: the plans as they are now.
        write: words a notice.
        registry: where what became of the reminders is counted.
    """
    return Worker(
        database,
        sender,
        clock,
        plans=plans,
        write=write,
        defaults=defaults_of(settings),
        window=dt.timedelta(days=settings.catchup_days),
        counts=PrometheusCounts(registry),
    )
