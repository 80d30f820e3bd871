"""Numbers of tasks and parts, and years, in a message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ask.reading.numerals import number
from knowledge.ask.reading.references import References, find_references, ordinals_in_brackets
from knowledge.language.script import fold


def read(text: str) -> References:
    return find_references(ordinals_in_brackets(fold(text)))


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("第13条", 13),
        ("第十三条讲什么", 13),
        ("第３条", 3),
        ("第二十一项任务", 21),
        ("第一百零二条", 102),
        ("任务六是什么", 6),
        ("任务6", 6),
        ("No.11", 11),
        ("no 11", 11),
        ("NO11", 11),
        ("13条讲什么", 13),
        ("第两条", 2),
        ("(三)", 3),
        ("第(三)条", 3),
        ("第三個任務", 3),
    ],
)
def test_a_task_is_referred_to_by_its_number(text: str, task: int) -> None:
    found = read(text)
    assert found.tasks == (task,)
    assert found.sections == ()


@pytest.mark.parametrize(
    ("text", "section"),
    [("第三部分", 3), ("第3章", 3), ("第二大块", 2), ("第十一部分", 11), ("第一節", 1)],
)
def test_a_part_is_referred_to_by_its_number(text: str, section: int) -> None:
    found = read(text)
    assert found.sections == (section,)
    assert found.tasks == ()


@pytest.mark.parametrize("text", ["二、(三)", "二（三）", "第二部分第三条", "第2部分第3条"])
def test_a_task_is_referred_to_by_its_part_and_number(text: str) -> None:
    found = read(text)
    assert (found.sections, found.tasks) == ((2,), (3,))


def test_the_last_one_is_referred_to() -> None:
    assert read("最后一条").tasks == (-1,)
    assert read("最后一个任务").tasks == (-1,)
    assert read("最后一部分").sections == (-1,)
    assert read("最后一部分").tasks == ()


@pytest.mark.parametrize(
    "text", ["一共3条", "有几条", "多少条", "分3部分", "到3条", "3条命", "3名", "共有两项"]
)
def test_an_amount_is_no_reference(text: str) -> None:
    found = read(text)
    assert found.tasks == ()
    assert found.sections == ()


@pytest.mark.parametrize(
    "text", ["2031年", "2031年度", "31年", "二〇三一年", "2031", "2031的计划"]
)
def test_a_year_is_read(text: str) -> None:
    assert read(text).years == (2031,)


@pytest.mark.parametrize("text", ["12031人", "31年代", "31年内", "203"])
def test_other_numbers_are_no_years(text: str) -> None:
    assert read(text).years == ()


def test_several_references_are_all_read() -> None:
    found = read("2031年第3条和第5条")
    assert found.tasks == (3, 5)
    assert found.years == (2031,)


def test_what_is_referred_to_is_taken_out_of_the_rest() -> None:
    rest = read("2031年第二部分第3条的目标").rest
    assert "目标" in rest
    assert not any(char.isdigit() for char in rest)
    assert "部分" not in rest


def test_months_in_words_are_put_in_digits() -> None:
    assert read("六月前").rest == "6月前"
    assert read("十二月底").rest == "12月底"
    assert read("十月").rest == "10月"


SPELT = {0: "零", 1: "一", 2: "二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九"}


def spelt(value: int) -> str:
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = f"{SPELT[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{SPELT[tens]}十" if tens > 1 or hundreds else "十"
    elif hundreds and ones:
        text += "零"
    return text + (SPELT[ones] if ones else "")


@given(st.integers(1, 999))
@settings(max_examples=200, deadline=None)
def test_a_number_is_the_same_in_digits_and_in_words(value: int) -> None:
    assert number(str(value)) == value
    assert number(spelt(value)) == value
    assert read(f"第{value}条").tasks == (value,)


@given(st.text("第二三十0123456789条部分任务最后一年月.()、no的", max_size=14))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_numbers_are_read_or_left(text: str) -> None:
    found = read(text)
    assert all(task >= -10 for task in (*found.tasks, *found.sections))
    assert all(1900 <= year < 2100 for year in found.years)


@pytest.mark.parametrize(
    ("message", "tasks", "sections"),
    [
        ("第叁条", (3,), ()),
        ("第四大点展开", (), (4,)),
        ("十到十二", (10, 11, 12), ()),
        ("12、13", (12, 13), ()),
        ("五里面的(三)", (3,), (5,)),
        ("末了三条", (-3, -2, -1), ()),
        ("2、3月份", (), ()),
        ("第十二次代表大会", (), ()),
    ],
)
def test_bare_numbers_and_labels_are_places(
    message: str, tasks: tuple[int, ...], sections: tuple[int, ...]
) -> None:
    found = read(message)
    assert (found.tasks, found.sections) == (tasks, sections)
