"""Timelines: what a scope and a rule together yield; many subscriptions share one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.quiet import QuietHours
from bot.reminders.calendar_rules import Event, Rule, day_ends, events, next_event
from bot.reminders.duties import Duty
from bot.reminders.scopes import Scope


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything on which the moments of a subscription depend."""

    scope: Scope
    rule: Rule

    def to_text(self) -> str:
        """Return the profile as it is kept: equal profiles have equal texts."""
        rule = self.rule
        leads = sorted(set(rule.leads), reverse=True)
        parts = [
            str(self.scope), leads, rule.hour.isoformat("minutes"), rule.zone.key, str(rule.quiet),
        ]  # fmt: skip
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Profile:
        """Read what `to_text` wrote."""
        scope, leads, hour, zone, quiet = json.loads(text)
        rule = Rule(
            tuple(leads), dt.time.fromisoformat(hour), ZoneInfo(zone), QuietHours.parse(quiet)
        )
        return cls(Scope.parse(scope), rule)

    @property
    def timing(self) -> Rule:
        """Return the rule as it applies: an overview comes on its day and not before."""
        if not self.scope.digest:
            return self.rule
        return Rule((0,), self.rule.hour, self.rule.zone, self.rule.quiet)


def due_between(
    profile: Profile, duties: Iterable[Duty], after: dt.datetime, until: dt.datetime
) -> tuple[Event, ...]:
    """Return the moments after `after` up to `until`, in order."""
    rule = profile.timing
    return tuple(sorted(event for duty in duties for event in events(duty, rule, after, until)))


def first_due(profile: Profile, duties: Iterable[Duty], after: dt.datetime) -> Event | None:
    """Return the first moment after `after`, None where nothing lies ahead."""
    rule = profile.timing
    found = (next_event(duty, rule, after) for duty in duties)
    return min((event for event in found if event is not None), default=None)


def is_past(duty: Duty, zone: ZoneInfo, now: dt.datetime) -> bool:
    """Tell whether the one day of a duty is over; what recurs or is open never is."""
    return duty.date is not None and day_ends(duty.date, zone) <= now
