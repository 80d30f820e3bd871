"""How sure an answer must be: limits calibrated on questions, read from a data file."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from knowledge.ask.meaning.sureness import SignWeights, load_sign_weights
from knowledge.language.lexicon import read_yaml


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a question must be covered before it is answered.

    `floor` is the least coverage (0 to 1) the keywords alone must reach. Below it, a ranking by
    meaning may choose; it answers if the sureness (0 to 1) that `signs` give the best so reaches
    `meaning_floor`. `slack` is how far below the best a passage may cover and still answer.
    """

    floor: float
    slack: float
    meaning_floor: float
    signs: SignWeights


def load_limits() -> Limits:
    """Read the package's calibrated limits."""
    data = read_yaml(resources.files("knowledge.ask") / "data" / "limits.yaml")
    return Limits(
        floor=float(data["floor"]),
        slack=float(data["slack"]),
        meaning_floor=float(data["meaning_floor"]),
        signs=load_sign_weights(),
    )
