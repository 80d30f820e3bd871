from __future__ import annotations

import json
from typing import Any

import pytest

from knowledge.plan.model import Plan
from tests.bot.conftest import Planbot


def rows(planbot: Planbot, *args: str) -> list[dict[str, Any]]:
    ran = planbot(*args, "--json")
    assert ran.code == 0
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def test_show_prints_the_outline(planbot: Planbot) -> None:
    ran = planbot("show")
    assert ran.code == 0
    assert ran.out == (
        "河湾县图书馆2024年工作计划\n印发:河湾县图书馆\n"
        "一、办好阅读服务\n  1.扩大阅读覆盖\n  2.培训馆员队伍\n"
        "二、守护地方文献\n  3.修复古籍善本\n  4.建设数字平台\n"
    )


@pytest.mark.parametrize("number", ["3", "2.3", "2-3"])
def test_show_prints_a_whole_task_as_it_stands(planbot: Planbot, number: str) -> None:
    ran = planbot("show", number)
    assert ran.code == 0
    assert "\n3.修复古籍善本。到年底修复古籍200册,控制破损率在5%以内。" in ran.out


@pytest.mark.parametrize("number", ["9", "1.3"])
def test_show_ends_with_1_where_there_is_no_such_task(planbot: Planbot, number: str) -> None:
    ran = planbot("show", number)
    assert ran.code == 1
    assert ran.out == ""
    assert f"there is no task {number}" in ran.err


def test_show_gives_the_outline_as_objects(planbot: Planbot) -> None:
    (plan,) = rows(planbot, "show")
    assert plan["id"] == "library-2024"
    assert [section["title"] for section in plan["sections"]] == ["办好阅读服务", "守护地方文献"]
    assert [task["number"] for task in plan["tasks"]] == [1, 2, 3, 4]


def test_show_gives_a_task_with_what_it_holds(planbot: Planbot, library: Plan) -> None:
    (task,) = rows(planbot, "show", "3")
    assert library.source[task["start"] : task["end"]] == task["text"]
    assert [figure["value"] for figure in task["figures"]] == [200, 5]
    assert [deadline["kind"] for deadline in task["deadlines"]] == ["date", "open"]
    assert [program["kind"] for program in task["programs"]] == ["document"]


@pytest.mark.parametrize("what", ["figures", "deadlines", "programs"])
def test_every_record_is_listed_as_an_object(planbot: Planbot, library: Plan, what: str) -> None:
    found = rows(planbot, what)
    assert len(found) == len(getattr(library, what)) > 0
    for row in found:
        assert row["plan"] == "library-2024"
        quote = row["name"] if what == "programs" else row["quote"]
        assert library.source[row["start"] : row["end"]] == quote


def test_figures_are_listed_in_the_plans_words(planbot: Planbot) -> None:
    out = planbot("figures").out
    assert "一、办好阅读服务 · 第1条 扩大阅读覆盖\n  不少于12个社区书屋\n" in out


def test_deadlines_are_listed_with_how_they_are_read(
    planbot: Planbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANBOT_NOW", "2024-10-01")
    out = planbot("deadlines").out
    assert "  今年9月前(按2024年8月31日理解,已过):今年9月前完成全部书屋选址\n" in out
    assert "  到年底(按2024年12月31日理解):到年底80%以上的书屋开放\n" in out
    assert "  每2年:馆员每2年轮训1遍\n" in out
    assert "  任期内(没有写明日期):" in out


def test_names_are_listed_with_kind_and_aliases(planbot: Planbot) -> None:
    out = planbot("programs").out
    assert "  晨光书屋(项目;也叫晨光书屋计划)\n" in out
    assert "  古籍普查三年行动计划(文件)\n" in out


def test_one_plan_of_several_can_be_chosen(planbot: Planbot) -> None:
    assert planbot("figures", "--plan", "library-2024").out == planbot("figures").out
    ran = planbot("figures", "--plan", "library-2023")
    assert ran.code == 2
    assert "the plans are library-2024" in ran.err
