"""Changes: what became of each deadline when its plan was loaded again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.reminders.duties import Duty


@dataclass(frozen=True, slots=True)
class Known:
    """A deadline as it was when its plan was last loaded; `place` is its plan and task."""

    key: str
    place: str
    words: str
    quote: str
    date: dt.date | None
    rrule: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A deadline that moved, or (`after` None) that its plan no longer sets."""

    before: Known
    after: Known | None


def known(duty: Duty) -> Known:
    """Return what to remember of a duty."""
    place = duty.plan
    if duty.task is not None:
        place = f"{duty.plan}/{duty.task.section}.{duty.task.number}"
    return Known(duty.key, place, duty.words, duty.quote, duty.date, duty.rrule)


def changes(before: Mapping[str, Known], after: Mapping[str, Known]) -> tuple[Change, ...]:
    """Return what moved or vanished, in the order of `before`.

    A key that vanished is taken for one that is new where the sentence is the same but for the
    time, anywhere in the plan, or else where they are the only two of their task.
    """
    gone = [item for key, item in before.items() if key not in after]
    fresh = [item for key, item in after.items() if key not in before]
    pairs = _paired(gone, fresh)
    found = []
    for key, item in before.items():
        now = after.get(key) or pairs.get(key)
        if now is None or (now.date, now.rrule) != (item.date, item.rrule) or now.key != key:
            found.append(Change(item, now))
    return tuple(found)


def _paired(gone: Iterable[Known], fresh: Iterable[Known]) -> dict[str, Known]:
    pairs: dict[str, Known] = {}
    left = {item.key: item for item in fresh}
    rest = []
    for item in gone:
        same = [new for new in left.values() if _matter(new) == _matter(item)]
        if len(same) == 1:
            pairs[item.key] = left.pop(same[0].key)
        else:
            rest.append(item)
    for item in rest:
        alone = [new for new in left.values() if new.place == item.place]
        if len(alone) == 1 and sum(other.place == item.place for other in rest) == 1:
            pairs[item.key] = left.pop(alone[0].key)
    return pairs


def _matter(item: Known) -> tuple[str, str]:
    plan = item.place.partition("/")[0]
    return plan, item.words.replace(item.quote, "", 1) if item.quote else item.words
