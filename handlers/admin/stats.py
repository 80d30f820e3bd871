"""/stats: how much is asked, what people think of the answers, and what waits."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update

from bot.services import PlanContext
from bot.storage import inbox, unanswered, votes
from handlers.admin.guard import admins_only
from handlers.markup import cut, escape
from handlers.places import place_of, send_html
from handlers.wording import say

_SINCE = timedelta(days=30)
_REASONS = 5


@admins_only
async def stats(update: Update, context: PlanContext) -> None:
    """Show votes by outcome, open questions, queues and plans."""
    services = context.services
    async with services.database.read() as connection:
        tally = await votes.tally(connection, services.clock.now() - _SINCE)
        reasons = await votes.reasons(connection, _REASONS)
        waiting = await inbox.counts(connection)
        open_ones = await unanswered.count(connection)
    lines = [
        say("stats_votes", outcome=say(f"outcome_{outcome.value}"), up=found.up, down=found.down)
        for outcome, found in tally.items()
    ] or [say("stats_no_votes")]
    if reasons:
        lines.append(say("stats_reason", reasons=say("joiner").join(reasons)))
    lines.append(say("stats_unanswered", count=open_ones))
    lines.append(say("stats_inbox", pending=waiting.pending, dead=waiting.dead))
    lines.append(say("stats_sends", count=services.sender.waiting))
    plans = services.knowledge.library.plans
    lines.append(say("stats_plans", plans=say("joiner").join(plan.id for plan in plans)))
    text = cut("\n".join(lines), 3500)
    await send_html(context, place_of(update), f"<b>{escape(say('stats'))}</b>\n{escape(text)}")
