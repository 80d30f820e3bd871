"""What a message tells of why, for whom and how fast something is wanted, and in what form."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PARTING = re.compile(r"([,，。;；!！?？~\n]+)")
_LIST = "列出"


class Noise:
    """Leaves of a message what asks, so that what stands beside it names nothing."""

    def __init__(self, words: Mapping[str, re.Pattern[str]]) -> None:
        """Keep the patterns of what stands beside a question."""
        self._beside = words["beside_asking"]
        self._asks = words["sure_asking"]
        self._hand_over = words["hand_over"]
        self._empty = words["empty_words"]

    def without(self, text: str) -> str:
        """Return the message without what stands beside its question.

        A stretch that tells of people waiting, of meetings and of hurry is left out where another
        one is left; words that ask to be handed something become those that ask for a list.
        """
        stretches = [part for part in _PARTING.split(text) if not _PARTING.fullmatch(part)]
        kept = [part for part in stretches if part and not self._tells(part)]
        left = ",".join(kept or stretches)
        left = self._empty.sub("", self._hand_over.sub(_LIST, left))
        return re.sub(r"\s+", " ", left).strip(" ,")

    def _tells(self, stretch: str) -> bool:
        return bool(self._beside.search(stretch)) and not self._asks.search(stretch)
