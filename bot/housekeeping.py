"""Dropping, once an hour, what is kept no longer than it is needed."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy.exc import DBAPIError

from bot.logs import log_error
from bot.services import Services
from bot.storage import answers, buttons, contexts, inbox, unanswered

_LOG = logging.getLogger(__name__)

_EVERY = timedelta(hours=1)
_CONTEXTS = timedelta(days=30)
_UNANSWERED = timedelta(days=365)


async def keep_house(services: Services) -> None:
    """Prune every table that is to be pruned, at once and then every hour."""
    while True:
        try:
            await tidy(services)
        except DBAPIError as error:
            log_error(_LOG, "what is old could not be dropped", error)
        await services.clock.sleep_until(services.clock.now() + _EVERY)


async def tidy(services: Services) -> None:
    """Drop what is old."""
    now = services.clock.now()
    async with services.database.write() as connection:
        await inbox.prune(connection, now)
        await answers.prune(connection, now)
        await buttons.prune(connection, now)
        await contexts.prune(connection, now - _CONTEXTS)
        await unanswered.prune(connection, now - _UNANSWERED)
