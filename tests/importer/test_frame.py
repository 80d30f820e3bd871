"""What stands around a plan: notice, navigation, signature, footers, glossary."""

from __future__ import annotations

import pytest

from tests.importer.helpers import outline_of, reasons, shape

_TASKS = "一、阅读\n1.借书。借出5万册。\n2.还书。及时归架。\n"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2023年工作要点", 2023),
        ("２０２３年工作要点", 2023),
        ("二〇二三年工作计划", 2023),
        ("青山镇2023年度重点工作安排（征求意见稿）", 2023),
        ("青山镇“十四五”规划", None),
        ("# 青山镇2023年行动计划", 2023),
    ],
)
def test_the_title_line_gives_title_and_year(title: str, year: int | None) -> None:
    outline = outline_of(f"{title}\n\n{_TASKS}")
    assert outline.title == title.strip("# ")
    assert outline.year == year
    assert outline.title_span is not None


def test_a_covering_notice_with_points_of_its_own_is_left_out() -> None:
    outline = outline_of(
        "青山发〔2024〕7号\n\n青山镇人民政府关于印发《青山镇2024年工作要点》的通知\n\n各村、各站所：\n"
        "现将要点印发给你们。\n一、提高认识。要重视。\n二、抓好落实。要落实。\n附件：青山镇2024年工作要点\n\n"
        "青山镇人民政府\n2024年2月1日\n\n附件\n\n青山镇2024年工作要点\n\n为做好工作，制定本要点。\n\n"
        "一、修路\n1.村路。修9里。\n2.桥。修1座。\n二、植树\n3.荒山。种500棵。\n"
    )
    assert outline.title == "青山镇2024年工作要点"
    assert outline.issuer == "青山镇人民政府"
    assert shape(outline) == [(1, 1, "村路"), (1, 2, "桥"), (2, 3, "荒山")]
    assert [span.end - span.start for span in outline.preamble] == [12]
    left = reasons(outline)
    assert left["青山发〔2024〕7号"] == "发文字号"
    assert left["一、提高认识。要重视。"] == "印发通知，不是计划正文"


def test_a_notice_that_is_the_plan_itself_keeps_its_words() -> None:
    outline = outline_of(
        "青山镇团委关于做好2024年工作的通知\n\n各支部：\n今年要做好下列工作。\n\n" + _TASKS
    )
    assert outline.issuer == "青山镇团委"
    assert outline.year == 2024
    assert len(outline.preamble) == 1


def test_navigation_and_page_furniture_are_left_out_with_a_reason() -> None:
    outline = outline_of(
        "通知公告\n\n您的位置: 首页 >> 公告 >> 正文\n2021年 / 2022年 / 2023年 /\n\n"
        "2024年工作要点\n\n"
        + _TASKS
        + "\n\n扫一扫关注我们\n\n青山镇人民政府\n官方微博\n\n版权所有：青山镇\n"
    )
    left = reasons(outline)
    assert left["您的位置: 首页 >> 公告 >> 正文"] == "网页导航"
    assert left["2021年 / 2022年 / 2023年 /"] == "网页导航"
    assert left["版权所有：青山镇"] == "页脚文字"
    assert outline.issuer == "青山镇人民政府"
    assert outline.tasks[-1].text == "2.还书。及时归架。"


@pytest.mark.parametrize(
    "signature",
    [
        "青山镇团委\n2024年2月1日\n",
        "\n青山镇团委\n\n二〇二四年二月一日\n",
        "　　　　青山镇团委　　2024年2月1日\n",
        "青山镇团委\n2024-02-01\n\n- 2 -\n",
    ],
)
def test_a_signature_gives_the_issuer_and_the_year(signature: str) -> None:
    outline = outline_of("工作要点\n\n" + _TASKS + signature)
    assert outline.issuer == "青山镇团委"
    assert outline.year == 2024
    assert outline.tasks[-1].text == "2.还书。及时归架。"


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("青山县图书馆2024年工作计划\n", "青山县图书馆"),
        ("共青团青山县委员会\n2024年工作要点\n", "共青团青山县委员会"),
        ("2024年工作要点\n青山县教育局\n（2024年1月5日）\n", "青山县教育局"),
        ("我校2024年工作计划\n", ""),
    ],
)
def test_the_issuer_may_stand_in_or_by_the_title(head: str, issuer: str) -> None:
    assert outline_of(head + "\n" + _TASKS).issuer == issuer


