"""Headings that brackets or signs set off, with numbers and without."""

from __future__ import annotations

import pytest

from tests.importer.helpers import outline_of, reasons, shape

TITLE = "河湾区图书馆2025年任务书\n\n"


def test_a_numbered_heading_may_stand_in_brackets() -> None:
    outline = outline_of(
        f"{TITLE}【第一部分 服务:借阅与还书】\n\n任务1 办证\n新办300张。\n"
        "任务2 续借\n续借率80%。\n\n"
        "【第二部分 活动】\n\n任务3 讲座\n举办6场。\n"
    )
    assert [(section.label, section.title) for section in outline.sections] == [
        ("第一部分", "服务:借阅与还书"),
        ("第二部分", "活动"),
    ]
    assert shape(outline) == [(1, 1, "办证"), (1, 2, "续借"), (2, 3, "讲座")]
    assert list(reasons(outline)) == ["河湾区图书馆2025年任务书"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("〔一〕借阅", "〔二〕活动"),
        ("【一】借阅", "【二】活动"),
        ("【一、借阅】", "【二、活动】"),
        ("〖（一）借阅〗", "〖（二）活动〗"),
        ("【第一章】借阅", "【第二章】活动"),
        ("■ 一、借阅", "■ 二、活动"),
        ("◆第一部分 借阅", "◆第二部分 活动"),
        ("▲ （一）借阅", "▲ （二）活动"),
    ],
)
def test_brackets_and_signs_of_any_kind_set_headings_off(first: str, second: str) -> None:
    outline = outline_of(
        f"{TITLE}{first}\n1.办证。新办300张。\n2.续借。续借率80%。\n{second}\n3.讲座。举办6场。\n"
    )
    assert [section.title for section in outline.sections] == ["借阅", "活动"]
    assert shape(outline) == [(1, 1, "办证"), (1, 2, "续借"), (2, 3, "讲座")]


def test_a_task_may_stand_in_brackets_with_its_label() -> None:
    outline = outline_of(
        f"{TITLE}【任务一 办证】新办读者证300张。\n【任务二】续借\n续借率80%。\n"
        "【任务三 讲座】\n举办6场。\n"
    )
    assert shape(outline) == [(0, 1, "办证"), (0, 2, "续借"), (0, 3, "讲座")]
    assert outline.tasks[0].text == "【任务一 办证】新办读者证300张。"


def test_a_title_in_brackets_behind_its_label_ends_with_them() -> None:
    outline = outline_of(f"{TITLE}1.【办证】新办读者证,共300张。\n2.【讲座】举办6场。\n")
    assert shape(outline) == [(0, 1, "办证"), (0, 2, "讲座")]


def test_brackets_mark_levels_one_below_another() -> None:
    outline = outline_of(
        f"{TITLE}【第一篇 服务】\n〖一、借阅〗\n【任务1】办证\n新办300张。\n"
        "【任务2】续借\n续借率80%。\n"
        "〖二、活动〗\n【任务3】讲座\n举办6场。\n"
    )
    assert [section.title for section in outline.sections] == ["服务", "借阅", "活动"]
    assert shape(outline) == [(2, 1, "办证"), (2, 2, "续借"), (3, 3, "讲座")]


@pytest.mark.parametrize("last", ["【组织实施】", "【保障措施】"])
def test_a_heading_in_the_same_brackets_needs_no_number(last: str) -> None:
    outline = outline_of(
        f"{TITLE}【第一部分 借阅】\n任务1 办证\n新办300张。\n任务2 续借\n续借率80%。\n"
        f"{last}\n每月调度1次。\n"
    )
    assert [section.title for section in outline.sections] == ["借阅", last.strip("【】")]
    assert shape(outline)[-1] == (2, 0, "")
    assert outline.tasks[-1].text == "每月调度1次。"


def test_a_heading_with_the_same_sign_needs_no_number() -> None:
    outline = outline_of(
        f"{TITLE}■ 一、借阅\n1.办证。新办300张。\n2.续借。续借率80%。\n■ 督查考核\n每月调度1次。\n"
    )
    assert [section.title for section in outline.sections] == ["借阅", "督查考核"]


@pytest.mark.parametrize("marks", ["【】", "■ ", "◆"])
def test_headings_without_any_number_stand_above_each_run_of_tasks(marks: str) -> None:
    left, right = marks[0], marks[1:].strip()
    outline = outline_of(
        f"{TITLE}{left}借阅{right}\n1.办证。新办300张。\n2.续借。续借率80%。\n"
        f"{left}活动{right}\n3.讲座。举办6场。\n"
    )
    assert [section.title for section in outline.sections] == ["借阅", "活动"]
    assert shape(outline) == [(1, 1, "办证"), (1, 2, "续借"), (2, 3, "讲座")]


def test_a_bracketed_heading_behind_the_last_task_ends_it() -> None:
    outline = outline_of(
        f"{TITLE}一、办证\n新办300张。\n二、讲座\n举办6场。\n【组织实施】\n每月调度1次。\n"
    )
    assert [section.title for section in outline.sections] == ["组织实施"]
    assert shape(outline) == [(0, 1, "办证"), (0, 2, "讲座"), (1, 0, "")]


def test_what_brackets_say_in_every_task_is_no_heading() -> None:
    outline = outline_of(
        f"{TITLE}【第一部分 借阅】\n任务1 办证\n【目标】\n新办300张。\n【亮点】\n送证上门。\n"
        "任务2 续借\n【目标】\n续借率80%。\n【亮点】\n自助续借。\n"
        "【第二部分 活动】\n任务3 讲座\n举办6场。\n"
    )
    assert [section.title for section in outline.sections] == ["借阅", "活动"]
    assert shape(outline) == [(1, 1, "办证"), (1, 2, "续借"), (2, 3, "讲座")]


def test_signs_before_the_items_of_a_list_make_no_headings() -> None:
    outline = outline_of(
        f"{TITLE}■ 一、借阅\n1.办证。配备:\n■ 自助机\n■ 平板电脑，共2台。\n"
        "■ 二、活动\n2.讲座。举办6场。\n"
    )
    assert [section.title for section in outline.sections] == ["借阅", "活动"]
    assert "■ 自助机" in outline.tasks[0].text


def test_a_remark_in_brackets_under_the_title_is_no_heading() -> None:
    outline = outline_of(f"{TITLE}【征求意见稿】\n\n一、办证\n新办300张。\n二、讲座\n举办6场。\n")
    assert outline.sections == ()
    assert reasons(outline)["【征求意见稿】"] == "标题下的说明"
