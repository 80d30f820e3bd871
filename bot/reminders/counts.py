"""Counts: what became of the reminders, for whoever watches over the bot."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

import prometheus_client
from prometheus_client import CollectorRegistry

# Each is counted in reminders, not in messages.
NAMES = ("sent", "late", "merged", "withdrawn", "ambiguous", "failed")


class Counts(Protocol):
    """Is told what became of reminders."""

    def add(self, name: str, number: int) -> None:
        """Count so many under one of `NAMES`."""
        ...


class Tally:
    """Counts in this process."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter(dict.fromkeys(NAMES, 0))

    def add(self, name: str, number: int) -> None:
        """Count so many under `name`."""
        self.counted[name] += number


class PrometheusCounts:
    """Counts that Prometheus reads.

    Args:
        registry: what they are part of.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self._counter = prometheus_client.Counter(
            "planbot_reminders", "Reminders by what became of them", ["ended"], registry=registry
        )
        for name in NAMES:
            self._counter.labels(name)

    def add(self, name: str, number: int) -> None:
        """Count so many under `name`."""
        if number:
            self._counter.labels(name).inc(number)