@pytest.mark.parametrize(
    "heading", ["名词解释", "## 名词解释", "【名词解释】", "三、名词解释", "名词解释："]
)
def test_a_glossary_behind_the_plan_holds_no_tasks(heading: str) -> None:
    outline = outline_of(
        "2024年工作要点\n"
        + _TASKS
        + f"\n{heading}\n1.通借通还：指在任何分馆借还。\n2.分馆：指下属的馆。\n"
    )
    assert shape(outline) == [(1, 1, "借书"), (1, 2, "还书")]
    assert reasons(outline)["1.通借通还：指在任何分馆借还。"] == "名词解释，不是任务"


@pytest.mark.parametrize("heading", ["附件", "附件1", "附件：任务分工表", "附表一"])
def test_attachments_behind_the_plan_hold_no_tasks(heading: str) -> None:
    outline = outline_of(
        "2024年工作要点\n"
        + _TASKS
        + f"\n{heading}\n任务分工表\n1.借书。办公室。\n2.还书。书库。\n"
    )
    assert shape(outline) == [(1, 1, "借书"), (1, 2, "还书")]


def test_fields_at_the_foot_of_a_page_are_left_out_but_those_of_tasks_kept() -> None:
    tasks = "1.借书。借5万册。\n主办：外借部\n2.还书。及时归架。\n主办：书库\n"
    outline = outline_of(f"2024年工作要点\n{tasks}上一篇：无\n地址：青山路1号\n")
    assert outline.tasks[-1].text == "2.还书。及时归架。\n主办：书库"
    assert reasons(outline)["地址：青山路1号"] == "页脚文字"


def test_a_short_last_paragraph_is_not_taken_for_a_footer() -> None:
    outline = outline_of("2024年工作要点\n一、阅读\n1.借书\n\n借出5万册\n\n2.还书\n\n及时归架\n")
    assert outline.tasks[-1].text == "2.还书\n\n及时归架"


def test_what_stands_between_title_and_first_heading_is_the_preamble() -> None:
    source = (
        "2024年工作要点\n（2024年1月5日）\n\n今年是开局之年。\n总体要求是：稳中求进。\n\n" + _TASKS
    )
    outline = outline_of(source)
    assert [source[span.start : span.end] for span in outline.preamble] == [
        "今年是开局之年。",
        "总体要求是：稳中求进。",
    ]
    assert reasons(outline)["（2024年1月5日）"] == "日期"


def test_wrapped_lines_of_the_preamble_are_one_paragraph() -> None:
    source = (
        "2024年工作要点\n"
        "    2024年全镇工作的总体要求是：以发展为主题，以改革为动力，以民生为根\n"
        "本，团结一心，真抓实干，推动各项事业再上新台阶，不断满足群众的\n"
        "1200项需要。\n"
        "    一、修路\n"
        "    1.村路。修9里，投资12万元，由村里组织施工，镇里负责检查验收，年底以前\n"
        "完成。\n"
    )
    (preamble,) = outline_of(source).preamble
    assert source[preamble.start : preamble.end].endswith("需要。")


@pytest.mark.parametrize("gap", ["", "\n"])
def test_an_imprint_is_no_part_of_the_last_task(gap: str) -> None:
    outline = outline_of(
        f"2024年工作要点\n{_TASKS}{gap}抄送：县委办，县政府办。\n"
        "青山镇人民政府办公室    2024年2月20日印发\n"
    )
    assert outline.tasks[-1].text == "2.还书。及时归架。"
    assert reasons(outline)["抄送：县委办，县政府办。"] == "页脚文字"


def test_the_foot_of_a_page_behind_a_list_of_attachments_is_named_as_such() -> None:
    outline = outline_of(
        f"2024年工作要点\n{_TASKS}\n附件：项目清单\n\n抄送：县委办。\n（共印40份）\n上一篇：无\n"
    )
    left = reasons(outline)
    assert left["附件：项目清单"] == "附件，不是任务"
    assert left["抄送：县委办。"] == left["（共印40份）"] == left["上一篇：无"] == "页脚文字"
