"""The program's own sentences, read from a data file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from knowledge.language.lexicon import read_yaml


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences by name, filled in by `say`."""

    sentences: Mapping[str, str]

    def say(self, name: str, /, **values: object) -> str:
        """Return the sentence `name` with its places filled in; KeyError for an unknown name."""
        return self.sentences[name].format(**values)

    def list_names(self, names: Iterable[str]) -> str:
        """Return names in quotation marks, joined as in a Chinese sentence."""
        return self.sentences["joiner"].join(self.say("quoted", name=name) for name in names)


def load_wording() -> Wording:
    """Read the package's wording file."""
    return Wording(read_yaml(resources.files("knowledge.ask") / "data" / "wording.yaml"))
