"""Every fault of a plan file is named with its file, its line and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.plan.check import check_paths
from knowledge.plan.file import load_plan
from knowledge.plan.problems import PlanFileError
from tests.plan.helpers import write_invented


def _line_of(path: Path, words: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_sound_plan_has_no_problems(tmp_path: Path) -> None:
    path = write_invented(tmp_path)
    assert check_paths([path]) == []
    assert check_paths([tmp_path]) == []
    assert check_paths([tmp_path / "qingshan.keeper.yaml"]) == []


def test_a_problem_reads_as_file_line_and_message(tmp_path: Path) -> None:
    path = write_invented(tmp_path, "x: 1\n")
    (problem,) = check_paths([path])
    assert str(problem) == (
        f"{tmp_path / 'qingshan.keeper.yaml'}:1: "
        "不认识的键“x”，可用的是 aliases、figures、deadlines、synonyms、asked、untold、milestones"
    )
    with pytest.raises(PlanFileError) as caught:
        load_plan(path)
    assert str(caught.value) == str(problem)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("quote: 修桥2座", "quote: 修桥3座", "数字“修桥3座”与原文"),
        ("name: 畅通计划", "name: 畅通计画", "项目“畅通计画”与原文"),
        ("quote: 年底前", "quote: 年中前", "时限“年中前”与原文"),
        ("title: 村路", "title: 乡路", "任务标题“乡路”与原文"),
        ("title: 植树", "title: 种树", "部分标题“二、种树”与原文"),
        (
            "title: 青山镇2024年工作要点",
            "title: 青山镇2025年工作要点",
            "计划标题“青山镇2025年工作要点”与原文",
        ),
        ("text: 青山镇人民政府", "text: 青山镇", "略去的文字“青山镇”与原文"),
        ("date: 2024-12-31", "date: 2024-12-32", "date应当是存在的日期"),
        ("date: 2024-12-31", "rrule: FREQ=DAILY", "时限的 kind 是 date，要有 date"),
        ("year: 2024", "year: 去年", "year应当是整数，这里是“去年”"),
        ("id: qingshan", "id: 青山", "编号“青山”应当是字母"),
        ("kind: program", "kind: 项目", "kind应当是 program、platform"),
        ("comparator: '>='", "comparator: 至少", "comparator应当是 >="),
        ("value: 2", "value: 两", "value应当是数字，这里是“两”"),
        ("unit: 座", "units: 座", "不认识的键“units”"),
        ("issuer: 青山镇人民政府", "issuers: 青山镇人民政府", "缺少键“issuer”"),
        ("format: 1", "format: 9", "文件格式是 9，应当是 1"),
        ("- number: 2\n  label: 二、", "- number: 3\n  label: 二、", "部分编号3不对，应当是2"),
        ("warnings: []", "warnings: 无", "warnings应当是列表"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = write_invented(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check_paths([path])
    assert any(message in problem.message for problem in found), found
    assert all(problem.path == path and problem.line >= 1 for problem in found)


def test_a_quote_that_stands_elsewhere_is_named_at_its_record(tmp_path: Path) -> None:
    path = write_invented(tmp_path)
    text = path.read_text(encoding="utf-8")
    line = _line_of(path, "quote: 修桥2座")
    span = text.splitlines()[line].strip()
    path.write_text(text.replace(span, "span: [1, 6]"), encoding="utf-8")
    (problem,) = check_paths([path])
    assert problem.line == line - 5
    assert "与原文 [1, 6) 处的“山镇202”不一致" in problem.message


@pytest.mark.parametrize("span", ["[5, 3]", "[0, 99999]", "[a, b]", "[1]", "7", "[-1, 4]"])
def test_a_span_outside_the_text_is_named(tmp_path: Path, span: str) -> None:
    path = write_invented(tmp_path)
    text = path.read_text(encoding="utf-8")
    line = _line_of(path, "title_span:")
    old = text.splitlines()[line - 1]
    path.write_text(text.replace(old, f"title_span: {span}"), encoding="utf-8")
    (problem,) = check_paths([path])
    assert problem.line == line
    assert "title_span应当是 [起, 止]" in problem.message


def test_a_figure_moved_to_another_task_is_named(tmp_path: Path) -> None:
    path = write_invented(tmp_path)
    head, tail = path.read_text(encoding="utf-8").split("figures:")
    path.write_text(head + "figures:" + tail.replace("[1, 2]", "[2, 2]", 1), encoding="utf-8")
    (problem,) = check_paths([path])
    assert "不在第2部分任务2的原文里" in problem.message
    path.write_text(head + "figures:" + tail.replace("[1, 2]", "[7, 2]", 1), encoding="utf-8")
    (problem,) = check_paths([path])
    assert "没有第7部分任务2" in problem.message


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    path = write_invented(tmp_path)
    data = path.read_bytes()
    for share in range(20):
        path.write_bytes(data[: len(data) * share // 20])
        found = check_paths([path])
        assert found, share
        assert all(str(problem).startswith(f"{path}:") for problem in found)


def test_a_missing_changed_or_unreadable_source_text_is_named(tmp_path: Path) -> None:
    path = write_invented(tmp_path)
    source = tmp_path / "qingshan.txt"
    text = source.read_bytes()
    line = _line_of(path, "source:") + 1
    for data, message in (
        (text.replace(b"\r\n", b"\n"), "原文文件 qingshan.txt 与导入时不同"),
        (text[: len(text) // 2], "qingshan.txt"),
        (b"\xff\xfe", "无法读取"),
    ):
        source.write_bytes(data)
        (problem,) = check_paths([path])
        assert message in problem.message
        assert problem.line == line
    source.unlink()
    (problem,) = check_paths([path])
    assert "找不到原文文件 qingshan.txt" in problem.message


def test_two_plans_with_one_id_are_named(tmp_path: Path) -> None:
    write_invented(tmp_path, plan_id="a")
    other = write_invented(tmp_path, plan_id="b")
    text = other.read_text(encoding="utf-8")
    other.write_text(text.replace("id: b", "id: a", 1), encoding="utf-8")
    (problem,) = check_paths([tmp_path])
    assert problem.path == other
    assert problem.line == _line_of(other, "id: a")
    assert "计划编号“a”与 a.yaml 相同" in problem.message


def test_paths_that_hold_no_plan_are_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    orphan = tmp_path / "orphan.keeper.yaml"
    orphan.write_text("", encoding="utf-8")
    text = tmp_path / "a.txt"
    text.write_text("", encoding="utf-8")
    blank = tmp_path / "blank.yaml"
    blank.write_text("# nothing\n", encoding="utf-8")
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"id: a\n\xff")
    messages = {
        tmp_path / "none.yaml": "找不到文件",
        empty: "文件夹里没有计划文件",
        orphan: "没有与它同名的计划文件 orphan.yaml",
        text: "应当是 .yaml 计划文件或文件夹",
        blank: "文件是空的",
        binary: "不是 UTF-8 编码的文本",
    }
    for path, message in messages.items():
        (problem,) = check_paths([path])
        assert problem.path == path
        assert message in problem.message
    assert check_paths([binary])[0].line == 2
