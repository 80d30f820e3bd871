"""Which times the plan sets, how they are read, and what they govern.

A deadline is written here as: its quote, then its day, its rule, or “open”. The plan is 2024's.
"""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.importer.deadlines import find_deadlines
from knowledge.plan.model import Deadline, DeadlineKind
from tests.importer.sentences import sentences, texts

DAYS: list[tuple[str, list[str]]] = [
    ("下半年计划发展会员150名。", ["下半年 2024-12-31"]),
    (
        "6月30日前完成水质检测，12月中旬前报送总结。",
        ["6月30日前 2024-06-30", "12月中旬前 2024-12-10"],
    ),
    (
        "一季度末完成预算编制，二季度启动招标，前三季度完成投资70%。",
        ["一季度末 2024-03-31", "二季度 2024-06-30", "前三季度 2024-09-30"],
    ),
    ("上半年开工建设，下半年投入使用。", ["上半年 2024-06-30", "下半年 2024-12-31"]),
    ("2024年12月31日前全面完成老旧管网改造。", ["2024年12月31日前 2024-12-31"]),
    (
        "明年3月底前完成验收，明年上半年投入运行。",
        ["明年3月底前 2025-03-31", "明年上半年 2025-06-30"],
    ),
    ("自2024年7月1日起施行新标准。", ["2024年7月1日起 2024-07-01"]),
    ("十月份举办运动会，十一月上旬组织期中检测。", ["十月份 2024-10-31", "十一月上旬 2024-11-10"]),
    (
        "3月至5月开展爱国卫生月活动，6—8月组织暑期托管。",
        ["3月至5月 2024-05-31", "6—8月 2024-08-31"],
    ),
    (
        "4月10日至20日集中申报，5月1日—5月15日公示。",
        ["4月10日至20日 2024-04-20", "5月1日—5月15日 2024-05-15"],
    ),
    (
        "年内建成投用，全年服务不少于10万人次，年底前销号。",
        ["年内 2024-12-31", "全年 2024-12-31", "年底前 2024-12-31"],
    ),
    (
        "到2025年，绿化覆盖率达到40%，2030年前实现碳达峰。",
        ["到2025年 2025-12-31", "2030年前 2029-12-31"],
    ),
    ("2025年底前建成，2026年全面完成。", ["2025年底前 2025-12-31", "2026年 2026-12-31"]),
    (
        "落实隐患整改(5月底前完成，责任单位:安全科)，更新消防器材(9月底前)。",
        ["5月底前 2024-05-31", "9月底前 2024-09-30"],
    ),
    ("完成时限：6月30日。", ["6月30日 2024-06-30"]),
    ("推进数字档案馆建设。（2024年10月底前完成）", ["2024年10月底前 2024-10-31"]),
    ("本年度完成换届，年度目标任务全部完成。", ["本年度 2024-12-31"]),
    ("7月起实行新规，9月1日开始试运行。", ["7月起 2024-07-01", "9月1日开始 2024-09-01"]),
    ("第1季度完成选址，第三季度前完工。", ["第1季度 2024-03-31", "第三季度前 2024-06-30"]),
    (
        "在3月5日学雷锋日开展志愿服务，5月下旬组织科普周。",
        ["3月5日 2024-03-05", "5月下旬 2024-05-31"],
    ),
    ("编制方案，4月底前报区政府审定，5月份组织实施。", ["4月底前 2024-04-30", "5月份 2024-05-31"]),
    ("启动主体工程，年底完工。", ["年底 2024-12-31"]),
    ("确保供水管网于11月20日前完成改造，并通过验收。", ["11月20日前 2024-11-20"]),
    ("力争在2024年第二季度末前完成搬迁。", ["2024年第二季度末前 2024-06-30"]),
    ("由于2024年2月底召开的会议延期，3月另行安排。", ["3月 2024-03-31"]),
    ("从4月到年底，每逢周末开放。", ["4月到年底 2024-12-31"]),
    (
        "今年年底前、明年一季度分别完成一期、二期工程。",
        ["今年年底前 2024-12-31", "明年一季度 2025-03-31"],
    ),
    ("6—8月组织暑期托管。", ["6—8月 2024-08-31"]),
    ("“七一”前夕走访慰问，“十一”前完成改造。", ["“七一”前夕 2024-06-30", "“十一”前 2024-09-30"]),
    ("今年“五一”前投入使用。", ["今年“五一”前 2024-04-30"]),
    ("项目建设期为2024年4月—2025年10月。", ["2024年4月—2025年10月 2025-10-31"]),
    ("建成时间不晚于2024年11月15日。", ["2024年11月15日 2024-11-15"]),
]

