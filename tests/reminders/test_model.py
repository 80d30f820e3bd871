"""Whatever happens, each occurrence is accepted at least once, and at most once plus crashes."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.letters import (
    Ambiguous,
    Blocked,
    Failed,
    Flood,
    Letter,
    Migrated,
    Outcome,
    Sent,
    Text,
    ThreadGone,
)
from bot.pacing import Priority
from bot.reminders.notices import Notice
from bot.storage import chats
from bot.storage.database import Database
from bot.storage.migrations import open_database
from bot.storage.tables import METADATA
from knowledge.plan.model import Milestone
from tests.clock import ManualClock
from tests.reminders.office import Office, make_worker, open_office, spell
from tests.reminders.plans import HARBOUR, make_plan

BEGIN = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
LEADS = (30, 7, 1, 0)
DAYS = {
    f"port/1.1/+{number}": dt.date(2024, 4, 3) + dt.timedelta(days=4 * number)
    for number in range(9)
}
PLAN = make_plan(
    harbour_date=dt.date(2020, 5, 31),
    library_rule="FREQ=YEARLY",
    milestones=tuple(Milestone(HARBOUR, day, key.rpartition("+")[2]) for key, day in DAYS.items()),
)
CHATS = st.integers(0, 2)
Told = tuple[int, str, dt.date, int]
# Each takes about a third of a second, on PostgreSQL a little more.
EXAMPLES = {"sqlite": 15, "postgresql": 10}


class Crash(BaseException):
    """The end of a process, in the middle of whatever it does."""


class MortalDatabase:
    """A database of a process that can die: dead, it writes nothing any more."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.dead = False

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        if self.dead:
            raise Crash
        async with self._database.write() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        if self.dead:
            raise Crash
        async with self._database.read() as connection:
            yield connection


class Telegram:
    """Remembers what it accepted; what happens next is arranged, and anything crashes a process
    that is dead."""

    def __init__(self) -> None:
        self.accepted: Counter[Told] = Counter()
        self.arranged: list[str] = []
        self.excess: Counter[int] = Counter()
        self.blocked: set[int] = set()
        self.topic_gone = False
        self.moved: dict[int, int] = {}
        self.database: MortalDatabase | None = None

    def die(self) -> None:
        assert self.database is not None
        self.database.dead = True
        raise Crash

    def write(self, notice: Notice) -> Text:
        if self.arranged and self.arranged[0] == "die after claim":
            self.arranged.pop(0)
            self.die()
        return spell_over(notice)

    async def send(self, letter: Letter, _priority: Priority) -> Outcome:
        assert isinstance(letter, Text)
        if letter.chat in self.moved:
            return Migrated(self.moved[letter.chat])
        number = chat_number(letter.chat)
        event = self.arranged.pop(0) if self.arranged else ""
        if event == "die before send":
            self.die()
        if event == "flood":
            return Flood(40)
        if event == "down":
            return Failed("no network", passing=True)
        if event == "thread gone" and letter.thread:
            self.topic_gone = True
            return ThreadGone()
        if number in self.blocked:
            return Blocked("bot was blocked by the user")
        for line in letter.html.splitlines():
            if line.startswith(("reminder:", "over:")):
                _, key, day, *lead = line.split(":")
                self.accepted[number, key, dt.date.fromisoformat(day), int(lead[0])] += 1
        if event == "die after acceptance":
            self.excess[number] += 1
            self.die()
        if event == "answer lost":
            self.excess[number] += 1
            return Ambiguous("no answer")
        return Sent(1)


def chat_number(chat: int) -> int:
    """A chat's number, whether or not it has moved."""
    return abs(chat) % 100


