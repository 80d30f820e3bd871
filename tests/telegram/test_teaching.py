"""Adding to a keeper's file without disturbing what stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.teaching import (
    add_alias,
    add_phrasing,
    add_synonym,
    add_untold,
    plan_file,
    with_entry,
    with_item,
)
from knowledge.plan.file import load_plan
from knowledge.plan.problems import PlanFileError
from knowledge.plan.write import write_plan
from tests.telegram.invented import invented_plan


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# nothing yet\n",
        "aliases:\n",
        "aliases: {}\n",
        "aliases: {甲: [乙]}\n# end\n",
        "# top\naliases:\n  甲: [乙]   # why\n  丙:\n    - 丁\n\nsynonyms:\n  一: 二\n",
        "aliases:\n    新苗奖: 老名\nsynonyms: {一: 二}",
        "synonyms:\n  一: 二",
    ],
)
def test_an_entry_is_added_and_all_else_stays(before: str) -> None:
    after = with_entry(before, "aliases", "新苗奖", "小苗: #1")
    old, new = yaml.safe_load(before) or {}, yaml.safe_load(after)
    assert "小苗: #1" in new["aliases"]["新苗奖"]
    for name, value in (old.get("aliases") or {}).items():
        kept = new["aliases"][name]
        assert kept == value or (name == "新苗奖" and value in kept)
    assert {k: v for k, v in new.items() if k != "aliases"} == {
        k: v for k, v in old.items() if k != "aliases"
    }
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert all(comment in after for comment in comments)


def test_the_same_entry_twice_is_there_once() -> None:
    once = with_entry("", "synonyms", "发钱", "资助")
    assert yaml.safe_load(with_entry(once, "synonyms", "发钱", "资助")) == yaml.safe_load(once)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# nothing yet\n",
        "untold:\n",
        "untold: []\n",
        "untold: [甲, 乙]\n# end\n",
        "# top\nuntold:\n  - 甲   # why\n  - 乙\n\nsynonyms:\n  一: 二\n",
        "untold:\n- 甲-乙\nsynonyms: {一: 二}",
        "synonyms:\n  一: 二",
        "synonyms:\n  一: 二\nuntold:",
    ],
)
def test_an_item_is_added_to_a_list_and_all_else_stays(before: str) -> None:
    after = with_item(before, "untold", '"多少: #1"')
    old, new = yaml.safe_load(before) or {}, yaml.safe_load(after)
    assert new.pop("untold") == ["多少: #1", *(old.pop("untold", None) or [])]
    assert new == old
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert all(comment in after for comment in comments)


def test_how_people_ask_and_what_is_not_told_are_taught(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    write_plan(invented_plan(), path)
    quote = invented_plan().clauses[0].text
    add_phrasing(path, quote, "先做哪件事")
    add_phrasing(path, quote, "头一件事")
    add_untold(path, "每人发多少钱")
    plan = load_plan(path)
    assert {(plan.quote(item.span), item.text) for item in plan.phrasings} == {
        (quote, "先做哪件事"),
        (quote, "头一件事"),
    }
    assert plan.untold == ("每人发多少钱",)
    with pytest.raises(PlanFileError):
        add_phrasing(path, "原文里没有的话", "什么")
    assert load_plan(path) == plan


def test_the_plans_file_is_found_by_its_id_and_taught(tmp_path: Path) -> None:
    write_plan(invented_plan(), tmp_path / "some-name.yaml")
    path = plan_file(tmp_path, "yunchuan-2031")
    assert path == tmp_path / "some-name.yaml"
    assert plan_file(tmp_path, "other") is None
    add_alias(path, "新苗奖", "苗苗")
    keeper = add_synonym(path, "发钱", "资助")
    plan = load_plan(path)
    assert [p.aliases for p in plan.programs if p.name == "新苗奖"] == [("苗苗",)]
    assert plan.synonyms == (("发钱", "资助"),)
    assert keeper.read_text(encoding="utf-8").startswith("#")


def test_what_would_not_be_valid_is_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    write_plan(invented_plan(), path)
    keeper = tmp_path / "p.keeper.yaml"
    before = keeper.read_text(encoding="utf-8")
    with pytest.raises(PlanFileError):
        add_alias(path, "没有这个", "苗苗")
    assert keeper.read_text(encoding="utf-8") == before