RECURRING: list[tuple[str, list[str]]] = [
    ("每年3月、9月各开展一次大排查。", ["每年3月、9月 FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=-1"]),
    (
        "每月10日前报送数据，每月底通报进度，每周五召开例会。",
        [
            "每月10日前 FREQ=MONTHLY;BYMONTHDAY=10",
            "每月底 FREQ=MONTHLY;BYMONTHDAY=-1",
            "每周五 FREQ=WEEKLY;BYDAY=FR",
        ],
    ),
    (
        "每季度末公布考核结果，每年年底前开展测评。",
        [
            "每季度末 FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
            "每年年底前 FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
        ],
    ),
    (
        "每两个月召开一次协调会，每半个月调度一次。",
        ["每两个月 FREQ=MONTHLY;INTERVAL=2", "每半个月 FREQ=DAILY;INTERVAL=15"],
    ),
    (
        "按月调度、按季通报、按年考核。",
        ["按月 FREQ=MONTHLY", "按季 FREQ=MONTHLY;INTERVAL=3", "按年 FREQ=YEARLY"],
    ),
    (
        "每学期至少家访1次，每学年开展一次评估。",
        ["每学期 FREQ=MONTHLY;INTERVAL=6", "每学年 FREQ=YEARLY"],
    ),
    ("每年级配备1名辅导员，全年级统一安排，每日检查。", ["每日 FREQ=DAILY"]),
    ("定期开展检查，每天早晚各消毒1次。", ["每天 FREQ=DAILY"]),
    ("一年两次体检，每季度1次随访。", ["一年两次 FREQ=YEARLY", "每季度 FREQ=MONTHLY;INTERVAL=3"]),
    (
        "每5年修订一次章程，每隔两年评选一次。",
        ["每5年 FREQ=YEARLY;INTERVAL=5", "每隔两年 FREQ=YEARLY;INTERVAL=2"],
    ),
    (
        "未来三年培养骨干200名，每半个月调度一次。",
        ["未来三年 open", "每半个月 FREQ=DAILY;INTERVAL=15"],
    ),
    (
        "每月第一个周一接待来访，每月最后一个周五检修。",
        ["每月第一个周一 FREQ=MONTHLY;BYDAY=1MO", "每月最后一个周五 FREQ=MONTHLY;BYDAY=-1FR"],
    ),
    ("每月5日、20日发放补贴。", ["每月5日、20日 FREQ=MONTHLY;BYMONTHDAY=5,20"]),
]

OPEN: list[tuple[str, list[str]]] = [
    ("3月底前完成校舍安全排查，9月开学前完成整改。", ["3月底前 2024-03-31", "9月开学前 open"]),
    (
        "“十四五”期间新建学校10所，到“十四五”末实现全覆盖。",
        ["“十四五”期间 open", "“十四五”末 open"],
    ),
    (
        "未来三年培养骨干200名，两年内实现全覆盖，三个月内完成整改。",
        ["未来三年 open", "两年内 open", "三个月内 open"],
    ),
    ("任期内至少体检一次，聘期内完成考核。", ["任期内 open", "聘期内 open"]),
    ("实施水质提升三年行动，制定人才培养三年行动计划。", ["三年行动 open", "三年行动计划 open"]),
    (
        "春节前完成慰问，国庆节前竣工，五一前后集中宣传。",
        ["春节前 open", "国庆节前 2024-09-30", "五一前后 2024-05-01"],
    ),
    ("汛期前完成水库除险加固。", ["汛期前 open"]),
    ("汛期来临前完成水库除险加固。", ["汛期来临前 open"]),
    (
        "“五一”假期前完成检修，国庆假期前重新开放，春节假期前验收。",
        ["“五一”假期前 2024-04-30", "国庆假期前 2024-09-30", "春节假期前 open"],
    ),
    ("长期坚持。", ["长期坚持 open"]),
    ("（持续推进）", ["持续推进 open"]),
    ("学期末开展评价，暑假前完成培训。", ["学期末 open", "暑假前 open"]),
    (
        "10月15日左右举办邻里节，重阳节期间开展慰问。",
        ["10月15日左右 2024-10-15", "重阳节期间 open"],
    ),
    ("重阳节期间开展慰问，实施水质提升三年行动。", ["重阳节期间 open", "三年行动 open"]),
]

NO_DEADLINES = [
    "救助标准由每人每月640元提高到690元。",
    "去年12月底完成的项目要加强管护。",
    "截至2023年底，已建成书房20个。",
    "2023年启动的试点今年全面推开。",
    "按年度计划推进，按照时间节点落实。",
    "印发《河湖治理三年行动方案》。",
    "建立长期机制，持续推进改革。",
    "月底前完成排查，下月起整改。",
    "2024-2026年分三批实施。",
    "上级资金于3个工作日内拨付。",
    "自2020年以来坚持开展。",
    "2023年12月31日前已全部完成。",
    "上年底形成的成果继续使用。",
    "建院周年庆典，开展年级评比。",
    "每周年纪念邮票发行。",
    "设置3个月饼品鉴点。",
    "周年庆和月度例会如常。",
    "制定三年级教学计划。",
]

