"""The Bot API of the tests in a process of its own, which hands out updates and times replies.

Reads commands from standard input, a JSON object a line, and answers each with one: `flood`
`updates` at once and `rate` of the replies; `paced` ones at `rate` a second and `waits`, seconds
from an update to its reply.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import defaultdict
from typing import Any

from tests.botapi import BotApi, Person

_CHATS = 200
_PATIENCE = 300.0


class Load:
    """People who ask, and the times of what they are answered.

    Args:
        api: what they ask on.
        questions: what they ask, in turn.
    """

    def __init__(self, api: BotApi, questions: list[str]) -> None:
        self._api = api
        self._questions = questions
        self._people: list[Person] = [api.person() for _ in range(_CHATS)]
        self._asked: dict[int, list[float]] = defaultdict(list)
        self._number = 0

    def ask(self) -> None:
        """Let the next person ask the next question."""
        person = self._people[self._number % _CHATS]
        person.says(self._questions[self._number % len(self._questions)])
        self._asked[person.id].append(time.time())
        self._number += 1

    async def flood(self, updates: int) -> dict[str, Any]:
        """Have so many updates wait, and return how fast the replies come."""
        before = len(self._api.sent)
        for _ in range(updates):
            self.ask()
        await self._api.wait_for(before + 1, within=_PATIENCE)
        begun = time.perf_counter()
        started = len(self._api.sent)
        await self._api.wait_for(before + updates, within=_PATIENCE)
        took = time.perf_counter() - begun
        return {"rate": (before + updates - started) / took}

    async def paced(self, updates: int, rate: float) -> dict[str, Any]:
        """Hand out updates evenly, and return how long each waited for its reply."""
        before = len(self._api.sent)
        counts = {person.id: len(self._asked[person.id]) for person in self._people}
        started = time.perf_counter()
        for number in range(updates):
            self.ask()
            await asyncio.sleep(max(0.0, started + (number + 1) / rate - time.perf_counter()))
        await self._api.wait_for(before + updates, within=_PATIENCE)
        waits = []
        for person in self._people:
            # One reply a question: the last of them belong to the last questions.
            asked = self._asked[person.id][counts[person.id] :]
            replies = self._api.sent_to(person)[-len(asked) :] if asked else []
            waits += [reply.date - when for reply, when in zip(replies, asked, strict=True)]
        return {"waits": waits}


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=2**24)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async with BotApi() as api:
        questions = json.loads(await reader.readline())["questions"]
        load = Load(api, questions)
        _say({"base_url": api.base_url, "token": api.token})
        while line := await reader.readline():
            match json.loads(line):
                case {"flood": int(updates)}:
                    _say(await load.flood(updates))
                case {"paced": int(updates), "rate": float(rate)}:
                    _say(await load.paced(updates, rate))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_serve())
