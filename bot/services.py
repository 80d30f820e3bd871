"""What a handler works with: one typed object, and the library's context that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, cast

from telegram.ext import Application, CallbackContext, ExtBot, JobQueue

from bot.alarms import Alarms
from bot.api import BotApi
from bot.clock import Clock
from bot.conversation import Conversation
from bot.journal import Journal
from bot.metrics import Metrics
from bot.reminders.service import Reminders
from bot.sender import Sender
from bot.settings import Settings
from bot.storage.database import Database
from bot.talks import Said, Talks
from knowledge.ask.answer import Answers
from knowledge.plan.library import Library


class LaterError(Exception):
    """An update could not be handled now, and trying again in `after` seconds may work."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.after = after


class Knowledge(Protocol):
    """The plans as they are now; a reload replaces both at once."""

    @property
    def answers(self) -> Answers:
        """What answers questions about them."""
        ...

    @property
    def library(self) -> Library:
        """The plans themselves."""
        ...

    async def reload(self) -> Library:
        """Read the plans again; raises PlanFileError, and keeps those of before, if faulty."""
        ...

    async def refresh(self) -> bool:
        """Read the plans again where their files changed; as `reload`, and tell whether so."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that outlives an update.

    Args:
        settings: what the operator chose.
        clock: tells the time and waits.
        database: what is kept.
        api: the Bot API, for calls that are no messages.
        sender: the one way for messages to leave.
        knowledge: the plans.
        conversation: answers messages from them, each after what was said before it.
        journal: takes what is to be kept when an update was handled.
        talks: what the last turns of conversations left to lean on.
        metrics: counts what happens.
        alarms: keeps administrators from being told the same too often.
        reminders: grants wishes about reminders.
    """

    settings: Settings
    clock: Clock
    database: Database
    api: BotApi
    sender: Sender
    knowledge: Knowledge
    conversation: Conversation[Said]
    journal: Journal
    talks: Talks
    metrics: Metrics
    alarms: Alarms
    reminders: Reminders

    def is_admin(self, user: int | None) -> bool:
        """Tell whether a user may do what administrators may."""
        return user in self.settings.admins


_Unused = dict[Any, Any]


class PlanContext(CallbackContext[ExtBot[None], _Unused, _Unused, _Unused]):
    """What each handler is called with beside the update.

    The library's loose dictionaries stay empty: what is kept is in the database.
    """

    __slots__ = ()

    @property
    def services(self) -> Services:
        """Return everything that outlives the update."""
        return cast("PlanApplication", self.application).services


class PlanApplication(
    Application[ExtBot[None], PlanContext, _Unused, _Unused, _Unused, JobQueue[PlanContext] | None]
):
    """The library's application with our services."""

    __slots__ = ("services",)

    def __init__(self, *, services: Services, **rest: Any) -> None:
        super().__init__(**rest)
        self.services = services

    async def process_error(
        self,
        update: object | None,
        error: Exception,
        job: Any = None,
        coroutine: Any = None,
    ) -> bool:
        """Let `LaterError` through to the intake, and have every other error reported."""
        if isinstance(error, LaterError):
            raise error
        return await super().process_error(update, error, job, coroutine)
