"""What an administrator was shown and may confirm: kept behind a button until then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardMarkup, Update

from bot.services import PlanContext
from bot.storage import buttons as kept_buttons
from handlers import buttons
from handlers.buttons import Verb
from handlers.places import place_of
from handlers.presses import expired, query_of
from handlers.wording import say


@dataclass(frozen=True, slots=True)
class Action:
    """What can be confirmed: its name, also in the wording, and the codes of its buttons."""

    name: str
    confirm: str
    cancel: str


@dataclass(frozen=True, slots=True)
class Pending:
    """What was shown, and the id it is kept under."""

    id: str
    payload: dict[str, Any]


async def keep(
    update: Update, context: PlanContext, action: Action, payload: dict[str, Any]
) -> InlineKeyboardMarkup | None:
    """Keep what is shown, each time anew, and return the buttons that confirm and cancel it."""
    services = context.services
    async with services.database.write() as connection:
        kept = await kept_buttons.keep(
            connection,
            place_of(update).chat,
            {"kind": action.name, "update": update.update_id, **payload},
            services.clock.now(),
        )
    row = [
        buttons.button(say(f"{action.name}_confirm"), Verb.ADMIN, action.confirm, kept),
        buttons.button(say(f"{action.name}_cancel"), Verb.ADMIN, action.cancel),
    ]
    return buttons.keyboard([row])


async def find(update: Update, context: PlanContext, action: Action) -> Pending | None:
    """Return what a press confirms; where it is not kept any more say so and return None."""
    services = context.services
    name = "".join(buttons.arguments(query_of(update).data)[1:2])
    async with services.database.read() as connection:
        now = services.clock.now()
        kept = await kept_buttons.find(connection, place_of(update).chat, name, now)
    if not isinstance(kept, dict) or kept.get("kind") != action.name:
        await expired(update, context)
        return None
    return Pending(name, kept)
