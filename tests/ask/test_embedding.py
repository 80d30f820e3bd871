"""The embedding that comes with the program is that of the plan that comes with it."""

from __future__ import annotations

from importlib import resources

from knowledge.ask.embedding import file_name
from knowledge.ask.passages import Passages
from knowledge.plan.library import bundled_plans, load_library


def test_each_bundled_plan_brings_its_embedding_and_no_other_lies_about() -> None:
    folder = resources.files("knowledge.ask") / "data" / "embeddings"
    there = {file.name for file in folder.iterdir()}
    assert there == {file_name(Passages(plan)) for plan in load_library(bundled_plans()).plans}
