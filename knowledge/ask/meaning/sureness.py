"""How sure it is that the passage nearest in meaning answers: a logistic model of a few signs.

Its weights are fitted to the tuning half of the questions by `python -m tests.bench.fit`, and are
read from a data file. Where a plan's keeper has written something like the question, the signs
weigh otherwise than where nobody has: there are two models.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
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
    but not here; `said` how alike it is to what people say for words of the passage, by the
    lexicon; `asked` to how they ask for the passage, by the plan's keeper; `votes` the share
    of the keeper's few examples most like it that stand for the passage; `untold` is how alike it
    is to what they
    ask that the plan does not tell; `length` how many characters it has; `number` whether it asks
    for one, `named` whether it names a program, `unmet` whether it asks for a kind of thing (a
    time, who is responsible) that the passage does not hold by the plan's marks.
    """

    likeness: float
    distinctness: float
    known: float
    doubt: float
    elsewhere: float
    said: float = 0.0
    asked: float = 0.0
    votes: float = 0.0
    untold: float = 0.0
    length: float = 0.0
    number: float = 0.0
    named: float = 0.0
    unmet: float = 0.0

    @property
    def by_keeper(self) -> bool:
        """Whether the plan's keeper wrote anything like the question."""
        return bool(self.asked or self.untold)


@dataclass(frozen=True, slots=True)
class Model:
    """The weight of each sign, and of none."""

    bias: float
    weights: Signs

    def sureness(self, signs: Signs) -> float:
        """Return the probability (0 to 1) that a passage with these signs answers."""
        total = self.bias + sum(
            getattr(self.weights, sign.name) * getattr(signs, sign.name) for sign in fields(Signs)
        )
        return 1 / (1 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class SignWeights:
    """The models, and what counts in the ranking beside the likeness of the whole question.

    `kinship` is the weight of its words, `said` that of the lexicon's phrases, `asked` that of
    the keeper's; `plain` is the model where the keeper wrote nothing like the question, `phrased`
    that where something is.
    """

    kinship: float
    said: float
    asked: float
    plain: Model
    phrased: Model

    def sureness(self, signs: Signs) -> float:
        """Return the probability (0 to 1) that a passage with these signs answers."""
        model = self.phrased if signs.by_keeper else self.plain
        return model.sureness(signs)


def load_sign_weights() -> SignWeights:
    """Read the package's fitted weights."""
    data: dict[str, Any] = read_yaml(resources.files("knowledge.ask") / "data" / "sureness.yaml")
    ranking = data["ranking"]
    return SignWeights(
        kinship=float(ranking["kinship"]),
        said=float(ranking["said"]),
        asked=float(ranking["asked"]),
        plain=_model(data["plain"]),
        phrased=_model(data["phrased"]),
    )


def _model(data: Mapping[str, Any]) -> Model:
    """Read a model; a sign that is not named counts nothing."""
    weights = {sign.name: float(data.get(sign.name, 0.0)) for sign in fields(Signs)}
    return Model(float(data["bias"]), Signs(**weights))
