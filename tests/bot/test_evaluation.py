from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation import (
    Asked,
    Examiner,
    QuestionFileError,
    Verdict,
    judge,
    quote_rank,
    read_rows,
)
from knowledge.ask.answer import Answerer
from knowledge.ask.reply import Evidence, Outcome, Reply, Understood
from tests.bot.conftest import Planbot
from tests.bot.plans import write_library
from tests.bot.test_conversation import SHANGHAI
from tests.clock import ManualClock

ANSWERED, AMBIGUOUS, ABSENT, CHITCHAT = (
    *(Outcome.ANSWERED, Outcome.AMBIGUOUS),
    *(Outcome.NOT_IN_PLAN, Outcome.CHITCHAT),
)


def reply(outcome: Outcome, text: str = "", *places: tuple[int, int], quote: str = "") -> Reply:
    evidence = tuple(
        Evidence("plan", section, task, "", f"{quote}{task}", 0, 1) for section, task in places
    )
    return Reply(outcome, text, Understood(""), evidence=evidence)


@pytest.mark.parametrize(
    ("asked", "got", "verdict"),
    [
        (Asked("q", ABSENT), reply(ABSENT), Verdict.RIGHT),
        (Asked("q", ABSENT), reply(ANSWERED), Verdict.WRONGLY_ANSWERED),
        (Asked("q", ABSENT), reply(AMBIGUOUS), Verdict.WRONGLY_ANSWERED),
        (Asked("q", CHITCHAT), reply(ANSWERED), Verdict.WRONGLY_ANSWERED),
        (Asked("q", ABSENT), reply(CHITCHAT), Verdict.OTHER),
        (Asked("q", ANSWERED), reply(CHITCHAT), Verdict.OTHER),
        (Asked("q", ANSWERED), reply(ABSENT), Verdict.WRONGLY_REFUSED),
        (Asked("q", AMBIGUOUS), reply(ABSENT), Verdict.WRONGLY_REFUSED),
        (Asked("q", AMBIGUOUS), reply(ANSWERED), Verdict.WRONG_ANSWER),
        (Asked("q", ANSWERED, frozenset({2})), reply(ANSWERED, "", (1, 1)), Verdict.WRONG_ANSWER),
        (Asked("q", ANSWERED, frozenset({2})), reply(ANSWERED, "", (1, 1), (1, 2)), Verdict.RIGHT),
        (
            Asked("q", ANSWERED, frozenset({2}), section=2),
            reply(ANSWERED, "", (1, 2)),
            Verdict.WRONG_ANSWER,
        ),
        (
            Asked("q", ANSWERED, frozenset({2}), section=2),
            reply(ANSWERED, "", (1, 2), (2, 2)),
            Verdict.RIGHT,
        ),
        (Asked("q", AMBIGUOUS, frozenset({2})), reply(AMBIGUOUS), Verdict.RIGHT),
    ],
)
def test_outcome_and_places_decide(asked: Asked, got: Reply, verdict: Verdict) -> None:
    found, why = judge(asked, got)
    assert found is verdict
    assert bool(why) == (verdict is not Verdict.RIGHT)


def test_each_group_needs_one_of_its_texts_white_space_aside() -> None:
    asked = Asked("q", ANSWERED, must=(("10 万", "十万"), ("岗位",)))
    assert judge(asked, reply(ANSWERED, "10\n万个岗 位"))[0] is Verdict.RIGHT
    assert judge(asked, reply(ANSWERED, "十万个岗位"))[0] is Verdict.RIGHT
    verdict, why = judge(asked, reply(ANSWERED, "10万个"))
    assert verdict is Verdict.WRONG_ANSWER
    assert why == "without 岗位"


