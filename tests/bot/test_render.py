from __future__ import annotations

import datetime as dt

import pytest

from bot.terminal.render import Renderer, Style
from bot.terminal.wording import load_wording
from knowledge.ask.reply import Choice, Correction, Evidence, Outcome, Reply, Understood
from knowledge.plan.model import Deadline, DeadlineKind, Plan, TaskKey

TODAY = dt.date(2024, 5, 24)


@pytest.fixture
def renderer(library: Plan) -> Renderer:
    return Renderer([library], load_wording())


def reply(**fields: object) -> Reply:
    values: dict[str, object] = {
        "outcome": Outcome.ANSWERED,
        "text": "原话",
        "understood": Understood("what"),
    }
    return Reply(**(values | fields))  # type: ignore[arg-type]


def evidence(section: int | None, task: int | None) -> Evidence:
    return Evidence("library-2024", section, task, "", "原话", 0, 2)


def deadline(quote: str, date: dt.date | None) -> tuple[str, Deadline]:
    kind = DeadlineKind.DATE if date else DeadlineKind.OPEN
    return "library-2024", Deadline(TaskKey(1, 1), quote, kind, date, None, 0, 2)


def test_what_is_said_comes_first_and_then_where_it_stands(renderer: Renderer) -> None:
    text = renderer.text(reply(evidence=(evidence(2, 3),)), TODAY)
    assert text == "原话\n—— 河湾县图书馆2024年工作计划 · 二、守护地方文献 · 第3条 修复古籍善本"


def test_each_place_is_named_once(renderer: Renderer) -> None:
    places = (evidence(1, 1), evidence(2, 3), evidence(1, 1), evidence(1, None))
    lines = renderer.lines(reply(evidence=places), TODAY)
    assert [line.text for line in lines if line.style is Style.PLACE] == [
        "—— 河湾县图书馆2024年工作计划 · 一、办好阅读服务 · 第1条 扩大阅读覆盖",
        "—— 河湾县图书馆2024年工作计划 · 二、守护地方文献 · 第3条 修复古籍善本",
        "—— 河湾县图书馆2024年工作计划 · 一、办好阅读服务",
    ]


def test_beside_a_refusal_the_plans_words_are_told_from_a_source(renderer: Renderer) -> None:
    refused = reply(
        outcome=Outcome.NOT_IN_PLAN, text="计划没有写预算。", evidence=(evidence(2, 3),)
    )
    text = renderer.text(refused, TODAY)
    assert text.startswith("计划没有写预算。\n计划里写到它的是:原话(")
    assert "——" not in text


def test_a_list_of_many_places_is_followed_by_the_plan_alone(renderer: Renderer) -> None:
    places = (evidence(1, None), evidence(1, 1), evidence(2, None), evidence(2, 3))
    lines = renderer.lines(reply(evidence=places), TODAY)
    assert [line.text for line in lines if line.style is Style.PLACE] == [
        "—— 河湾县图书馆2024年工作计划"
    ]


def test_the_year_is_said_where_the_title_does_not_say_it(library: Plan) -> None:
    plan = Plan("a", "工作计划", 2023, "", library.source)
    text = Renderer([plan], load_wording()).text(
        reply(evidence=(Evidence("a", None, None, "", "", 0, 0),)), TODAY
    )
    assert text.endswith("—— 2023年工作计划")


def test_how_the_message_was_understood_is_shown(renderer: Renderer) -> None:
    understood = Understood(
        "what", corrected=(Correction("晨曦书屋", "晨光书屋"),), from_context="夜读会"
    )
    text = renderer.text(reply(understood=understood), TODAY)
    assert text == "原话\n(“晨曦书屋”按“晨光书屋”理解)\n(接上一个问题:夜读会)"


def test_choices_are_numbered(renderer: Renderer) -> None:
    choices = (Choice("甲", "甲是什么"), Choice("乙", "乙是什么"))
    lines = renderer.lines(reply(outcome=Outcome.AMBIGUOUS, choices=choices), TODAY)
    assert [line.text for line in lines[1:]] == ["  1. 甲", "  2. 乙"]


def test_how_a_day_is_read_is_shown_and_whether_it_is_past(renderer: Renderer) -> None:
    days = (
        deadline("今年6月前", dt.date(2024, 5, 31)),
        deadline("今年5月24日前", dt.date(2024, 5, 23)),
        deadline("任期内", None),
        deadline("今年6月前", dt.date(2024, 5, 31)),
    )
    assert renderer.text(reply(deadlines=days), TODAY).split("\n")[1:] == [
        "(“今年6月前”按2024年5月31日理解)",
        "(“今年5月24日前”按2024年5月23日理解,已过)",
    ]


def test_a_day_is_not_past_on_the_day_itself(renderer: Renderer) -> None:
    assert "已过" not in renderer.text(reply(deadlines=(deadline("年中", TODAY),)), TODAY)


def test_a_day_the_plan_writes_out_needs_no_reading(renderer: Renderer) -> None:
    written = deadline("2024年5月31日前", dt.date(2024, 5, 31))
    assert renderer.text(reply(deadlines=(written,)), TODAY) == "原话"
    late = renderer.text(reply(deadlines=(written,)), dt.date(2024, 6, 1))
    assert late == "原话\n(2024年5月31日已过)"


def test_a_reading_the_answer_has_already_is_not_repeated(renderer: Renderer) -> None:
    said = reply(
        text="年中(按2024年5月31日理解)", deadlines=(deadline("年中", dt.date(2024, 5, 31)),)
    )
    assert renderer.text(said, TODAY) == "年中(按2024年5月31日理解)"


def test_nothing_in_a_message_steers_the_terminal(renderer: Renderer) -> None:
    wild = "\x1b[2J\x07书\u202e屋\ud800\r\n下一行"
    text = renderer.text(
        reply(
            text=wild,
            understood=Understood("what", corrected=(Correction(wild, wild),), from_context=wild),
            choices=(Choice(wild, wild),),
        ),
        TODAY,
    )
    assert "[2J书屋\n下一行" in text
    assert not set("\x1b\x07\u202e\ud800\r") & set(text)
