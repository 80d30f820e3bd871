"""Fits the weights that tell how sure a passage chosen by meaning is: `python -m tests.bench.fit`.

Every question of the tuning half that the keywords are unsure of is a case: its signs, and whether
the reply from the passage nearest in meaning is right. The weights are those of a logistic
regression with a small ridge penalty, found by Newton's method (Hastie, Tibshirani and Friedman,
"The Elements of Statistical Learning", 4.4.1): one where the keeper of a plan wrote something like
the question, one for all others. How well they tell right from wrong is printed for each tenth of
the cases from all other tenths.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

import knowledge.ask
from bot.evaluation import Verdict
from knowledge.ask.compose.content import ContentDesk
from knowledge.ask.compose.draft import Draft
from knowledge.ask.limits import load_limits
from knowledge.ask.meaning.nearness import Nearest
from knowledge.ask.meaning.sureness import Model, Signs
from knowledge.ask.question import Question
from knowledge.language.lexicon import load_lexicon
from tests.bench.scoring import HALVES, open_meaning, rows, score_each

Vector = NDArray[np.float64]
_RIDGE = 3.0
_STEPS = 25
_FOLDS = 10
_FILE = Path(knowledge.ask.__file__).with_name("data") / "sureness.yaml"
_COMMENT = """\
# Written by `python -m tests.bench.fit` from the tuning half of the questions; what each sign is
# stands in knowledge/ask/meaning/sureness.py.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A question answered by meaning: its signs, and whether the answer is right."""

    signs: Signs
    right: bool


def main() -> None:
    """Fit the weights, write them, and print how well they do."""
    with tempfile.TemporaryDirectory() as folder:
        found = cases(Path(folder))
    now = load_limits().signs
    lines = ["ranking:"]
    lines += [f"  {name}: {getattr(now, name)}" for name in ("kinship", "said", "asked")]
    for name, chosen in _parts(found):
        model = fit([case.signs for case in chosen], [case.right for case in chosen])
        lines += [f"{name}:", f"  bias: {model.bias:.3f}"]
        lines += [
            f"  {sign.name}: {weight:.3f}"
            for sign in fields(Signs)
            if (weight := getattr(model.weights, sign.name))
        ]
    _FILE.write_text(_COMMENT + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(found)} cases, {sum(case.right for case in found)} right\n")
    for name, chosen in _parts(found):
        sys.stdout.write(f"{name}: {len(chosen)} cases\n")
        for wrong, right in _held_out(chosen):
            sys.stdout.write(f"wrong {wrong:3}  right {right:3}\n")


def _parts(found: Sequence[Case]) -> Iterator[tuple[str, list[Case]]]:
    """Yield each model's name with the cases it is fitted to."""
    yield "plain", [case for case in found if not case.signs.by_keeper]
    yield "phrased", [case for case in found if case.signs.by_keeper]


def cases(folder: Path) -> list[Case]:
    """Return the questions of the tuning half that meaning answers if it is let."""
    answered: list[Nearest] = []
    from_nearest = ContentDesk._from_nearest

    def watch(
        self: ContentDesk, question: Question, nearest: Nearest
    ) -> tuple[Draft, Nearest] | None:
        drafted = from_nearest(self, question, nearest)
        answered.extend([drafted[1]] if drafted else [])
        return drafted

    found: list[Case] = []
    limits = replace(load_limits(), meaning_floor=0.0)
    meaning, lexicon = open_meaning(folder), load_lexicon()
    single = [row for row in rows(HALVES[0]) if len(row.turns) == 1]
    with mock.patch.object(ContentDesk, "_from_nearest", watch):
        for plan in dict.fromkeys(row.plan for row in single):
            of_plan = [row for row in single if row.plan == plan]
            for scored in score_each(of_plan, meaning, lexicon, limits):
                if answered:
                    right = scored[0].verdict is Verdict.RIGHT
                    found.append(Case(answered[-1].signs, right))
                answered.clear()
    return found


def fit(signs: Sequence[Signs], right: Sequence[bool]) -> Model:
    """Return the model whose bias and weights of signs tell right from wrong best."""
    values = np.array([astuple(item) for item in signs])
    mean, spread = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-9)
    cases = np.hstack([np.ones((len(values), 1)), (values - mean) / spread])
    wanted = np.array(right, dtype=float)
    penalty = np.diag([0.0] + [_RIDGE] * values.shape[1])
    weights: Vector = np.zeros(cases.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-cases @ weights))
        slope = cases.T @ (wanted - chance) - penalty @ weights
        curve = (cases * (chance * (1 - chance))[:, None]).T @ cases + penalty
        weights = weights + np.linalg.solve(curve, slope)
    scaled = weights[1:] / spread
    return Model(float(weights[0] - scaled @ mean), Signs(*map(float, scaled)))


def _held_out(found: Sequence[Case]) -> Iterator[tuple[int, int]]:
    """Yield numbers of wrong answers, each with the right ones that come with them."""
    judged: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        others = [case for at, case in enumerate(found) if at % _FOLDS != fold]
        model = fit([case.signs for case in others], [case.right for case in others])
        judged += [(model.sureness(c.signs), c.right) for c in found[fold::_FOLDS]]
    judged.sort(key=lambda item: -item[0])
    wrong = right = 0
    for _, is_right in judged:
        if not is_right and wrong % 10 == 0:
            yield wrong, right
        right += is_right
        wrong += not is_right


if __name__ == "__main__":
    main()
