"""The one conversation, the same in the terminal and in Telegram: a message in, turns out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Generic, Protocol, TypeVar

from bot.clock import Clock
from bot.patience import patiently
from bot.splitting import MOST_QUESTIONS, Places, Probe, Splitter
from knowledge.ask.answer import Answers
from knowledge.ask.reply import Context, Outcome, Reply, Turn, Understood

# After this long without a word the next question stands alone.
MEMORY = timedelta(minutes=30)

_RANK = (
    Outcome.ANSWERED,
    Outcome.AMBIGUOUS,
    Outcome.NOT_IN_PLAN,
    Outcome.CHITCHAT,
    Outcome.INVALID,
)

Item = TypeVar("Item", bound=Hashable)
Talk = TypeVar("Talk")
Key = TypeVar("Key", contravariant=True)


class Kept(Protocol):
    """A context and when it was kept (aware)."""

    @property
    def context(self) -> Context:
        """What the last turns left to lean on."""
        ...

    @property
    def updated_at(self) -> datetime:
        """When it was kept."""
        ...


class ContextStore(Protocol[Key]):
    """Keeps the context of each talk: whatever tells one conversation from another."""

    async def load(self, talk: Key) -> Kept | None:
        """Return the last context of `talk`, None where there is none."""
        ...

    async def save(self, talk: Key, context: Context, now: datetime) -> None:
        """Keep the context of `talk` in place of its last."""
        ...


@dataclass(frozen=True, slots=True)
class Remembered:
    """A context and when it was kept."""

    context: Context
    updated_at: datetime


class MemoryContexts(Generic[Talk]):
    """Contexts in this process's memory; those too old to be used are dropped as others come."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Talk, Remembered] = OrderedDict()

    async def load(self, talk: Talk) -> Remembered | None:
        """Return the last context of `talk`, None where there is none."""
        return self._kept.get(talk)

    async def save(self, talk: Talk, context: Context, now: datetime) -> None:
        """Keep the context of `talk` in place of its last."""
        self._kept[talk] = Remembered(context, now)
        self._kept.move_to_end(talk)
        while now - next(iter(self._kept.values())).updated_at > MEMORY:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        """Return how many contexts are kept."""
        return len(self._kept)


class Conversation(Generic[Talk]):
    """Answers messages, each after what was said before it in the same talk.

    Args:
        answers: what answers one question.
        store: where the contexts are kept.
        clock: tells the day a question is asked, and how old a context is.
        zone: where the people are whose day that is.
        splitter: cuts a message into its questions.
    """

    def __init__(
        self,
        answers: Answers,
        store: ContextStore[Talk],
        clock: Clock,
        zone: tzinfo,
        splitter: Splitter | None = None,
    ) -> None:
        self._answers = answers
        self._store = store
        self._clock = clock
        self._zone = zone
        self._splitter = splitter or Splitter()

    async def hear(self, talk: Talk, message: str) -> list[Turn]:
        """Return a turn for each question of `message`, at least one, and keep the context."""
        now = self._clock.now()
        kept = await self._store.load(talk)
        fresh = kept is not None and now - kept.updated_at <= MEMORY
        context = kept.context if kept is not None and fresh else Context()
        turns = await patiently(lambda: self.turns(message, context, now))
        await self._store.save(talk, turns[-1].context, now)
        return turns

    async def hear_alone(self, message: str) -> list[Turn]:
        """Return a turn for each question of `message`, which belongs to no talk."""
        now = self._clock.now()
        return await patiently(lambda: self.turns(message, Context(), now))

    async def forget(self, talk: Talk) -> None:
        """Let the next message of `talk` stand alone."""
        await self._store.save(talk, Context(), self._clock.now())

    def turns(self, message: str, context: Context, now: datetime) -> list[Turn]:
        """Return a turn for each question of `message`, said at `now` after `context`."""
        today = now.astimezone(self._zone).date()
        questions = self._splitter.split(message, self._probe(today))
        turns: list[Turn] = []
        for question in questions[:MOST_QUESTIONS]:
            turns.append(self._answers.answer(question, context, today))
            context = turns[-1].context
        if len(questions) > MOST_QUESTIONS:
            text = self._splitter.too_many
            turns.append(Turn(Reply(Outcome.INVALID, text, Understood("")), context))
        return turns

    def joined(self, turns: Sequence[Turn]) -> Reply:
        """Return one reply that says all that `turns` say, for faces that give one a message."""
        replies = [turn.reply for turn in turns]
        if len(replies) == 1:
            return replies[0]
        first = min(replies, key=lambda reply: _RANK.index(reply.outcome))
        understood = [reply.understood for reply in replies]
        return Reply(
            outcome=first.outcome,
            text="\n".join(
                self._splitter.number(at, reply.text) for at, reply in enumerate(replies, 1)
            ),
            understood=Understood(
                intent=first.understood.intent,
                programs=_each(item.programs for item in understood),
                terms=_each(item.terms for item in understood),
                corrected=_each(item.corrected for item in understood),
                from_context=next((u.from_context for u in understood if u.from_context), None),
            ),
            figures=_each(reply.figures for reply in replies),
            deadlines=_each(reply.deadlines for reply in replies),
            evidence=_each(reply.evidence for reply in replies),
            choices=_each(reply.choices for reply in replies),
            missing=_each(reply.missing for reply in replies),
            ms=sum(reply.ms for reply in replies),
        )

    def _probe(self, today: date) -> Probe:
        def probe(text: str) -> Places:
            reply = self._answers.answer(text, Context(), today).reply
            if reply.outcome not in (Outcome.ANSWERED, Outcome.AMBIGUOUS):
                return frozenset()
            return frozenset((item.plan, item.start, item.end) for item in reply.evidence)

        return probe


def _each(lists: Iterable[Iterable[Item]]) -> tuple[Item, ...]:
    """Return the items of all lists in order, each once."""
    return tuple(dict.fromkeys(item for items in lists for item in items))
