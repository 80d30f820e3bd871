"""The layouts plans come in, each with a small invented plan."""

from __future__ import annotations

import pytest

from knowledge.importer.errors import DocumentError
from knowledge.importer.outline import find_outline
from tests.importer.helpers import outline_of, reasons, shape


def test_sections_in_chinese_numerals_hold_tasks_whose_numbers_run_on() -> None:
    outline = outline_of(
        "河湾区2024年工作要点\n\n一、抓学习\n\n1.办好读书班。全年办8期。\n2.建好书屋。新建3家。\n\n"
        "二、抓服务\n\n3.开展助学。资助50人。\n"
    )
    assert outline.title == "河湾区2024年工作要点"
    assert outline.year == 2024
    assert [(s.number, s.label, s.title) for s in outline.sections] == [
        (1, "一、", "抓学习"),
        (2, "二、", "抓服务"),
    ]
    assert shape(outline) == [(1, 1, "办好读书班"), (1, 2, "建好书屋"), (2, 3, "开展助学")]
    assert outline.warnings == ()


@pytest.mark.parametrize("brackets", ["（）", "()", "（)"])
def test_tasks_in_brackets_restart_in_each_section(brackets: str) -> None:
    left, right = tuple(brackets)
    outline = outline_of(
        f"某校2024年工作计划\n一、教学\n{left}一{right}备课。每周2次。\n{left}二{right}听课。每月1次。\n"
        f"二、后勤\n{left}一{right}食堂。每日检查。\n{left}二{right}宿舍。每日巡查。\n"
    )
    assert shape(outline) == [(1, 1, "备课"), (1, 2, "听课"), (2, 1, "食堂"), (2, 2, "宿舍")]
    assert outline.tasks[0].label == f"{left}一{right}"
    assert outline.warnings == ()


@pytest.mark.parametrize("mark", [".", "．", "、", " . "])
@pytest.mark.parametrize("digits", ["12", "１２"])
def test_arabic_labels_may_be_of_any_width_and_mark(mark: str, digits: str) -> None:
    one, two = tuple(digits)
    outline = outline_of(
        f"2024年工作安排\n一、总务\n{one}{mark}采购办公用品\n每季度采购1次。\n"
        f"{two}{mark}维护电脑\n每年维护2次。\n"
    )
    assert shape(outline) == [(1, 1, "采购办公用品"), (1, 2, "维护电脑")]


@pytest.mark.parametrize(("part", "second"), [("第一章", "第二章"), ("第一部分", "第二部分")])
@pytest.mark.parametrize("gap", ["　", " ", "：", ""])
def test_chapters_and_parts_are_sections(part: str, second: str, gap: str) -> None:
    outline = outline_of(
        f"2024年工作方案\n{part}{gap}目标\n一、增收。增长5%。\n二、减支。下降3%。\n"
        f"{second}{gap}措施\n一、开源。引进2家。\n二、节流。压减10%。\n"
    )
    assert [section.title for section in outline.sections] == ["目标", "措施"]
    assert shape(outline) == [(1, 1, "增收"), (1, 2, "减支"), (2, 1, "开源"), (2, 2, "节流")]


def test_markdown_marks_may_stand_before_labels() -> None:
    outline = outline_of(
        "# 2024年工作计划\n\n## 一、阅读\n\n### 1. 借书\n\n全年借出5万册。\n\n"
        "### 2. 还书\n\n及时归架。\n\n"
        "## 二、活动\n\n**3. 讲座**\n\n举办6场。\n\n4. **展览**。举办2场。\n"
    )
    assert outline.title == "2024年工作计划"
    assert [section.title for section in outline.sections] == ["阅读", "活动"]
    assert shape(outline) == [(1, 1, "借书"), (1, 2, "还书"), (2, 3, "讲座"), (2, 4, "展览")]


def test_unnumbered_markdown_headings_are_sections() -> None:
    outline = outline_of(
        "# 2024年工作计划\n\n"
        "## 阅读\n\n1. 借书：全年借出5万册。\n\n## 活动\n\n2. 讲座：举办6场。\n"
    )
    assert [(section.number, section.title) for section in outline.sections] == [
        (1, "阅读"),
        (2, "活动"),
    ]
    assert shape(outline) == [(1, 1, "借书"), (2, 2, "讲座")]


