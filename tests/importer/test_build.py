"""A whole import: from a document to the plan, the import object and the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.importer.build import import_document, import_json, plan_id
from knowledge.importer.report import report_lines
from knowledge.plan.model import Plan

_TEXT = (
    "青山镇2024年工作要点\n\n为做好工作，制定本要点。\n\n一、修路\n"
    "1.村路。实施“畅通计划”，年底前修路9公里以上。\n3.桥梁。修桥2座。\n二、植树\n"
    "1.荒山。6月底前植树500棵以上(牵头单位:林场)。\n2.公园。植树20棵。\n\n青山镇人民政府\n2024年2月1日\n"
)


def _import(folder: Path, text: str = _TEXT) -> Plan:
    path = folder / "qingshan-2024.txt"
    path.write_bytes(text.encode("gb18030"))
    return import_document(path)


def test_a_document_becomes_a_plan_with_all_that_it_says(tmp_path: Path) -> None:
    plan = _import(tmp_path)
    assert (plan.id, plan.year, plan.issuer) == ("qingshan-2024", 2024, "青山镇人民政府")
    assert plan.source == _TEXT
    assert "畅通计划" in {program.name for program in plan.programs}
    assert {figure.value for figure in plan.figures} == {9, 2, 500, 20}
    assert {deadline.quote for deadline in plan.deadlines} == {"年底前", "6月底前"}
    assert [owner.name for owner in plan.owners] == ["林场"]
    assert all(plan.source[f.start : f.end] == f.quote for f in plan.figures)
    assert all(plan.source[d.start : d.end] == d.quote for d in plan.deadlines)


def test_what_the_keeper_says_goes_before_what_the_document_says(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(_TEXT, encoding="utf-8")
    plan = import_document(path, id="x", year=2030, issuer="河湾镇")
    assert (plan.id, plan.year, plan.issuer) == ("x", 2030, "河湾镇")


def test_what_could_not_be_found_is_a_warning(tmp_path: Path) -> None:
    plan = _import(tmp_path, "1.修路。修9里。\n2.植树。种树。\n")
    assert (plan.title, plan.year, plan.issuer) == ("", None, "")
    assert plan.warnings == (
        "没有找到计划的标题",
        "没有找到计划的年份，请用 --year 说明",
        "没有找到发文单位，请用 --issuer 说明",
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gdx-2024.txt", "gdx-2024"),
        ("2024年 Plan (final).docx", "2024-Plan-final"),
        ("工作要点.pdf", "plan"),
        ("a.b.md", "a.b"),
    ],
)
def test_an_id_is_made_of_the_files_name(name: str, expected: str) -> None:
    assert plan_id(Path(name)) == expected


def test_the_import_object_accounts_for_every_character(tmp_path: Path) -> None:
    plan = _import(tmp_path)
    data = json.loads(json.dumps(import_json(plan), ensure_ascii=False))
    source = data["source"]
    left = list(source)
    for part in (*data["sections"], *data["tasks"], *data["preamble"]):
        left[part["start"] : part["end"]] = " " * (part["end"] - part["start"])
    rest = "".join("".join(left).split())
    assert rest == "".join("".join(item["text"].split()) for item in data["skipped"])
    assert [(task["section"], task["number"]) for task in data["tasks"]] == [
        (1, 1),
        (1, 3),
        (2, 1),
        (2, 2),
    ]
    for record in (*data["figures"], *data["deadlines"]):
        assert source[record["start"] : record["end"]] == record["quote"]
    for record in data["programs"]:
        assert source[record["start"] : record["end"]] == record["name"]
    assert data["owners"][0]["name"] == "林场"


def test_the_report_tells_what_was_found_left_out_and_is_to_be_checked(tmp_path: Path) -> None:
    plan = _import(tmp_path)
    lines = report_lines(plan)
    assert lines[0] == "《青山镇2024年工作要点》"
    assert lines[1] == "编号：qingshan-2024　2024年　发文单位：青山镇人民政府"
    assert lines[2].startswith("共2个部分、4项任务；4个数字、2个时限、")
    assert "一、修路" in lines
    assert "  1.村路（1句、数字1、时限1、项目1）" in lines
    assert "  第13行（日期）：2024年2月1日" in lines
    assert "  第7行：编号从“1”跳到“3.”，中间可能漏了内容" in lines


def test_a_number_whose_sentence_names_nothing_is_about_its_task(tmp_path: Path) -> None:
    plan = _import(
        tmp_path,
        "2024年要点\n1.“江岸讲坛”。全年举办24期。\n2.读书。每周六上午举办，全年不少于50场。\n",
    )
    assert [figure.subject for figure in plan.figures] == ["“江岸讲坛”", "读书"]


def test_a_time_in_brackets_behind_a_title_is_a_deadline_of_the_task(tmp_path: Path) -> None:
    plan = _import(
        tmp_path, "2024年方案\n1.动员阶段（2月—3月）。召开大会。\n2.总结阶段(12月)：报送材料。\n"
    )
    assert [task.title for task in plan.tasks] == ["动员阶段", "总结阶段"]
    assert [deadline.quote for deadline in plan.deadlines] == ["2月—3月", "12月"]
    governed = [[plan.quote(span) for span in item.governs] for item in plan.deadlines]
    assert governed == [["召开大会。"], ["报送材料"]]