def test_the_rank_is_that_of_the_first_quote_that_holds_or_lies_in_the_wanted_one() -> None:
    got = reply(ANSWERED, "", (1, 1), (1, 2), quote="馆员")
    assert quote_rank(Asked("q", ANSWERED, quote="馆 员2"), got) == 2
    assert quote_rank(Asked("q", ANSWERED, quote="全体馆员2的培训"), got) == 2
    assert quote_rank(Asked("q", ANSWERED, quote="员"), got) == 1
    assert quote_rank(Asked("q", ANSWERED, quote="书"), got) == 0
    assert quote_rank(Asked("q", ANSWERED), got) == 0


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text(
        "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8"
    )
    return path


QUESTION: dict[str, Any] = {
    "id": "Q1",
    "q": "夜读会办多少场",
    "kind": "figure",
    "style": "short",
    "expect": "answered",
    "tasks": [2],
    "must": [["30场"]],
    "quote": "全年不少于30场",
}
DIALOGUE: dict[str, Any] = {
    "id": "D1",
    "turns": [
        {"q": "夜读会是什么", "expect": "answered", "tasks": [2], "must": []},
        {"q": "在第几条", "expect": "answered", "tasks": [2], "must": []},
    ],
}
MISSED: dict[str, Any] = QUESTION | {"id": "Q2", "must": [["300场"]]}


async def test_the_turns_of_a_dialogue_are_one_conversation(
    answers: Answerer, tmp_path: Path
) -> None:
    (row,) = read_rows([write(tmp_path / "d.jsonl", DIALOGUE)])
    scored = await Examiner({None: answers}, ManualClock(), SHANGHAI).score(row)
    assert [item.verdict for item in scored] == [Verdict.RIGHT, Verdict.RIGHT]
    assert [item.turn for item in scored] == [1, 2]


def test_the_command_prints_a_table_and_every_miss(planbot: Planbot, tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", QUESTION, DIALOGUE, MISSED)
    ran = planbot("eval", str(path))
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[1].split()[:5] == ["all", "3", "2", "66.7%", "1.000"]
    assert "by file" in lines
    assert "by kind" in lines
    assert "by style" in lines
    assert "  Q2 [wrong answer] 夜读会办多少场" in lines
    assert "      without 300场" in lines
    assert not any("Q1" in line for line in lines)


def test_the_command_gives_the_scores_as_an_object(planbot: Planbot, tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", QUESTION, DIALOGUE, MISSED)
    scores = json.loads(planbot("eval", "--json", str(path)).out)
    assert scores["total"]["rows"] == 3
    assert scores["total"]["right_rows"] == 2
    assert scores["total"]["right"] == 3
    assert scores["total"]["wrong_answer"] == 1
    assert scores["total"]["mrr"] == 1
    assert set(scores["kind"]) == {"figure", "dialogue"}
    (miss,) = scores["misses"]
    assert (miss["id"], miss["verdict"]) == ("Q2", "wrong_answer")
    assert miss["reply"]["outcome"] == "answered"


def test_a_row_can_name_a_plan_of_another_folder(planbot: Planbot, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    source = write_library(folder)
    text = source.read_text(encoding="utf-8").replace("id: library-2024", "id: other")
    source.write_text(text, encoding="utf-8")
    path = write(tmp_path / "q.jsonl", QUESTION | {"plan": "other"})
    ran = planbot("eval", "--plans", str(folder), str(path))
    assert ran.out.splitlines()[1].split()[:3] == ["all", "1", "1"]
    ran = planbot("eval", str(path))
    assert ran.code == 2
    assert "there is no plan 'other'" in ran.err


@pytest.mark.parametrize(
    "line", ["{", "[]", "{}", '{"q": "x"}', '{"q": "x", "expect": "maybe"}', '{"turns": 5}']
)
def test_a_row_that_cannot_be_used_is_told_with_its_line(
    planbot: Planbot, tmp_path: Path, line: str
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    ran = planbot("eval", str(path))
    assert ran.code == 2
    assert f"{path}:2: " in ran.err


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"nowhere\.jsonl"):
        read_rows([tmp_path / "nowhere.jsonl"])
    (tmp_path / "bytes").write_bytes(b"\xff")
    with pytest.raises(QuestionFileError, match="bytes"):
        read_rows([tmp_path / "bytes"])
