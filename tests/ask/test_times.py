"""Times of a year."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.ask.reading.times import is_at, months, names_time
from knowledge.plan.model import Deadline, DeadlineKind, TaskKey


def due(date: dt.date | None) -> Deadline:
    kind = DeadlineKind.DATE if date else DeadlineKind.OPEN
    return Deadline(TaskKey(1, 1), "到时", kind, date, None, 0, 2)


@pytest.mark.parametrize(
    ("word", "span"),
    [
        *[("6月", (6, 6)), ("6月底", (6, 6)), ("6月底前", (6, 6)), ("12月份", (12, 12))],
        *[("上半年", (1, 6)), ("下半年", (7, 12)), ("年底", (12, 12)), ("年底前", (12, 12))],
        *[("第一季度", (1, 3)), ("二季度", (4, 6)), ("3季度", (7, 9)), ("第四季度末", (10, 12))],
    ],
)
def test_a_word_names_months(word: str, span: tuple[int, int]) -> None:
    assert months(word) == span
    assert names_time(word)


@pytest.mark.parametrize("word", ["0月", "13月", "今年", "第五季度", "5季度", "月", "", "66月"])
def test_other_words_name_none(word: str) -> None:
    assert months(word) is None
    assert not names_time(word)


def test_a_deadline_falls_in_the_months_named() -> None:
    june = due(dt.date(2031, 6, 30))
    assert is_at(june, "6月", 2031)
    assert is_at(june, "上半年", 2031)
    assert is_at(june, "第二季度", 2031)
    assert not is_at(june, "7月", 2031)
    assert not is_at(june, "下半年", 2031)


def test_a_deadline_of_another_year_does_not() -> None:
    assert not is_at(due(dt.date(2033, 6, 30)), "6月", 2031)
    assert is_at(due(dt.date(2033, 6, 30)), "6月", None)


def test_a_deadline_without_a_day_falls_nowhere() -> None:
    assert not is_at(due(None), "6月", 2031)
    assert not is_at(due(None), "上半年", None)
