"""The chat in the terminal: a message is typed, replies are shown, until the person is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.clock import Clock
from bot.conversation import Conversation
from bot.terminal.render import Line, Renderer, Style
from bot.terminal.wording import Wording
from knowledge.ask.reply import Choice

_TALK = "terminal"


class Screen(Protocol):
    """Where a person types and reads."""

    async def ask(self) -> str:
        """Return the message that was typed; EOFError when the person is done."""
        ...

    async def show(self, lines: Sequence[Line]) -> None:
        """Write the lines of one reply."""
        ...


class Chat:
    """A conversation at a screen, in the zone of the person there."""

    def __init__(
        self,
        talk: Conversation[str],
        renderer: Renderer,
        wording: Wording,
        clock: Clock,
        zone: dt.tzinfo,
    ) -> None:
        self._talk = talk
        self._renderer = renderer
        self._wording = wording
        self._clock = clock
        self._zone = zone
        self._choices: tuple[Choice, ...] = ()

    def greeting(self, plans: Iterable[str], samples: Iterable[str]) -> list[Line]:
        """Return what is said first: the titles of the plans, what can be asked, the keys."""
        say = self._wording.say
        return [
            Line(Style.TEXT, say("greeting", plans=say("joiner").join(plans))),
            Line(Style.TEXT, say("samples")),
            *(Line(Style.CHOICE, say("sample", question=question)) for question in samples),
            Line(Style.NOTE, say("keys")),
        ]

    async def run(self, screen: Screen) -> None:
        """Answer what is typed at `screen` until it ends."""
        while True:
            try:
                message = await screen.ask()
            except EOFError:
                return
            if message.strip():
                await screen.show(await self.reply(message))

    async def reply(self, message: str) -> list[Line]:
        """Return the lines of the replies to a message, or to the choice with that number."""
        turns = await self._talk.hear(_TALK, self._picked(message))
        today = self._clock.now().astimezone(self._zone).date()
        lines: list[Line] = []
        for turn in turns:
            if lines:
                lines.append(Line(Style.TEXT, ""))
            lines += self._renderer.lines(turn.reply, today)
        self._choices = turns[-1].reply.choices
        if self._choices:
            lines.append(Line(Style.NOTE, self._wording.say("choose")))
        return lines

    def _picked(self, message: str) -> str:
        number = message.strip()
        if number.isdecimal() and 0 < int(number[:3]) <= len(self._choices):
            return self._choices[int(number[:3]) - 1].text
        return message
