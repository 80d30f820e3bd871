from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from bot.calibration import (
    FLOORS,
    MEANING_FLOORS,
    Calibration,
    Point,
    RememberingMeaning,
    best,
    limits_file,
)
from bot.calibration_picture import draw
from bot.commands import calibrating
from bot.evaluation import read_rows
from knowledge.ask.answer import Answerer, Answers
from knowledge.ask.limits import Limits, load_limits
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.sureness import load_sign_weights
from knowledge.ask.passages import Passages
from knowledge.language.lexicon import Lexicon, load_lexicon
from knowledge.plan.model import Plan
from tests.bot.conftest import Planbot
from tests.bot.test_conversation import SHANGHAI
from tests.bot.test_evaluation import QUESTION, write
from tests.clock import ManualClock

# One word of three is not in the plan, so that the floor decides.
UNSURE = QUESTION | {"id": "Q3", "q": "外语古籍怎么修复", "tasks": [3], "must": [["200册"]]}
ABSENT = {"id": "Q4", "q": "食堂饭菜怎么样", "expect": "not_in_plan"}


class Counting:
    """A ranking by meaning that prefers the first passage, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def likeness(self, passages: Passages, question: str) -> Sequence[float] | None:
        self.asked.append(question)
        return [0.93 if passage.number == 0 else 0.8 for passage in passages.passages]

    def kinship(self, passages: Passages, word: str) -> Sequence[float] | None:
        self.asked.append(word)
        return [0.0 for _ in passages.passages]

    def resemblance(self, examples: Examples, question: str) -> Sequence[float] | None:
        self.asked.append(f"{question} among {len(examples.texts)}")
        return [0.0 for _ in examples.texts]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_a_likeness_is_asked_for_once(library: Plan) -> None:
    counting = Counting()
    meaning = RememberingMeaning(counting)
    passages = Passages(library)
    assert meaning.likeness(passages, "书") == meaning.likeness(passages, "书")
    assert meaning.likeness(passages, "报") is not None
    assert counting.asked == ["书", "报"]


def test_a_kinship_is_asked_for_once(library: Plan) -> None:
    counting = Counting()
    meaning = RememberingMeaning(counting)
    passages = Passages(library)
    assert meaning.kinship(passages, "书") == meaning.kinship(passages, "书")
    assert counting.asked == ["书"]


def test_a_resemblance_is_asked_for_once() -> None:
    counting = Counting()
    meaning = RememberingMeaning(counting)
    examples = Examples.of(["书", "报"])
    assert meaning.resemblance(examples, "书") == meaning.resemblance(examples, "书")
    assert counting.asked == ["书 among 2"]


def test_a_wrong_answer_outweighs_a_right_one() -> None:
    cautious = Point(0.7, 0.94, right=10, wrong=1, wrongly_refused=5, wrongly_answered=0)
    bold = Point(0.5, 0.9, right=11, wrong=1, wrongly_refused=0, wrongly_answered=1)
    bolder = replace(bold, right=12)
    assert best([cautious, bold]) is cautious
    assert best([cautious, bold, bolder]) is bolder


def test_of_equal_points_the_most_cautious_is_chosen() -> None:
    points = [Point(floor, like, 9, 1, 0, 0) for floor in (0.5, 0.6) for like in (0.92, 0.91)]
    assert best(points) == points[2]


async def test_the_curve_has_a_point_for_each_pair_of_limits_with_every_question_counted(
    library: Plan, lexicon: Lexicon, tmp_path: Path
) -> None:
    rows = read_rows([write(tmp_path / "q.jsonl", QUESTION, UNSURE, ABSENT)])
    counting = Counting()
    meaning = RememberingMeaning(counting)

    def make(limits: Limits) -> dict[str | None, Answers]:
        return {None: Answerer([library], lexicon, limits, meaning)}

    calibration = Calibration(rows, make, load_limits(), ManualClock(), SHANGHAI)
    curve = [point async for point in calibration.curve((0.2, 0.6, 0.95), (0.0, 1.1))]
    assert [(point.floor, point.meaning_floor) for point in curve] == [
        (floor, like) for floor in (0.2, 0.6, 0.95) for like in (0.0, 1.1)
    ]
    for point in curve:
        said = point.wrong + point.wrongly_refused + point.wrongly_answered
        assert point.right + said == len(rows)
    assert curve[0].wrongly_answered > curve[-1].wrongly_answered
    assert len(counting.asked) == len(set(counting.asked)) > 0


async def test_every_point_is_what_asking_under_its_limits_gives(
    library: Plan, lexicon: Lexicon, tmp_path: Path
) -> None:
    rows = read_rows([write(tmp_path / "q.jsonl", QUESTION, UNSURE, ABSENT)])

    def make(limits: Limits) -> dict[str | None, Answers]:
        return {None: Answerer([library], lexicon, limits)}

    calibration = Calibration(rows, make, load_limits(), ManualClock(), SHANGHAI)
    whole = [point async for point in calibration.curve((0.1, 0.6, 0.95), (0.93,))]
    assert whole[0].right > whole[-1].right
    for point in whole:
        alone = [one async for one in calibration.curve((point.floor,), (0.93,))]
        assert alone == [point]


def test_the_data_file_holds_the_limits_the_curve_and_what_they_mean(tmp_path: Path) -> None:
    limits = Limits(0.65, 0.12, 0.93, load_sign_weights())
    points = [Point(0.6, 0.93, 5, 1, 2, 0), Point(0.65, 0.93, 5, 0, 3, 0)]
    text = limits_file(limits, points)
    assert text.startswith("# Written by `planbot eval --calibrate`")
    data = yaml.safe_load(text)
    assert data.pop("curve") == [point.to_json() for point in points]
    assert Limits(**data, signs=limits.signs) == limits


def test_the_packages_limits_are_those_their_curve_recommends() -> None:
    text = calibrating.limits_path().read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    curve = [Point(**point) for point in data["curve"]]
    assert [(point.floor, point.meaning_floor) for point in curve] == [
        (floor, like) for floor in FLOORS for like in MEANING_FLOORS
    ]
    chosen = best(curve)
    assert (data["floor"], data["meaning_floor"]) == (chosen.floor, chosen.meaning_floor)


def test_the_picture_shows_every_point_beside_the_chosen_limits() -> None:
    curve = [
        Point(floor, like, 80 - at, at, 20 - at, at)
        for at, floor in enumerate((0.5, 0.6, 0.7))
        for like in (0.91, 0.92)
    ]
    drawn = ET.fromstring(draw(curve, curve[2]))  # noqa: S314 our own
    space = "{http://www.w3.org/2000/svg}"
    lines = drawn.findall(f"{space}polyline")
    assert sorted(len(line.attrib["points"].split()) for line in lines) == [2] * 4 + [3] * 4
    said = [text.text for text in drawn.findall(f"{space}text")]
    assert "chosen: 0.6" in said
    assert "chosen: 0.91" in said


def test_one_value_of_a_limit_can_be_drawn() -> None:
    curve = [Point(floor, 0.92, 9, 1, 0, 0) for floor in (0.5, 0.6)]
    drawn = ET.fromstring(draw(curve, curve[0]))  # noqa: S314 our own
    assert drawn.tag.endswith("svg")


def test_the_command_prints_the_curve_and_writes_the_limits(
    planbot: Planbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "is_installed", lambda: False)
    path = write(tmp_path / "q.jsonl", QUESTION, UNSURE, ABSENT)
    output, picture = tmp_path / "limits.yaml", tmp_path / "curve.svg"
    ran = planbot(
        *("eval", "--calibrate", str(path)),
        *("--output", str(output), "--picture", str(picture)),
    )
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].split() == [
        *("floor", "meaning_floor", "right", "wrong", "refused", "answered", "gain")
    ]
    data = yaml.safe_load(output.read_text(encoding="utf-8"))
    assert [point["floor"] for point in data["curve"]] == list(FLOORS)
    # Without the model its limit keeps its value.
    assert data["meaning_floor"] == load_limits().meaning_floor
    assert lines[-1] == f"written to {output}"
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_the_command_gives_the_curve_as_an_object(
    planbot: Planbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "is_installed", lambda: False)
    path = write(tmp_path / "q.jsonl", QUESTION)
    own = shutil.copy(calibrating.limits_path(), tmp_path / "own.yaml")
    monkeypatch.setattr(calibrating, "limits_path", lambda: Path(own))
    ran = planbot("eval", "--json", "--calibrate", str(path))
    found = json.loads(ran.out)
    assert found["chosen"] == found["curve"][-1]
    assert found["file"] == str(own)
    assert len(yaml.safe_load(Path(own).read_text(encoding="utf-8"))["curve"]) == len(FLOORS)


def test_the_files_of_a_calibration_need_one(planbot: Planbot, tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", QUESTION)
    ran = planbot("eval", str(path), "--picture", str(tmp_path / "curve.svg"))
    assert ran.code == 2
    assert "--calibrate" in ran.err