def test_a_plan_without_sections_has_its_tasks_at_the_top() -> None:
    outline = outline_of("2024年工作要点\n\n1.植树。植树500棵。\n\n2.浇水。每周1次。\n")
    assert outline.sections == ()
    assert shape(outline) == [(0, 1, "植树"), (0, 2, "浇水")]


def test_chinese_numerals_alone_are_tasks_themselves() -> None:
    outline = outline_of(
        "2024年工作要点\n一、植树\n全年植树500棵。\n浇水3次。\n二、护林\n巡山12次。\n"
    )
    assert outline.sections == ()
    assert shape(outline) == [(0, 1, "植树"), (0, 2, "护林")]


def test_a_section_with_nothing_numbered_below_is_one_untitled_task() -> None:
    outline = outline_of(
        "2024年工作要点\n一、总体要求\n坚持稳中求进。\n二、重点任务\n1.植树。植树500棵。\n2.护林。巡山12次。\n"
    )
    assert [section.title for section in outline.sections] == ["总体要求", "重点任务"]
    assert shape(outline) == [(1, 0, ""), (2, 1, "植树"), (2, 2, "护林")]
    assert outline.tasks[0].text == "坚持稳中求进。"


def test_words_between_a_section_heading_and_its_first_task_are_an_untitled_task() -> None:
    outline = outline_of(
        "2024年工作要点\n一、植树造林。今年要种好树。\n1.植树。植树500棵。\n2.护林。巡山。\n"
    )
    assert outline.sections[0].title == "植树造林"
    assert shape(outline) == [(1, 0, ""), (1, 1, "植树"), (1, 2, "护林")]
    assert outline.tasks[0].text == "今年要种好树。"


def test_items_below_a_task_are_not_tasks() -> None:
    outline = outline_of(
        "2024年工作要点\n一、宣传\n1.办报\n①每月出报1期；\n②每期印500份。\n2.办刊\n（1）每季出刊1期；\n"
        "（2）每期印300份。\n二、培训\n3.办班。做到：\n(1)每班40人；\n(2)每班3天。\n"
    )
    assert shape(outline) == [(1, 1, "办报"), (1, 2, "办刊"), (2, 3, "办班")]
    assert "②每期印500份。" in outline.tasks[0].text


def test_a_tasks_number_may_stand_behind_a_word() -> None:
    outline = outline_of(
        "2024年工作要点\n一、修缮\n任务一：路灯\n6月底前安装30盏。\n任务二：活动室\n9月底前完成。\n"
    )
    assert shape(outline) == [(1, 1, "路灯"), (1, 2, "活动室")]
    assert outline.tasks[0].label == "任务一："


def test_headings_without_numbers_are_sections_where_the_numbers_start_anew_below_them() -> None:
    outline = outline_of(
        "2024年工作要点\n学习\n1.读书。每月1次。\n2.讲座。每季度1次。\n"
        "服务\n1.助学。资助5名。\n2.助老。每月1次。\n"
    )
    assert [(section.label, section.title) for section in outline.sections] == [
        ("", "学习"),
        ("", "服务"),
    ]
    assert shape(outline) == [(1, 1, "读书"), (1, 2, "讲座"), (2, 1, "助学"), (2, 2, "助老")]
    assert outline.warnings == ()


def test_circled_numbers_are_tasks_where_nothing_stands_between_them_and_the_section() -> None:
    outline = outline_of(
        "2024年工作要点\n一、宣传\n①办报。每月1期。\n②办刊。每季1期。\n二、培训\n①办班。每班40人。\n②考试。每年1次。\n"
    )
    assert shape(outline) == [(1, 1, "办报"), (1, 2, "办刊"), (2, 1, "办班"), (2, 2, "考试")]


def test_three_levels_give_the_tasks_to_the_one_that_runs_on() -> None:
    outline = outline_of(
        "2024年工作要点\n一、发展\n（一）农业\n1.种粮。种5万亩。\n2.养鱼。养3千亩。\n（二）工业\n3.建厂。建2家。\n"
        "二、民生\n（一）教育\n4.办学。办1所。\n"
    )
    assert [section.label for section in outline.sections] == [
        "一、",
        "（一）",
        "（二）",
        "二、",
        "（一）",
    ]
    assert shape(outline) == [(2, 1, "种粮"), (2, 2, "养鱼"), (3, 3, "建厂"), (5, 4, "办学")]


