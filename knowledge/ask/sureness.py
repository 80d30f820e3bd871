"""How sure it is that the passage nearest in meaning answers: a logistic model of a few signs.

Its weights are fitted to the tuning half of the questions by `python -m tests.bench.fit`, and are
read from a data file.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any

from knowledge.language.lexicon import read_yaml


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against a passage chosen by its meaning.

    `likeness` is that of the whole question; `distinctness` how many standard deviations the
    passage stands above the mean of all; `known` how many of the question's words the plan
    writes anywhere; `doubt` how much more alike the question would be without the words the
    passage does not hold; `elsewhere` how many weighty words of the question the plan writes,
    but not here.
    """

    likeness: float
    distinctness: float
    known: float
    doubt: float
    elsewhere: float


@dataclass(frozen=True, slots=True)
class SignWeights:
    """The weight of each sign, and of none; `kinship` is that of the words in the ranking."""

    bias: float
    kinship: float
    weights: Signs

    def sureness(self, signs: Signs) -> float:
        """Return the probability (0 to 1) that a passage with these signs answers."""
        total = self.bias + sum(
            getattr(self.weights, sign.name) * getattr(signs, sign.name) for sign in fields(Signs)
        )
        return 1 / (1 + math.exp(-total))


def load_sign_weights() -> SignWeights:
    """Read the package's fitted weights."""
    data: dict[str, Any] = read_yaml(resources.files("knowledge.ask") / "data" / "sureness.yaml")
    weights = Signs(**{sign.name: float(data["weights"][sign.name]) for sign in fields(Signs)})
    return SignWeights(float(data["bias"]), float(data["kinship"]), weights)
