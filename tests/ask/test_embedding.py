"""The embedding that comes with the program is that of the plan that comes with it."""

from __future__ import annotations

from importlib import resources

import numpy as np

from knowledge.ask.answer import Answerer
from knowledge.ask.limits import load_limits
from knowledge.ask.meaning.embedding import EXAMPLES, file_name
from knowledge.ask.passages import Passages
from knowledge.language.lexicon import load_lexicon
from knowledge.plan.library import bundled_plans, load_library

FOLDER = resources.files("knowledge.ask") / "data" / "embeddings"


def test_each_bundled_plan_brings_its_embedding_and_no_other_lies_about() -> None:
    there = {file.name for file in FOLDER.iterdir()}
    plans = load_library(bundled_plans()).plans
    assert there == {EXAMPLES, *(file_name(Passages(plan)) for plan in plans)}


def test_all_that_questions_are_compared_with_is_embedded_and_nothing_else() -> None:
    answerer = Answerer(load_library(bundled_plans()).plans, load_lexicon(), load_limits())
    wanted = {text for examples in answerer.examples for text in examples.texts}
    with resources.as_file(FOLDER / EXAMPLES) as file, np.load(file) as held:
        assert set(map(str, held["texts"])) == wanted