GOVERNED: list[tuple[str, str, list[str]]] = [
    ("优化布局，5月底前建成泵站，投运设备3台。", "5月底前", ["5月底前建成泵站", "投运设备3台"]),
    ("5月底前建成泵站，继续优化布局。", "5月底前", ["5月底前建成泵站"]),
    ("5月底前建成泵站，年底前验收。", "5月底前", ["5月底前建成泵站"]),
    ("招聘护士20名，8月底前全部到岗。", "8月底前", ["招聘护士20名", "8月底前全部到岗"]),
    ("到年底所有村、九成以上的社区设立书屋。", "到年底", ["到年底所有村、九成以上的社区设立书屋"]),
    ("修缮校舍(6月底前完成,牵头单位:总务处)。", "6月底前", ["修缮校舍"]),
    (
        "修缮校舍(牵头单位:总务处)，更新教具，添置图书(6月底前完成)。",
        "6月底前",
        ["更新教具", "添置图书"],
    ),
    ("印发章程（试行），公布名单（6月底前）。", "6月底前", ["印发章程（试行）", "公布名单"]),
    ("改造泵房。（10月底前完成）", "10月底前", ["改造泵房"]),
    ("改造泵房。检修水表。完成时限：10月底。", "10月底", ["改造泵房。", "检修水表。"]),
    ("强化管理，每月开展巡查，完善台账。", "每月", ["每月开展巡查"]),
    ("水厂每2年清洗1次、水箱每半年消毒1次。", "每半年", ["水箱每半年消毒1次"]),
    ("3月底前、9月底前分别完成一期、二期。", "3月底前", ["3月底前、9月底前分别完成一期、二期"]),
    ("①全年放映电影24场；②年底前建成影院。", "年底前", ["年底前建成影院"]),
    (
        "改造泵房。完成时限为2024年8月，责任科室：项目科。",
        "2024年8月",
        ["改造泵房。"],
    ),
    ("力争年内竣工、年底交付。", "年内", ["力争年内竣工"]),
]


def deadlines_of(text: str, year: int | None = 2024) -> tuple[Deadline, ...]:
    plan = sentences(text)
    deadlines = find_deadlines(plan.source, plan.clauses, plan.programs, year)
    for deadline in deadlines:
        assert plan.source[deadline.start : deadline.end] == deadline.quote
        assert (deadline.kind is DeadlineKind.RECURRING) == (deadline.rrule is not None)
        assert deadline.date is None or deadline.kind is DeadlineKind.DATE
    return deadlines


def written(deadline: Deadline) -> str:
    if deadline.kind is DeadlineKind.OPEN:
        return f"{deadline.quote} open"
    return f"{deadline.quote} {deadline.date or deadline.rrule}"


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_a_time_with_a_last_day_is_a_date(text: str, expected: list[str]) -> None:
    assert [written(deadline) for deadline in deadlines_of(text)] == expected


@pytest.mark.parametrize(("text", "expected"), RECURRING)
def test_a_time_that_comes_again_is_a_rule(text: str, expected: list[str]) -> None:
    assert [written(deadline) for deadline in deadlines_of(text)] == expected


@pytest.mark.parametrize(("text", "expected"), OPEN)
def test_a_time_without_a_day_stays_open(text: str, expected: list[str]) -> None:
    assert [written(deadline) for deadline in deadlines_of(text)] == expected


@pytest.mark.parametrize("text", NO_DEADLINES)
def test_the_past_and_words_that_look_like_times_set_nothing(text: str) -> None:
    assert deadlines_of(text) == ()


@pytest.mark.parametrize(("text", "quote", "expected"), GOVERNED)
def test_a_time_governs_what_depends_on_it(text: str, quote: str, expected: list[str]) -> None:
    plan = sentences(text)
    deadlines = find_deadlines(plan.source, plan.clauses, plan.programs, 2024)
    (deadline,) = [deadline for deadline in deadlines if deadline.quote == quote]
    assert texts(plan.source, deadline.governs) == expected


def test_without_the_plans_year_only_a_printed_year_gives_a_date() -> None:
    bare, printed, relative = deadlines_of(
        "6月底前动工，2025年3月底前完工，明年底投用。", year=None
    )
    assert (bare.kind, bare.date) == (DeadlineKind.DATE, None)
    assert printed.date == dt.date(2025, 3, 31)
    assert (relative.kind, relative.date) == (DeadlineKind.DATE, None)


def test_the_last_day_of_february_depends_on_the_year() -> None:
    (leap,) = deadlines_of("2月底前完成。")
    (common,) = deadlines_of("2月底前完成。", year=2025)
    assert (leap.date, common.date) == (dt.date(2024, 2, 29), dt.date(2025, 2, 28))


def test_a_day_that_does_not_exist_is_no_deadline() -> None:
    assert deadlines_of("2月30日前完成。") == ()


def test_a_time_inside_a_name_sets_nothing() -> None:
    assert deadlines_of("办好“五月鲜花”“每周一课”栏目。") == ()


def test_a_time_broken_over_two_lines_is_quoted_as_it_stands() -> None:
    (deadline,) = deadlines_of("于11月\n底前完成检修。")
    assert (deadline.quote, deadline.date) == ("11月\n底前", dt.date(2024, 11, 30))
