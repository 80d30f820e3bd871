"""No character of a document is lost, whatever the document looks like."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.importer.clauses import split_clauses
from knowledge.importer.errors import DocumentError
from knowledge.importer.outline import find_outline
from tests.importer.helpers import assert_accounted

_LINES = st.sampled_from(
    [
        "",
        "　　",
        "青山镇人民政府",
        "2024年2月1日",
        "青山镇2024年工作要点",
        "# 青山镇2024年工作要点",
        "青山镇人民政府关于印发《青山镇2024年工作要点》的通知",
        "各村：",
        "目录",
        "名词解释",
        "附件1",
        "— 3 —",
        "12",
        "首页 >> 公告 >> 正文",
        "扫一扫",
        "版权所有：青山镇",
        "第一章　总则",
        "第二部分：措施",
        "## 背景",
        "今年是开局之年。",
        "种500棵，每棵浇水3次；成活率90%以上（牵头单位：林场）。",
        "开展“植树。浇水！”活动，办好“护林节。",
        "全年计划举办讲座活动和展览活动一共覆盖社区居民并且邀请老年人和残疾人",
        "1.5万人参加",
        "8、9月份完成",
        "①种树；②浇水。",
        "事项\t数量\t单位",
    ]
)
_WORDS = st.sampled_from(
    ["", "修路", "修路。修9里。", "修路：修9里", "**修路**", "（一）修路", "。", "2024年"]
)
_NUMBERS = st.sampled_from(["一", "二", "三", "十一", "1", "2", "3", "１", "12"])
_FORMS = st.sampled_from(
    ["{}、", "（{}）", "({})", "{}.", "{}．", "## {}、", "- {}. ", "　　{}、", "{})"]
)
_HEADINGS = st.builds(
    lambda form, number, words: form.format(number) + words, _FORMS, _NUMBERS, _WORDS
)
_CIRCLED = st.builds(lambda mark, words: mark + words, st.sampled_from("①②③㈠⑴⒈❶"), _WORDS)
_DOCUMENTS = st.lists(
    st.tuples(
        _HEADINGS | _LINES | _CIRCLED, st.sampled_from(["\n", "\r\n", "\n\n", "\r", "", "\f"])
    ),
    max_size=25,
).map(lambda pairs: "".join(line + end for line, end in pairs))
_STRAY = st.sampled_from(
    list(' 　\t\n\r“”"《》（）()。；：.、#*>①一1９\u200b\ufeff\u2028\x85\U00020000')
)


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    """A document with a few characters put in, taken out or doubled."""
    text = draw(_DOCUMENTS)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 3))
        text = text[:place] + draw(_STRAY) + text[place + length :]
    return text


@settings(
    max_examples=1000,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(_mutated())
def test_every_character_stands_in_one_part_or_the_document_is_refused(source: str) -> None:
    try:
        outline = find_outline(source)
    except DocumentError:
        return
    assert_accounted(source, outline)
    starts = [task.start for task in outline.tasks]
    assert starts == sorted(set(starts))
    for clause in split_clauses(source, outline.paragraphs):
        assert source[clause.start : clause.end] == clause.text


@settings(max_examples=200, deadline=None, derandomize=True)
@given(_mutated())
def test_the_same_text_always_has_the_same_outline(source: str) -> None:
    def outline() -> object:
        try:
            return find_outline(source)
        except DocumentError as fault:
            return str(fault)

    assert outline() == outline()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(_mutated())
def test_a_plan_put_behind_any_text_keeps_its_last_task(source: str) -> None:
    plan = "\n\n一、收尾\n99.清点。清点工具9件。\n100.归还。归还工具9件。\n"
    outline = find_outline("前言。\n1.开工。动工。\n2.施工。赶工。\n" + source + plan)
    words = [task.text for task in outline.tasks] + [item.text for item in outline.skipped]
    assert any("归还工具9件。" in text for text in words)
