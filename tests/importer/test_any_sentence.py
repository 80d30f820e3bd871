"""Whatever is written, what is read out of it is quoted exactly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.importer.deadlines import find_deadlines
from knowledge.importer.figures import find_figures
from knowledge.importer.owners import find_owners
from knowledge.plan.model import Deadline, Figure
from tests.importer.sentences import sentences

FRAGMENTS = (
    '“”"《》（）()【】、，。；：% \n+—-/~的和及为由等至到每各'
    "0123456789一二两十百千万亿年月日底末前内起个名场率量上下半季度"
)
WORDS = (
    *("不低于", "达到", "至少", "控制在", "以上", "以内", "左右", "分别", "从", "提高到", "第"),
    *("今年", "明年", "去年", "年底", "季度", "任期内", "截至", "牵头单位:", "责任部门：", "周年"),
    *("制度", "建设", "开展", "学校", "覆盖率", "办公室", "水厂", "“清河”行动", "计划", "工程"),
    *("①", "1.", "全年", "每2年", "万人次", "％", "１８", "12/10万", "TB", "工作日", "零", "余"),
    *("9.5", "2024年", "其中", "三分之二", "平台", "行动方案"),
)

texts = st.lists(st.sampled_from((*WORDS, *FRAGMENTS)), max_size=40).map("".join)


@settings(max_examples=250, deadline=None)
@given(text=texts, year=st.sampled_from((2024, None)))
def test_every_record_quotes_the_source_and_governs_something_of_it(
    text: str, year: int | None
) -> None:
    plan = sentences(text)
    source = plan.source
    figures = find_figures(source, plan.clauses, plan.programs, year)
    deadlines = find_deadlines(source, plan.clauses, plan.programs, year)
    records: list[Figure | Deadline] = [*figures, *deadlines]
    for record in records:
        assert record.quote
        assert record.quote == source[record.start : record.end]
    for program in plan.programs:
        words = source[program.start : program.end].split()
        assert words
        assert "".join(program.name.split()) == "".join(words)
    owners = find_owners(source, plan.clauses)
    spans = [span for held in deadlines for span in held.governs]
    spans += [span for held in owners for span in held.governs]
    assert all(0 <= span.start < span.end <= len(source) for span in spans)