def test_points_below_a_task_with_words_of_its_own_are_part_of_it() -> None:
    outline = outline_of(
        "2024年工作要点\n一、发展\n（一）农业。稳住面积。\n1.种粮5万亩。\n2.养鱼3千亩。\n（二）工业。稳住产值。\n"
        "1.建厂2家。\n二、民生\n（一）教育。办好学校。\n1.办学1所。\n"
    )
    assert shape(outline) == [(1, 1, "农业"), (1, 2, "工业"), (2, 1, "教育")]


def test_arabic_sections_may_hold_bracketed_tasks() -> None:
    outline = outline_of(
        "2024年工作要点\n1.发展\n（一）种粮。种5万亩。\n（二）养鱼。养3千亩。\n2.民生\n（一）办学。办1所。\n（二）修路。修9里。\n"
    )
    assert [section.title for section in outline.sections] == ["发展", "民生"]
    assert shape(outline) == [(1, 1, "种粮"), (1, 2, "养鱼"), (2, 1, "办学"), (2, 2, "修路")]


def test_a_heading_may_end_at_a_full_stop_a_colon_or_the_line_or_be_absent() -> None:
    outline = outline_of(
        "2024年工作要点\n1.植树。植树500棵。\n2.浇水：每周1次。\n3.护林:每月1次。\n4.防火\n每天巡查。\n"
        "5.完善制度，健全机制，明确责任，层层抓好落实，确保安全。加强督查。\n"
    )
    assert [task.title for task in outline.tasks] == ["植树", "浇水", "护林", "防火", ""]


def test_first_sentences_are_not_headings_where_the_plan_has_none() -> None:
    outline = outline_of(
        "2024年工作要点\n1.召开大会，部署全年工作，明确责任。会后督查。\n2.每季度开展检查，通报结果，督促整改。抓好落实。\n"
        "3.组织培训。共办2期，每期40人。\n4.修订章程，完善制度，堵塞漏洞。年底完成。\n"
    )
    assert [task.title for task in outline.tasks] == ["", "", "", ""]


def test_a_task_of_one_sentence_has_a_body_and_no_heading() -> None:
    outline = outline_of("2024年工作要点\n1.植树500棵。\n2.浇水10次。\n")
    assert shape(outline) == [(0, 1, ""), (0, 2, "")]
    source = outline.tasks[0]
    assert source.text[source.body_start - source.start :] == "植树500棵。"


def test_a_note_on_who_leads_is_no_part_of_the_heading() -> None:
    outline = outline_of(
        "2024年工作要点\n1.植树（牵头单位：林场）。植树500棵。\n2.浇水。每周1次。\n"
    )
    assert outline.tasks[0].title == "植树"
    assert outline.tasks[0].text[4:] == "（牵头单位：林场）。植树500棵。"


def test_colons_in_times_and_brackets_end_no_heading() -> None:
    outline = outline_of(
        "2024年工作要点\n1.开馆到21:30（周末:22时）。每天开馆。\n2.闭馆。周一闭馆。\n"
    )
    assert outline.tasks[0].title == "开馆到21:30"


def test_hard_wrapped_lines_make_no_headings_of_numbers_in_a_sentence() -> None:
    outline = outline_of(
        "2024年工作要点\n一、服务\n1.办好讲堂。全年计划举办讲座活动和展览活动一共覆盖社区居民\n"
        "1.5万人次，其中面向老年人和残疾人的专场活动不少于全年总数的\n"
        "10.并且要在每年的春季学期结束之前把面向中小学生的课程安排到\n"
        "8、9月份全部完成。\n2.办好书屋。全年计划新增图书和期刊的数量按照省里的要求达到\n"
        "3000册。\n"
    )
    assert shape(outline) == [(1, 1, "办好讲堂"), (1, 2, "办好书屋")]


def test_long_headings_of_one_width_are_not_taken_for_wrapped_lines() -> None:
    outline = outline_of(
        "2024年工作要点\n一、坚持以读者为中心，着力提升公共图书馆的服务效能水平\n"
        "1、推动通借通还服务向全部城乡社区的图书馆分馆延伸覆盖\n全年借出5万册，还书箱增加到30个。\n"
        "2、推动送书上门服务向全部偏远乡村的图书流通点延伸覆盖\n"
        "全年送书120次，每次不少于100册，覆盖全部的行政村、社区、学校、企业、军营和养老机构。\n"
        "二、坚持以活动为中心，着力提升公共图书馆的社会影响水平\n3、讲座\n举办6场。\n"
    )
    assert [task.number for task in outline.tasks] == [1, 2, 3]
    assert outline.tasks[0].title == "推动通借通还服务向全部城乡社区的图书馆分馆延伸覆盖"


