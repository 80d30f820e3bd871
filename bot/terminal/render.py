"""A reply as lines of a terminal: what is said, where it stands, and how it was understood."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.terminal.places import Places
from bot.terminal.wording import Wording
from knowledge.ask.reply import Outcome, Reply
from knowledge.plan.model import Deadline, DeadlineKind, Plan

# What could steer a terminal, or turn the text around, may have come in with a message.
_MOST_PLACES = 3
_STEERING = {"Cc", "Cf", "Cs"}


class Style(StrEnum):
    """What a line of a reply is."""

    TEXT = "text"
    NOTE = "note"
    PLACE = "place"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a reply, without its line break."""

    style: Style
    text: str


class Renderer:
    """Renders replies about the given plans."""

    def __init__(self, plans: Iterable[Plan], wording: Wording) -> None:
        self._places = Places(plans, wording)
        self._wording = wording

    def text(self, reply: Reply, today: dt.date) -> str:
        """Return the reply as plain text."""
        return "\n".join(line.text for line in self.lines(reply, today))

    def lines(self, reply: Reply, today: dt.date) -> list[Line]:
        """Return the lines of a reply that is read on `today`."""
        lines = [Line(Style.TEXT, text) for text in harmless(reply.text).split("\n")]
        lines += [Line(Style.NOTE, text) for text in self._notes(reply, today)]
        lines += [Line(Style.PLACE, text) for text in self._where(reply)]
        lines += [
            Line(Style.CHOICE, self._wording.say("choice", number=at, label=harmless(item.label)))
            for at, item in enumerate(reply.choices, 1)
        ]
        return lines

    def _notes(self, reply: Reply, today: dt.date) -> Iterator[str]:
        for item in reply.understood.corrected:
            yield self._wording.say(
                "corrected", wrote=harmless(item.wrote), meant=harmless(item.meant)
            )
        if reply.understood.from_context:
            yield self._wording.say("context", subject=harmless(reply.understood.from_context))
        said = dict.fromkeys(
            (deadline.quote, deadline.date)
            for _, deadline in reply.deadlines
            if deadline.kind is DeadlineKind.DATE and deadline.date
        )
        for quote, date in said:
            if date is not None and (note := self._reading(reply.text, quote, date, today)):
                yield note

    def _reading(self, text: str, quote: str, date: dt.date, today: dt.date) -> str:
        """Return how the words of a deadline are read, "" where that is plain from `text`."""
        day = say_day(self._wording, date)
        past = date < today
        if day in quote or day in text:
            return self._wording.say("past", day=day) if past and day in quote else ""
        return self._wording.say("reading_past" if past else "reading", quote=quote, day=day)

    def _where(self, reply: Reply) -> Iterator[str]:
        if reply.outcome is Outcome.INVALID:
            return
        if reply.outcome is Outcome.NOT_IN_PLAN:
            # What is quoted beside a refusal is what the plan does say, and not its source.
            for item in reply.evidence:
                yield self._wording.say(
                    "does_say",
                    quote=" ".join(item.quote.split()),
                    place=self._places.full(item.plan, item.section, item.task),
                )
            return
        places = dict.fromkeys(
            self._places.full(item.plan, item.section, item.task) for item in reply.evidence
        )
        if len(places) > _MOST_PLACES:
            # A list of so many places names them in its own lines.
            places = dict.fromkeys(self._places.full(plan, None, None) for plan in _plans(reply))
        for place in places:
            yield self._wording.say("place", place=place)


def _plans(reply: Reply) -> list[str]:
    return list(dict.fromkeys(item.plan for item in reply.evidence))


def say_day(wording: Wording, date: dt.date) -> str:
    """Return a day in words."""
    return wording.say("day", year=date.year, month=date.month, day=date.day)


def is_past(deadline: Deadline, today: dt.date) -> bool:
    """Tell whether a deadline's day lies before `today`."""
    return deadline.date is not None and deadline.date < today


def harmless(text: str) -> str:
    """Return `text` without characters that are not seen but obeyed; line breaks are kept."""
    return "".join(
        char for char in text if char == "\n" or unicodedata.category(char) not in _STEERING
    )