class Reminders(RuleBasedStateMachine):
    """Three chats, of which one is a topic of a group; a worker that dies and is started anew.

    The database at `url` is emptied first.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = ManualClock(BEGIN)
        self.telegram = Telegram()
        self.office: Office = self.runner.run(self._open(url))
        self.subscribed: dict[int, dt.datetime] = {}
        self.ended: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {}
        self.group = -2
        self.stood = 0
        self.start_anew()

    async def _open(self, url: str) -> Office:
        database = await open_database(url)
        async with database.write() as connection:
            for table in reversed(METADATA.sorted_tables):
                await connection.execute(delete(table))
        return open_office(database, self.clock, plans=[PLAN])

    def start_anew(self) -> None:
        mortal = MortalDatabase(self.office.database)
        self.telegram.database = mortal
        self.office.worker = make_worker(
            cast("Database", mortal),
            self.telegram,
            self.clock,
            lambda: self.office.plans[-1],
            self.office.tally,
            self.telegram.write,
        )

    def chat(self, number: int) -> tuple[int, int]:
        if number != 2:
            return number, 0
        return self.group, 0 if self.telegram.topic_gone else 9

    def work(self, until: dt.datetime) -> None:
        """Let workers work until then, each after the one before it died."""
        self.stood = 0
        while True:
            try:
                self.runner.run(self.office.turns(until))
            except Crash:
                self.start_anew()
                self.clock.set(self.clock.now() + dt.timedelta(minutes=3))
            else:
                return

    @rule(number=CHATS)
    def subscribe(self, number: int) -> None:
        chat, thread = self.chat(number)
        self.runner.run(self.office.subscribe(chat, thread=thread))
        self.subscribed.setdefault(number, self.clock.now())

    @rule(number=CHATS)
    def end(self, number: int) -> None:
        chat, _ = self.chat(number)
        self.work(self.clock.now() + dt.timedelta(hours=12))
        if number in self.subscribed and number not in self.telegram.blocked:
            (item,) = self.runner.run(self.office.desk.listed(chat))
            self.runner.run(self.office.desk.end(chat, item.subscription.id))
            begun = self.subscribed.pop(number)
            self.ended.setdefault(number, []).append((begun, self.clock.now()))

    @rule(hours=st.integers(1, 60))
    def wait(self, hours: int) -> None:
        self.work(self.clock.now() + dt.timedelta(hours=hours))

    @rule(hours=st.integers(1, 30))
    def stand_still(self, hours: int) -> None:
        """Nothing runs for a while, though not so long that what is missed is let go."""
        hours = min(hours, 100 - self.stood)
        self.stood += hours
        self.clock.set(self.clock.now() + dt.timedelta(hours=hours))

    @rule(minutes=st.integers(1, 90))
    def set_clock_back(self, minutes: int) -> None:
        self.clock.set(self.clock.now() - dt.timedelta(minutes=minutes))

    @rule(
        events=st.lists(
            st.sampled_from(
                [
                    "", "die after claim", "die before send", "die after acceptance",
                    "answer lost", "flood", "down", "thread gone",
                ]
            ),
            min_size=1,
            max_size=4,
        )
    )  # fmt: skip
    def arrange(self, events: list[str]) -> None:
        self.telegram.arranged += events

    @rule(number=st.integers(0, 1))
    def block_for_a_day(self, number: int) -> None:
        self.telegram.blocked.add(number)
        self.work(self.clock.now() + dt.timedelta(hours=24))
        self.telegram.blocked.remove(number)
        self.runner.run(self.office.desk.welcome_back(number))

    @rule()
    def move_the_group(self) -> None:
        old, self.group = self.group, self.group - 100
        self.telegram.moved[old] = self.group
        self.work(self.clock.now())
        # A service message tells of the move where no reminder did.
        self.runner.run(self._follow(old, self.group))

    async def _follow(self, old: int, new: int) -> None:
        async with self.office.database.write() as connection:
            await chats.migrate(connection, old, new)

    def expected(self, until: dt.datetime) -> set[tuple[int, str, dt.date, int]]:
        """What must have been accepted: the whole of the rules, written down once more."""
        spans = [(n, begun, until) for n, begun in self.subscribed.items()]
        spans += [(n, *span) for n, ended in self.ended.items() for span in ended]
        return {
            (number, key, day, lead)
            for number, begun, end in spans
            for key, day in DAYS.items()
            for lead in LEADS
            if begun
            < dt.datetime.combine(day - dt.timedelta(days=lead), dt.time(1), dt.UTC)
            <= end
        }

    @invariant()
    def nothing_comes_more_often_than_once_plus_crashes(self) -> None:
        over: Counter[int] = Counter()
        for (number, *_), count in self.telegram.accepted.items():
            over[number] += count - 1
        for number, extra in over.items():
            # One message may hold all that was due for a chat at once.
            assert extra <= self.telegram.excess[number] * len(DAYS) * len(LEADS)
        for told, count in self.telegram.accepted.items():
            assert count <= 1 + self.telegram.excess[told[0]]

    def teardown(self) -> None:
        self.telegram.arranged.clear()
        wanted = self.expected(self.clock.now())
        self.work(self.clock.now() + dt.timedelta(hours=36))
        accepted = set(self.telegram.accepted)
        # What was over when it could be sent is told of by its day alone.
        missing = {told for told in wanted if told not in accepted}
        assert not missing
        assert accepted <= self.expected(self.clock.now())
        self.nothing_comes_more_often_than_once_plus_crashes()
        self.runner.run(self.office.database.close())
        self.runner.close()


def spell_over(notice: Notice) -> Text:
    """As `spell`, and with the lead of what is over."""
    plain = spell(notice)
    marks = [f"over:{entry.key}:{entry.due_on}:{entry.lead}" for entry in notice.expired]
    kept = [line for line in plain.html.splitlines() if not line.startswith("over:")]
    return Text(plain.chat, "\n".join([*kept, *marks]), thread=plain.thread)


def _run(url: str, examples: int, *, derandomize: bool) -> None:
    class RemindersThere(Reminders):
        def __init__(self) -> None:
            super().__init__(url)

    run_state_machine_as_test(
        RemindersThere,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            derandomize=derandomize,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nothing_is_lost_and_nothing_doubled_without_a_crash(database_url: str) -> None:
    _run(database_url, EXAMPLES[make_url(database_url).get_backend_name()], derandomize=True)


@pytest.mark.soak
def test_nothing_is_lost_and_nothing_doubled_without_a_crash_at_length(database_url: str) -> None:
    _run(database_url, 300, derandomize=False)
