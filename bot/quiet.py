"""Quiet hours: the part of a day in which reminders wait."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_SHAPE = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` up to but not including `end`, in local time, over midnight where end < start.

    No hour is quiet when the two are equal.
    """

    start: time
    end: time

    @classmethod
    def none(cls) -> QuietHours:
        """Return quiet hours that cover nothing."""
        return cls(time(0), time(0))

    @classmethod
    def parse(cls, text: str) -> QuietHours:
        """Read `22:00-08:00`, or `off` for none; raise ValueError for anything else."""
        if text.strip().lower() in {"off", "none"}:
            return cls.none()
        shape = _SHAPE.fullmatch(text.strip())
        if shape is None:
            raise ValueError(f"expected hours such as 22:00-08:00, or off, not {text!r}")
        from_hour, from_minute, to_hour, to_minute = (int(part) for part in shape.groups())
        try:
            return cls(
                time(from_hour, from_minute),
                time(0 if (to_hour, to_minute) == (24, 0) else to_hour, to_minute),
            )
        except ValueError as error:
            raise ValueError(f"no such time of day in {text!r}") from error

    def __str__(self) -> str:
        """Return what `parse` reads."""
        return "off" if self.start == self.end else f"{self.start:%H:%M}-{self.end:%H:%M}"

    def covers(self, moment: time) -> bool:
        """Tell whether the local time of day `moment` is quiet."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end
