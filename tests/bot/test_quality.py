"""The answers do not get worse unseen: the test half of the project's own questions, scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.evaluation import Row, Scored, Verdict
from knowledge.ask.limits import load_limits
from knowledge.ask.meaning.embedding import is_installed
from knowledge.language.lexicon import load_lexicon
from tests.bench.ablation import Setup, steps
from tests.bench.scoring import (
    GROUPS,
    HALVES,
    QUESTIONS,
    open_meaning,
    plans,
    rows,
    score,
    share,
    verdicts,
)

# The least share of right rows in percent, somewhat under what docs/quality.md tells.
KEYWORDS = {
    "bundled plan, answerable": 50,
    "bundled plan, to be refused": 92,
    "bundled plan, dialogues": 53,
    "bundled plan, the whole plan": 70,
    "other plans, answerable": 38,
    "other plans, to be refused": 85,
    "other plans, dialogues": 50,
    "other plans, the whole plan": 64,
}
MEANING = {
    "bundled plan, answerable": 85,
    "bundled plan, to be refused": 90,
    "bundled plan, dialogues": 58,
    "bundled plan, the whole plan": 71,
}
# The greatest share of turns in percent that say what they should not.
MOST_WRONG = 8
# Of the test half, in percent: the name of a program and no more, mostly.
MOST_SHARED = 2


@pytest.fixture(scope="module")
def by_keywords() -> list[list[Scored]]:
    return score(rows("test"), None)


@pytest.fixture(scope="module")
def with_meaning(tmp_path_factory: pytest.TempPathFactory) -> list[list[Scored]]:
    if not is_installed():
        pytest.skip("the ranking by meaning is not installed")
    # The bundled plan's alone, for to embed the others takes as long as to answer.
    asked = [row for row in rows("test") if row.plan is None]
    return score(asked, open_meaning(tmp_path_factory.mktemp("embeddings")))


@pytest.mark.parametrize(("group", "least"), KEYWORDS.items())
def test_keywords_alone_get_their_share_right(
    by_keywords: Sequence[Sequence[Scored]], group: str, least: int
) -> None:
    found = share(by_keywords, GROUPS[group])
    assert 100 * found.right / found.rows >= least


@pytest.mark.parametrize(("group", "least"), MEANING.items())
def test_with_the_ranking_by_meaning_more_is_right(
    with_meaning: Sequence[Sequence[Scored]], group: str, least: int
) -> None:
    found = share(with_meaning, GROUPS[group])
    assert 100 * found.right / found.rows >= least


def test_few_turns_say_what_they_should_not(by_keywords: Sequence[Sequence[Scored]]) -> None:
    wrong = verdicts(by_keywords, Verdict.WRONG_ANSWER, Verdict.WRONGLY_ANSWERED)
    assert 100 * wrong / sum(map(len, by_keywords)) <= MOST_WRONG


def test_every_row_belongs_to_one_group() -> None:
    for row in _all_rows():
        assert sum(belongs(row) for belongs in GROUPS.values()) == 1, row.id


def test_every_question_file_is_read_and_names_plans_that_are_there() -> None:
    files = {"/".join(path.parts[-2:]) for path in QUESTIONS.rglob("*.jsonl")}
    assert files == {row.file for row in _all_rows()}
    assert {row.plan for row in _all_rows()} == set(plans())


def test_no_row_is_there_twice() -> None:
    names = [(row.plan, row.id, row.file.split("/")[0]) for row in _all_rows()]
    assert len(names) == len(set(names))


def test_the_halves_share_only_a_few_questions_that_came_to_several_minds() -> None:
    tune, test = ({_said(row) for row in rows(half)} for half in HALVES)
    assert len(tune & test) <= len(test) * MOST_SHARED / 100


def test_what_an_answer_must_hold_stands_in_the_plan() -> None:
    for row, source in _with_sources():
        # How many tasks there are is told, not quoted.
        if row.kind == "count" or len(row.turns) > 1:
            continue
        for asked in row.turns:
            texts = [text for group in asked.must for text in group]
            texts += [asked.quote] if asked.quote else []
            assert all("".join(text.split()) in source for text in texts), row.id


def test_what_is_expected_can_be_given() -> None:
    for row, _ in _with_sources():
        tasks = {task.number for plan in plans()[row.plan] for task in plan.tasks}
        assert row.turns, row.id
        for asked in row.turns:
            assert asked.question.strip() or row.kind == "junk", row.id
            assert asked.tasks <= tasks, row.id


def test_the_other_plans_are_apart_in_the_halves() -> None:
    others = [{row.plan for row in rows(half)} - {None} for half in HALVES]
    assert not others[0] & others[1]


def test_every_step_of_the_ablation_can_be_switched_off(tmp_path: Path) -> None:
    setup = Setup(load_lexicon(), load_limits(), None)
    for name, change in steps(tmp_path).items():
        with ExitStack() as stack:
            changed = change(setup, stack)
            assert changed.limits.slack == setup.limits.slack, name


def _all_rows() -> Iterator[Row]:
    for half in HALVES:
        yield from rows(half)


def _with_sources() -> Iterator[tuple[Row, str]]:
    sources = {
        name: "".join("".join(plan.source.split()) for plan in found)
        for name, found in plans().items()
    }
    for row in _all_rows():
        yield row, sources[row.plan]


def _said(row: Row) -> tuple[str | None, tuple[str, ...]]:
    return row.plan, tuple(asked.question for asked in row.turns)
