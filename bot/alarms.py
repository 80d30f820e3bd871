"""How often the same trouble is told of."""

from __future__ import annotations

from datetime import datetime, timedelta

_PAUSE = timedelta(hours=1)


class Alarms:
    """Lets each kind of trouble be told once an hour."""

    def __init__(self) -> None:
        self._told: dict[str, datetime] = {}

    def due(self, kind: str, now: datetime) -> bool:
        """Tell whether to tell of `kind` now (aware), and take it as told."""
        last = self._told.get(kind)
        if last is not None and now - last < _PAUSE:
            return False
        self._told[kind] = now
        return True
