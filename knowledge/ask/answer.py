"""The one way from a message to a reply, for every face of the program."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from knowledge.ask.reply import Context, Turn


class Answers(Protocol):
    """Anything that answers a message."""

    def answer(self, text: str, context: Context, today: dt.date) -> Turn:
        """Answer `text`, said on `today` after `context`."""
        ...
