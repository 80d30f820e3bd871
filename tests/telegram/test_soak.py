"""Thousands of updates of every kind: each answered once, in order, and no error logged."""

from __future__ import annotations

import logging
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.botapi import BotApi, Incoming, InlineQuestion, Person, Press
from tests.telegram.running import Setup, running, settled

QUESTIONS = (
    "晨读计划目标是多少",
    "书香驿站什么时候建成",
    "创作营",
    "火星基地在哪",
    "有哪些量化指标",
    "第4条讲什么",
    "xinmiaojiang",
    "云川文裤什么时候完成初稿",
    "你好",
    "谢谢",
    "😀😀😀",
    "<b>新苗奖</b> & _资助_",
    "/start",
    "/help",
    "/plan",
    "/program",
    "/figures",
    "/deadlines",
    "/privacy",
    "/nosuchthing",
    "/start t3",
    "?",
)


@dataclass(slots=True)
class Load:
    """People who do all sorts of things, and what has to come of each."""

    api: BotApi
    people: list[Person]
    dice: random.Random
    asked: dict[int, list[Incoming]] = field(default_factory=lambda: defaultdict(list))
    presses: list[Press] = field(default_factory=list)
    inline: list[InlineQuestion] = field(default_factory=list)

    def act(self) -> None:
        """Let somebody do something."""
        person = self.dice.choice(self.people)
        self.dice.choices(
            (self._ask, self._other, self._press, self._inline, self._strange),
            (70, 8, 12, 6, 4),
        )[0](person)

    def _ask(self, person: Person) -> None:
        self.asked[person.id].append(person.says(self.dice.choice(QUESTIONS)))

    def _other(self, person: Person) -> None:
        send: Callable[[], Incoming] = self.dice.choice(
            (person.sends_voice, person.sends_photo, person.sends_sticker)
        )
        self.asked[person.id].append(send())

    def _press(self, person: Person) -> None:
        messages = [message for message in self.api.sent_to(person) if message.labels]
        if messages:
            message = self.dice.choice(messages[-5:])
            data = self.dice.choice(("1:full:x:1:1", "0:old", "1:up:9:z", "1:nm:x:1"))
            self.presses.append(person.presses_stale(message, data))

    def _inline(self, person: Person) -> None:
        self.inline.append(person.asks_inline(self.dice.choice(("创作", "", "火星", "读书会"))))

    def _strange(self, person: Person) -> None:
        self.api.push(
            self.dice.choice(
                (
                    {"kind_of_2040": {"chat": {"id": person.id}}},
                    {"poll": {"id": "x"}},
                    {"message": {"nonsense": True}},
                )
            )
        )


async def soak(api: BotApi, folder: Path, updates: int, chats: int, mode: str) -> None:
    """Run a bot under so many updates from so many chats and check what came of each."""
    dice = random.Random(20310303)  # noqa: S311 - nothing secret
    load = Load(api, [api.person() for _ in range(chats)], dice)
    async with running(api, folder, Setup(mode)) as bot:
        expected = await references(api)
        for number in range(updates):
            load.act()
            if number % 50 == 49:
                await api.wait_for(lambda: len(api.world.updates.pending) < 400, within=60)
        await api.wait_for(lambda: not api.world.updates.pending, within=120)
        queries: list[Press | InlineQuestion] = [*load.presses, *load.inline]
        for query in queries:
            await api.answered(query, within=120)
        await settled(api, bot)
    for person in load.people:
        replies = [message.text for message in api.sent_to(person)]
        assert replies == [expected[question.text] for question in load.asked[person.id]]


async def references(api: BotApi) -> dict[str, str]:
    """What each question is answered with when somebody asks nothing else."""
    replies = {question: await api.reply_to(api.person().says(question)) for question in QUESTIONS}
    replies[""] = await api.reply_to(api.person().sends_voice())
    return {question: reply.text for question, reply in replies.items()}


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_500_updates(
    api: BotApi, tmp_path: Path, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    await soak(api, tmp_path, 500, 40, mode)
    assert [r for r in caplog.records if r.levelno >= logging.ERROR and not skipped(r)] == []


@pytest.mark.soak
async def test_5000_updates_from_200_chats(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with BotApi(query_lifetime=600) as api:
        await soak(api, tmp_path, 5000, 200, "polling")
    assert [r for r in caplog.records if r.levelno >= logging.ERROR and not skipped(r)] == []


def skipped(record: logging.LogRecord) -> bool:
    """Tell whether a record is about an update that was made to be unreadable."""
    return "cannot be read and is skipped" in record.getMessage()
