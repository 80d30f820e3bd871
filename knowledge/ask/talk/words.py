"""How people go on talking, read from a data file, and messages put in full words by it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

from knowledge.language.lexicon import read_yaml

# Marks at the ends of a message.
_MARKS = re.compile(r"^[\s,.!?。~…]+|[\s,.!?。~…]+$")


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it is to be read after others; `back` is what it leads back to, "" for none."""

    text: str
    back: str = ""


@dataclass(frozen=True, slots=True)
class TalkWords:
    """The patterns of talk; see the data file for the meaning of each."""

    openings: re.Pattern[str]
    back: tuple[re.Pattern[str], ...]
    corrections: re.Pattern[str]
    instead: str
    said: tuple[tuple[re.Pattern[str], str], ...]
    pointing: re.Pattern[str]
    listing: re.Pattern[str]
    pick: re.Pattern[str]
    numbered: re.Pattern[str]
    only: re.Pattern[str]
    whereabouts: re.Pattern[str]
    whole_task: re.Pattern[str]
    before: re.Pattern[str]
    from_to: re.Pattern[str]
    others: re.Pattern[str]
    rest_of: re.Pattern[str]
    totals: re.Pattern[str]
    total_of: re.Pattern[str]
    paper: re.Pattern[str]
    whole: re.Pattern[str]
    levels: re.Pattern[str]
    compare: re.Pattern[str]
    measure: re.Pattern[str]
    common: str
    measures: re.Pattern[str]
    checking: re.Pattern[str]
    checked: re.Pattern[str]
    siblings: re.Pattern[str]
    figures_of: re.Pattern[str]

    def heard(self, message: str, standard: str) -> Heard:
        """Return a message that follows others, `standard` being its standard writing.

        What needs no other words stays as it was written.
        """
        whole = text = _MARKS.sub("", standard)
        while (opening := self.openings.match(text)) and text[opening.end() :].strip():
            if self._led_back(text) is not None:
                break
            text = text[opening.end() :].strip()
        if (back := self._led_back(text)) is not None:
            return Heard(self._in_full(back["left"]), back["back"])
        if (correction := self.corrections.match(text)) is not None:
            meant = text[correction.end() :]
            thing = re.sub(r"(那个|的那个|呢)$", "", meant)
            level = self.levels.search(thing)
            return Heard(self.instead.format(thing=thing) if level else thing)
        full = self._in_full(text)
        return Heard(full if full != whole else message)

    def _led_back(self, text: str) -> re.Match[str] | None:
        return next((found for pattern in self.back if (found := pattern.match(text))), None)

    def _in_full(self, text: str) -> str:
        for pattern, full in self.said:
            if pattern.search(text):
                return full
        return text


def load_talk_words() -> TalkWords:
    """Read the package's patterns of talk."""
    data = read_yaml(resources.files("knowledge.language") / "data" / "talk.yaml")
    lists = {"openings", "corrections", "back", "instead", "said", "common"}
    patterns = {name: re.compile(text) for name, text in data.items() if name not in lists}
    return TalkWords(
        openings=re.compile("|".join(f"^{text}" for text in data["openings"])),
        back=tuple(map(re.compile, data["back"])),
        corrections=re.compile("|".join(data["corrections"])),
        instead=data["instead"],
        common=data["common"],
        said=tuple((re.compile(said), full) for said, full in data["said"]),
        **patterns,
    )
