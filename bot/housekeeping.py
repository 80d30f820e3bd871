"""What is done now and then: dropping what is old, and taking up plans that changed."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy.exc import DBAPIError

from bot.conversation import MEMORY
from bot.logs import log_error
from bot.services import Services
from bot.storage import answers, buttons, contexts, inbox, unanswered
from knowledge.plan.problems import PlanFileError

_LOG = logging.getLogger(__name__)

_EVERY = timedelta(hours=1)
_LOOK = timedelta(seconds=10)
_UNANSWERED = timedelta(days=365)


async def keep_house(services: Services) -> None:
    """Prune every table that is to be pruned, at once and then every hour."""
    while True:
        try:
            await tidy(services)
        except DBAPIError as error:
            log_error(_LOG, "what is old could not be dropped", error)
        await services.clock.sleep_until(services.clock.now() + _EVERY)


async def follow_plans(services: Services) -> None:
    """Take up plans that another replica, or their keeper, changed."""
    while True:
        await services.clock.sleep_until(services.clock.now() + _LOOK)
        try:
            if await services.knowledge.refresh():
                _LOG.info("the plans were changed and are read again")
        except PlanFileError as error:
            _LOG.error("the plans were changed and are not used: %s", error)
        except OSError as error:
            log_error(_LOG, "the plans cannot be read, those of before are used", error)


async def tidy(services: Services) -> None:
    """Drop what is old."""
    now = services.clock.now()
    async with services.database.write() as connection:
        await inbox.prune(connection, now)
        await answers.prune(connection, now)
        await buttons.prune(connection, now)
        await contexts.prune(connection, now - MEMORY)
        await unanswered.prune(connection, now - _UNANSWERED)
