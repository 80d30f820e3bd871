"""The parts of a clause divided among the quantities they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knowledge.importer.nouns import Piece, Words
from knowledge.importer.quantities import Quantity
from knowledge.importer.times import Time
from knowledge.importer.vocabulary import words


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity with the stretches of its part that belong to it."""

    quantity: Quantity
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity with its subject's pieces and the (start, end) of its quote."""

    quantity: Quantity
    subject: tuple[Piece, ...]
    quote: Piece
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The quantities of one part of a clause, with the targets of the parts before it."""

    clause: Words
    times: list[Time]
    start: int
    places: list[Place]
    earlier: tuple[Target, ...]


def places_in(text: str, found: list[Quantity], start: int, end: int) -> list[Place]:
    """Divide the part `text[start:end]` among the quantities `found` in it."""
    places: list[Place] = []
    left = start
    found = [
        q for q, after in zip(found, [*found[1:], None], strict=True) if not _inner(text, q, after)
    ]
    for quantity, following in zip(found, [*found[1:], None], strict=True):
        right = end
        after = end
        if following is not None:
            right = _separator(text, quantity.end, following.start)
            after = right + 1
            if right < 0:
                right, after = max(quantity.end, following.lead), quantity.end
        places.append(Place(quantity, left, right))
        left = after
    return places


def _separator(text: str, start: int, end: int) -> int:
    """Return where two items of a list are parted, -1 if nothing parts them."""
    if (comma := text.rfind("、", start, end)) >= 0:
        return comma
    marks = list(_conjunctions().finditer(text, start, end))
    return marks[-1].end() - 1 if marks else -1


@cache
def _conjunctions() -> re.Pattern[str]:
    return re.compile(f"(?<!{'|'.join(words('figures.bound_before_and'))})[和及(:]")


def _inner(text: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Tell whether a quantity only describes what the next one measures: a limit of time
    (5日内办结率达到95%), or a bound that says of which things (20万元以上的村占比超过60%).
    """
    if following is None:
        return False
    if following.is_share and quantity.end > quantity.unit_end:
        described = text[quantity.end : following.lead]
        if _described().fullmatch(described) and described.endswith(words("figures.shares_of")):
            return True
    if text[quantity.unit_end : quantity.end] not in words("figures.within"):
        return False
    return not set(text[quantity.end : following.start]) & set("、和及")


@cache
def _described() -> re.Pattern[str]:
    return re.compile("的[^,;:、]{1,10}")