def test_a_year_may_follow_a_label() -> None:
    outline = outline_of(
        "工作安排\n1.2024年建成书屋。面积100平方米。\n2.2025年建成礼堂。面积300平方米。\n"
    )
    assert [task.number for task in outline.tasks] == [1, 2]


def test_jumps_and_repeats_in_the_numbering_are_reported() -> None:
    outline = outline_of(
        "2024年工作要点\n1.植树。植树500棵。\n3.浇水。每周1次。\n3.护林。每月1次。\n4.防火。每天巡查。\n"
    )
    assert [task.number for task in outline.tasks] == [1, 3, 3, 4]
    assert outline.warnings == (
        "第3行：编号从“1”跳到“3.”，中间可能漏了内容",
        "第4行：编号“3.”在同一部分里重复",
    )


def test_a_plan_that_begins_in_the_middle_is_reported() -> None:
    outline = outline_of("2024年工作要点\n2.浇水。每周1次。\n3.护林。每月1次。\n")
    assert [task.number for task in outline.tasks] == [2, 3]
    assert outline.warnings == ("第2行：编号从“2.”开始，前面可能漏了内容",)


def test_several_paragraphs_belong_to_one_task() -> None:
    outline = outline_of(
        "2024年工作要点\r\n1.植树\r\n全年植树。\r\n\r\n共500棵。\r\n2.浇水\r\n每周1次。\r\n"
    )
    assert outline.tasks[0].text == "1.植树\r\n全年植树。\r\n\r\n共500棵。"


@pytest.mark.parametrize(
    "text", ["只有一段话，没有编号。", "标题\n\n正文。\n\n又一段。\n", "\n# 标题\n正文\n"]
)
def test_a_text_without_numbered_tasks_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="没有找到编号的任务"):
        find_outline(text)


def test_a_table_of_contents_is_no_plan() -> None:
    outline = outline_of(
        "2024年工作要点\n目 录\n一、植树……1\n二、护林……3\n\n"
        "一、植树\n全年植树500棵。\n二、护林\n巡山12次。\n"
    )
    assert shape(outline) == [(0, 1, "植树"), (0, 2, "护林")]
    assert reasons(outline)["一、植树……1"] == "目录"


def test_page_numbers_between_lines_are_left_out_of_the_paragraphs() -> None:
    source = "2024年工作要点\n1.植树。植树500棵。\n— 1 —\n浇水3次。\n2.护林。巡山。\n"
    outline = outline_of(source)
    assert reasons(outline)["— 1 —"] == "页码"
    texts = [source[span.start : span.end] for _, span in outline.paragraphs]
    assert texts == ["植树500棵。", "浇水3次。", "巡山。"]


def test_a_bracket_that_a_hard_wrap_divides_makes_no_heading() -> None:
    source = (
        "2024年工作要点\n1.馆史。举办建馆七十周年系列活动并推出馆史展同时出版《馆志（1955—202\n5）》。\n"
        "2.责任。完成十五个村的卫生室标准化改造任务(六月底之前完成,牵头单位:\n卫生股)。\n"
    )
    outline = outline_of(source)
    assert [task.number for task in outline.tasks] == [1, 2]
    texts = [source[span.start : span.end] for _, span in outline.paragraphs]
    assert [text.count("\n") for text in texts] == [1, 1]


def test_a_missing_closing_mark_hides_no_heading() -> None:
    outline = outline_of(
        "2024年工作要点\n1.制度。认真学习贯彻落实上级印发的《关于加强基层治理工作的实施意见。\n"
        "2.培训（全员）。每季度1次。\n3.考核。每年1次。\n"
    )
    assert [task.number for task in outline.tasks] == [1, 2, 3]


def test_sections_in_which_no_heading_holds_tasks_have_those_headings_as_tasks() -> None:
    outline = outline_of(
        "2024年工作要点\n一、任务\n（一）修路\n1.村路。修9里。\n2.桥。修1座。\n（二）植树\n1.荒山。种500棵。\n"
        "二、保障\n（一）加强领导。成立专班。\n（二）加强督查。每季度通报1次。\n"
    )
    assert [section.title for section in outline.sections] == ["任务", "修路", "植树", "保障"]
    assert shape(outline)[-2:] == [(4, 1, "加强领导"), (4, 2, "加强督查")]


