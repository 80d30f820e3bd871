"""Rows of values that belong to as many subjects or years (…率、…率分别达到90%、85%)."""

from __future__ import annotations

import re
from functools import cache

from knowledge.importer.nouns import Words, head_of, left_noun, split_list
from knowledge.importer.places import Part, Place, Target
from knowledge.importer.vocabulary import any_of, words

_LONGEST_QUOTE = 40


def in_a_row(part: Part, index: int) -> int:
    """Return how many values stand in a row from `index` on (…率分别达到90%、85%)."""
    count = 1
    while index + count < len(part.places):
        before = part.places[index + count - 1].quantity
        following = part.places[index + count].quantity
        if part.clause.text[before.end : following.start] not in ("、", "和", "及", "以及", "与"):
            break
        count += 1
    return count


def shared_targets(
    clause: Words, group: list[Place], earlier: list[Target]
) -> list[Target] | None:
    """Pair the values of a row with as many subjects or years; None if there are none."""
    first = group[0]
    years = _years().match(clause.text, first.left, first.quantity.lead)
    dues = [int(year) for year in re.findall(r"20\d\d", years.group())] if years else []
    if years is None or len(dues) != len(group):
        return _paired(clause, group, earlier)
    noun = left_noun(clause, years.end(), first.quantity.lead)
    if noun is None:
        return None
    start = years.start()
    return [
        Target(place.quantity, (noun,), (start, place.quantity.end), due)
        for place, due in zip(group, dues, strict=True)
    ]


def _paired(clause: Words, group: list[Place], earlier: list[Target]) -> list[Target] | None:
    first = group[0]
    noun = left_noun(clause, first.left, first.quantity.lead)
    if noun is None:
        return None
    subjects = split_list(clause.text, noun, len(group))
    if subjects is None:
        said = clause.text[first.left : first.quantity.number]
        respective = re.search(any_of(words("figures.respectively")), said)
        if respective is None or len(earlier) < len(group):
            return None
        subjects = [(*target.subject, noun) for target in earlier[-len(group) :]]
    # Each quote runs from the list of subjects to its own value, so that it can be read alone.
    start = noun[0]
    if group[-1].quantity.end - start > _LONGEST_QUOTE:
        start = head_of(clause, noun)
    return [
        Target(place.quantity, subject, (start, place.quantity.end))
        for place, subject in zip(group, subjects, strict=True)
    ]


@cache
def _years() -> re.Pattern[str]:
    return re.compile(r"[到至]?(?:20\d\d年底?[、和及])+20\d\d年底?,?")
