"""How bodies are split into sentences."""

from __future__ import annotations

import pytest

from knowledge.importer.clauses import split_clauses
from knowledge.plan.model import Span, TaskKey
from tests.importer.helpers import outline_of

_KEY = TaskKey(1, 2)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("植树。浇水！护林？防火；", ["植树。", "浇水！", "护林？", "防火；"]),
        ("开展“植树。浇水。”活动。护林。", ["开展“植树。浇水。”活动。", "护林。"]),
        ("印发《关于植树；浇水的意见》。护林", ["印发《关于植树；浇水的意见》。", "护林"]),
        ("植树（春季；秋季）。浇水。", ["植树（春季；秋季）。", "浇水。"]),
        ("开展“植树活动。浇水。", ["开展“植树活动。", "浇水。"]),
        ('开展“植树"活动。办“浇水"节。', ['开展“植树"活动。', '办“浇水"节。']),
        ("植树。（牵头单位：林场）浇水。", ["植树。（牵头单位：林场）", "浇水。"]),
        ("他说：“要植树。”要浇水。", ["他说：“要植树。”要浇水。"]),
        ("植树。。浇水！！", ["植树。。", "浇水！！"]),
        ("植树1.5万棵。 浇水。", ["植树1.5万棵。", "浇水。"]),
        ("。", []),
    ],
)
def test_sentences_end_at_their_marks_but_not_in_quotes_or_brackets(
    text: str, sentences: list[str]
) -> None:
    source = "前言" + text
    clauses = split_clauses(source, [(_KEY, Span(2, len(source)))])
    assert [clause.text for clause in clauses] == sentences
    for clause in clauses:
        assert source[clause.start : clause.end] == clause.text
        assert clause.task == _KEY


def _clauses(source: str) -> list[str]:
    return [clause.text for clause in split_clauses(source, outline_of(source).paragraphs)]


def test_items_and_paragraphs_end_a_sentence_and_labels_are_no_part_of_it() -> None:
    assert _clauses(
        "2024年工作要点\n1.植树\n做好两件事：\n①种500棵\n②浇3次\n2.护林\n每月1次\n"
    ) == [
        "做好两件事：",
        "种500棵",
        "浇3次",
        "每月1次",
    ]


def test_a_hard_wrap_ends_no_sentence() -> None:
    wrapped = (
        "全年计划举办讲座活动和展览活动一共覆盖社区居民并且邀请\n"
        "和残疾人参加其中的专场活动使他们能够感受到社区大家庭的温暖和\n"
        "关怀并且要在每年的春季学期结束之前把课程安排送到每一位居民家\n"
        "中。另办2期。"
    )
    assert _clauses(f"2024年工作要点\n1.讲堂。{wrapped}\n2.书屋。新建3家。\n") == [
        wrapped.removesuffix("另办2期。"),
        "另办2期。",
        "新建3家。",
    ]


def test_the_words_of_a_task_without_a_heading_are_its_sentences() -> None:
    assert _clauses("2024年工作要点\n1.植树500棵。\n2.浇水10次；护林。\n") == [
        "植树500棵。",
        "浇水10次；",
        "护林。",
    ]