def test_parts_may_number_their_tasks_in_forms_of_their_own() -> None:
    outline = outline_of(
        "2024年工作计划\n第一部分  目标\n（一）起数下降10％；\n（二）整改率１００％。\n"
        "第二部分  任务\n一、责任\n１、签订责任书。３月底前签订。\n二、排查\n"
        "２、建立台账。每月更新。\n第三部分  要求\n各单位要落实。\n"
    )
    assert [section.title for section in outline.sections] == [
        "目标",
        "任务",
        "责任",
        "排查",
        "要求",
    ]
    assert shape(outline) == [
        (1, 1, ""),
        (1, 2, ""),
        (3, 1, "签订责任书"),
        (4, 2, "建立台账"),
        (5, 0, ""),
    ]


def test_articles_run_on_over_the_parts_of_chapters() -> None:
    outline = outline_of(
        "2024年工作计划\n第一章  任务\n第一节  修路\n第一条  村路。修9里。\n第二条  桥。修1座。\n"
        "第二节  植树\n第三条  荒山。种500棵。\n第二章  保障\n第四条  督查。每季度通报1次。\n"
    )
    assert [section.title for section in outline.sections] == ["任务", "修路", "植树", "保障"]
    assert shape(outline) == [(2, 1, "村路"), (2, 2, "桥"), (3, 3, "荒山"), (4, 4, "督查")]
    assert outline.warnings == ()


def test_items_right_below_a_section_are_tasks_where_it_has_no_others() -> None:
    outline = outline_of(
        "2024年工作要点\n一、巡查\n（1）大坝。每天2次。\n（2）渠道。每周1次。\n"
        "二、防汛\n1、预案。3月修订。\n2、物资。备足：\n①沙袋；\n②块石。\n三、其他\n①扶贫；\n②信访。\n"
    )
    assert shape(outline) == [
        (1, 1, "大坝"),
        (1, 2, "渠道"),
        (2, 1, "预案"),
        (2, 2, "物资"),
        (3, 1, ""),
        (3, 2, ""),
    ]


def test_the_rows_of_a_table_behind_numbered_tasks_are_no_tasks() -> None:
    outline = outline_of(
        "2024年工作要点\n一、阶段\n1.动员。开会。\n2.总结。报送材料。\n"
        "序号\t项目\t时限\n1\t修路\t6月底\n2\t植树\t4月底\n3\t护林\t全年\n"
    )
    assert shape(outline) == [(1, 1, "动员"), (1, 2, "总结")]
    assert "3\t护林\t全年" in outline.tasks[-1].text


def test_the_rows_of_a_table_are_tasks_where_nothing_else_is() -> None:
    outline = outline_of(
        "2024年任务清单\n序号\t项目\t时限\n1\t修路\t6月底\n2\t植树\t4月底\n3\t护林\t全年\n"
    )
    assert [task.number for task in outline.tasks] == [1, 2, 3]


def test_a_markdown_table_is_part_of_its_section() -> None:
    outline = outline_of(
        "# 2024年工作计划\n## 一、任务\n1. 植树：种500棵。\n2. 护林：巡山。\n## 二、安排\n\n"
        "| 月份 | 工作 |\n| --- | --- |\n| 3月 | 植树 |\n"
    )
    assert outline.tasks[-1].text.endswith("| 3月 | 植树 |")
    assert set(reasons(outline)) == {"# 2024年工作计划"}


def test_a_wrapped_line_left_short_by_a_number_does_not_end_its_paragraph() -> None:
    source = (
        "2024年工作要点\n"
        "    1.深化学习行动。持续抓好网上主题课程的学习组织和检查通报工作，每期参\n"
        "加学习的比率保持在百分之八十五；组建讲师团，年内开展宣讲不少于\n"
        "1200场次，覆盖团员青年。\n"
        "    2.选树典型。评选先进个人和先进集体，召开表彰大会，广泛宣传先进人物事\n"
        "迹，推动见贤思齐。\n"
    )
    outline = outline_of(source)
    texts = [source[span.start : span.end] for _, span in outline.paragraphs]
    assert [text.count("\n") for text in texts] == [2, 1]
