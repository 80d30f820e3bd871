"""A worker whose messages go to a post that a test holds in its hands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.letters import Letter, Outcome, Sent, Text
from bot.pacing import Priority
from bot.quiet import QuietHours
from bot.reminders.counts import Tally
from bot.reminders.courier import Post
from bot.reminders.desk import Desk
from bot.reminders.notices import Notice
from bot.reminders.own_desk import OwnDesk
from bot.reminders.presses import Presses
from bot.reminders.scopes import Scope, ScopeKind
from bot.reminders.standing import Standing
from bot.reminders.worker import Worker
from bot.storage import deliveries, schedules
from bot.storage.chats import ChatSettings
from bot.storage.database import Database
from knowledge.plan.model import Plan
from tests.clock import ManualClock
from tests.reminders.plans import make_plan

DEFAULTS = ChatSettings(ZoneInfo("Asia/Shanghai"), QuietHours(dt.time(22), dt.time(8)))
EVERYTHING = Scope(ScopeKind.EVERYTHING)
WINDOW = dt.timedelta(days=7)


@dataclass
class FakePost:
    """Accepts every letter, unless a chat's next outcomes are arranged otherwise."""

    accepted: list[Text] = field(default_factory=list)
    tried: list[Text] = field(default_factory=list)
    arranged: dict[int, list[Outcome]] = field(default_factory=dict)
    down: Outcome | None = None

    async def send(self, letter: Letter, priority: Priority) -> Outcome:
        assert isinstance(letter, Text)
        assert priority is Priority.REMINDER
        self.tried.append(letter)
        if self.down is not None:
            return self.down
        waiting = self.arranged.get(letter.chat)
        if waiting:
            return waiting.pop(0)
        self.accepted.append(letter)
        return Sent(1000 + len(self.accepted))

    @property
    def texts(self) -> list[tuple[int, str]]:
        return [(letter.chat, letter.html) for letter in self.accepted]


def spell(notice: Notice) -> Text:
    """Word a notice so that a test can read all of it."""
    parts = [f"{entry.kind}:{entry.key}:{entry.due_on}:{entry.lead}" for entry in notice.ahead]
    parts += [f"over:{entry.key}:{entry.due_on}" for entry in notice.expired]
    parts += [f"soon:{item.duty.key}:{item.due_on}" for item in notice.upcoming]
    marks = ("doubtful", "paused", "topic_gone", "merged")
    parts += [mark for mark in marks if getattr(notice, mark)]
    return Text(notice.chat, "\n".join(parts), thread=notice.thread or None)


@dataclass
class Office:
    """A worker and all it works with."""

    database: Database
    clock: ManualClock
    post: FakePost
    tally: Tally
    plans: list[tuple[Plan, ...]]
    worker: Worker
    desk: Desk
    own: OwnDesk
    presses: Presses

    async def turns(self, until: dt.datetime) -> None:
        """Let the worker turn until then, leaving out turns that have nothing to do."""
        while True:
            wake = await self.worker.turn()
            if self.clock.now() >= until:
                return
            async with self.database.read() as connection:
                moments = (
                    await schedules.wakes_at(connection),
                    await deliveries.wakes_at(connection),
                )
            busy = min((moment for moment in moments if moment is not None), default=until)
            self.clock.set(min(until, max(wake, busy)))

    async def subscribe(self, *chats: int, scope: Scope = EVERYTHING, thread: int = 0) -> None:
        for chat in chats:
            await self.desk.subscribe(chat, thread, scope)

    @property
    def counted(self) -> dict[str, int]:
        return {name: number for name, number in self.tally.counted.items() if number}


def open_office(
    database: Database,
    clock: ManualClock,
    *,
    post: Post | None = None,
    plans: Sequence[Plan] | None = None,
    write: Callable[[Notice], Text] = spell,
) -> Office:
    """Put an office together."""
    taken = FakePost()
    shelf: list[tuple[Plan, ...]] = [tuple(plans if plans is not None else [make_plan()])]
    tally = Tally()
    worker = make_worker(database, post or taken, clock, lambda: shelf[-1], tally, write)
    standing = Standing(clock, lambda: shelf[-1], DEFAULTS)
    return Office(
        database,
        clock,
        taken,
        tally,
        shelf,
        worker,
        Desk(database, standing),
        OwnDesk(database, standing),
        Presses(database, clock),
    )


def make_worker(
    database: Database,
    post: Post,
    clock: Clock,
    plans: Callable[[], Sequence[Plan]],
    tally: Tally,
    write: Callable[[Notice], Text] = spell,
) -> Worker:
    return Worker(
        database,
        post,
        clock,
        plans=plans,
        write=write,
        defaults=DEFAULTS,
        window=WINDOW,
        counts=tally,
    )


def lines(texts: Iterable[tuple[int, str]]) -> list[str]:
    """Every line of every message, with its chat."""
    return [f"{chat} {line}" for chat, text in texts for line in text.splitlines()]
