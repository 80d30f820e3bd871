"""The terminal's own sentences, read from a data file."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

from knowledge.language.lexicon import read_yaml


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences by name, filled in by `say`."""

    data: dict[str, Any]

    def say(self, name: str, /, **values: object) -> str:
        """Return the sentence `name` with its places filled in; KeyError for an unknown name."""
        return str(self.data[name]).format(**values)

    def kind(self, kind: str) -> str:
        """Return what people call a kind of program."""
        return str(self.data["kinds"][kind])


def load_wording() -> Wording:
    """Read the terminal's wording file."""
    return Wording(read_yaml(resources.files("bot.terminal") / "wording.yaml"))
