from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from knowledge.lexicon_check import bundled_lexicon, check_lexicon
from tests.bot.conftest import Planbot
from tests.bot.plans import LIBRARY_TEXT, write_library


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "library.txt"
    path.parent.mkdir()
    path.write_text(LIBRARY_TEXT, encoding="utf-8")
    return path


def test_an_imported_plan_can_be_asked_at_once(
    planbot: Planbot, document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out" / "mine.yaml"
    ran = planbot("import", str(document), "-o", str(output), "--id", "mine")
    assert ran.code == 0
    assert ran.err == ""
    assert "《河湾县图书馆2024年工作计划》" in ran.out
    assert str(output) in ran.out
    monkeypatch.setenv("PLANBOT_PLANS", str(output.parent))
    assert planbot("check").code == 0
    assert "不少于30场" in planbot("ask", "夜读会办多少场").out


def test_without_an_output_the_plan_goes_into_the_folder_of_plans(
    planbot: Planbot, document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANBOT_PLANS", str(tmp_path / "plans"))
    assert planbot("import", str(document)).code == 0
    assert (tmp_path / "plans" / "library.yaml").exists()


def test_year_and_issuer_can_be_given(planbot: Planbot, document: Path) -> None:
    ran = planbot("import", str(document), "--json", "--year", "2023", "--issuer", "河湾县")
    plan = json.loads(ran.out)
    assert (plan["id"], plan["year"], plan["issuer"]) == ("library", 2023, "河湾县")


def test_json_writes_no_file(planbot: Planbot, document: Path, tmp_path: Path) -> None:
    assert planbot("import", str(document), "--json").code == 0
    assert planbot("import", str(document), "--json", "-o", str(tmp_path / "a.yaml")).code == 2
    assert [path.name for path in tmp_path.rglob("*.yaml")] == []


@pytest.mark.parametrize("name", ["../../mine", "a/b", "", " ", "计划"])
def test_an_id_that_is_no_file_name_is_refused(
    planbot: Planbot, document: Path, tmp_path: Path, name: str
) -> None:
    ran = planbot("import", str(document), "--id", name)
    assert ran.code == 2
    assert "--id" in ran.err
    assert [path.name for path in tmp_path.rglob("*.yaml")] == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing", b"\x00\x01\x02\x03" * 50])
def test_a_document_that_is_none_is_told_in_chinese(
    planbot: Planbot, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    ran = planbot("import", str(path))
    assert ran.code == 1
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert any("\u4e00" <= char <= "\u9fff" for char in ran.err)
    assert [found.name for found in tmp_path.iterdir()] == ["broken.pdf"]


def test_what_comes_with_the_program_has_no_fault(
    planbot: Planbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLANBOT_PLANS")
    ran = planbot("check")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_each_fault_of_a_plan_file_is_told_with_its_line(planbot: Planbot, tmp_path: Path) -> None:
    path = write_library(tmp_path / "plans")
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("year:"))
    lines[line - 1] = "year: soon"
    path.write_text("\n".join(lines), encoding="utf-8")
    ran = planbot("check", str(path))
    assert ran.code == 1
    assert ran.out.startswith(f"{path}:{line}: ")


def test_a_path_that_is_not_there_is_a_fault(planbot: Planbot, tmp_path: Path) -> None:
    ran = planbot("check", str(tmp_path / "nowhere.yaml"))
    assert ran.code == 1
    assert "nowhere.yaml:1: " in ran.out


def lexicon_with(tmp_path: Path, **files: str) -> Path:
    """Copy the bundled lexicon and write other texts for some of its files."""
    folder = tmp_path / "lexicon"
    for source in bundled_lexicon().rglob("*.yaml"):
        target = folder / source.relative_to(bundled_lexicon())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    for name, text in files.items():
        (folder / f"{name.replace('__', '/')}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("synonyms__mine", "- 甲\n", 1),
        ("synonyms__mine", "- 甲 = 乙\n- 丙 >\n", 2),
        ("synonyms__mine", "- 甲 = 乙\n- 丙 > 丙\n", 2),
        ("synonyms__mine", "- 甲 ~ 乙\n- 丙, 丁\n", 2),
        ("synonyms__mine", "甲: 乙\n", 1),
        ("synonyms__mine", "- [甲, 乙]\n", 1),
        ("synonyms__mine", "", 1),
        ("synonyms__mine", "- [甲,\n", 2),
        ("attributes", "- name: 预算\n  asked: [预算]\n", 1),
        ("attributes", "- name: 预算\n  asked: 预算\n  told_by: [元]\n", 2),
        ("attributes", "- name: 甲\n  asked: [甲]\n  told_by: [元]\n  told_like: ['(']\n", 4),
        ("talk", "again: '('\n", 1),
    ],
)
def test_each_fault_of_a_lexicon_is_told_with_its_line(
    planbot: Planbot, tmp_path: Path, file: str, text: str, line: int
) -> None:
    folder = lexicon_with(tmp_path, **{file: text})
    ran = planbot("check", str(folder))
    path = folder / f"{file.replace('__', '/')}.yaml"
    assert ran.code == 1
    assert ran.out.startswith(f"{path}:{line}: ")
    assert planbot("check", str(path)).out == ran.out


def test_a_pattern_that_is_none_is_told(tmp_path: Path) -> None:
    questions = yaml.safe_load((bundled_lexicon() / "questions.yaml").read_text(encoding="utf-8"))
    questions["intents"]["when"] = ["("]
    text = yaml.safe_dump(questions, allow_unicode=True)
    (problem,) = check_lexicon(lexicon_with(tmp_path, questions=text))
    assert "“(”" in problem.message


def test_a_list_that_is_missing_is_told(tmp_path: Path) -> None:
    questions = yaml.safe_load((bundled_lexicon() / "questions.yaml").read_text(encoding="utf-8"))
    del questions["fillers"]
    text = yaml.safe_dump(questions, allow_unicode=True)
    (problem,) = check_lexicon(lexicon_with(tmp_path, questions=text))
    assert "fillers" in problem.message
