"""Writing plan files and reading them back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.plan.file import load_plan
from knowledge.plan.library import load_library
from knowledge.plan.problems import PlanFileError
from knowledge.plan.write import write_plan
from tests.plan.helpers import SOURCE, invented_plan, write_invented


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_written_plan_is_read_back_unchanged(tmp_path: Path) -> None:
    plan = invented_plan()
    assert plan.figures
    assert plan.deadlines
    assert plan.programs
    assert plan.owners
    assert load_plan(write_invented(tmp_path)) == plan


def test_the_source_text_is_kept_to_the_character(tmp_path: Path) -> None:
    write_invented(tmp_path)
    assert (tmp_path / "qingshan.txt").read_bytes() == SOURCE.encode()


def test_importing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write_invented(tmp_path)
    before = _contents(tmp_path)
    write_invented(tmp_path)
    assert _contents(tmp_path) == before
    assert sorted(before) == ["qingshan.keeper.yaml", "qingshan.txt", "qingshan.yaml"]


def test_the_keepers_file_survives_every_import(tmp_path: Path) -> None:
    keeper = "aliases: # 说明\n  畅通计划: [畅通]\n"
    path = write_invented(tmp_path, keeper)
    write_plan(invented_plan(), path)
    assert (tmp_path / "qingshan.keeper.yaml").read_text(encoding="utf-8") == keeper
    assert "畅通" in load_plan(path).programs[0].aliases


def test_a_new_keepers_file_sets_nothing_and_shows_how(tmp_path: Path) -> None:
    path = write_invented(tmp_path)
    text = (tmp_path / "qingshan.keeper.yaml").read_text(encoding="utf-8")
    assert all(not line or line.startswith("#") for line in text.splitlines())
    assert "milestones:" in text
    assert load_plan(path) == invented_plan()


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_write_that_fails_midway_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    path = tmp_path / "qingshan.yaml"
    path.write_text("old plan", encoding="utf-8")
    (tmp_path / "qingshan.txt").write_text("old text", encoding="utf-8")
    before = _contents(tmp_path)
    replace, calls = os.replace, 0

    def fail_once(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail_once)
    with pytest.raises(PlanFileError, match="No space left"):
        write_plan(invented_plan(), path)
    assert _contents(tmp_path) == before


def test_a_document_that_is_no_plans_source_is_not_written_over(tmp_path: Path) -> None:
    document = tmp_path / "qingshan.txt"
    document.write_bytes(SOURCE.encode("gbk"))
    with pytest.raises(PlanFileError, match="已经存在"):
        write_invented(tmp_path)
    assert _contents(tmp_path) == {"qingshan.txt": SOURCE.encode("gbk")}


def test_a_library_holds_its_plans_in_the_order_of_their_ids(tmp_path: Path) -> None:
    for plan_id in ("b-2", "a-1", "c.3"):
        write_invented(tmp_path, plan_id=plan_id)
    library = load_library(tmp_path)
    assert [plan.id for plan in library.plans] == ["a-1", "b-2", "c.3"]
    assert library.get("b-2") == library.plans[1]
    assert library.get("none") is None


def test_a_library_with_faults_names_them_all(tmp_path: Path) -> None:
    write_invented(tmp_path, "aliases: 1\n", "a")
    write_invented(tmp_path, "other: 1\n", "b")
    with pytest.raises(PlanFileError) as caught:
        load_library(tmp_path)
    assert [problem.path.name for problem in caught.value.problems] == [
        "a.keeper.yaml",
        "b.keeper.yaml",
    ]
