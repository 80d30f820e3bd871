"""Which names the plan uses, and what kind of thing each names.

A name is written here as: kind, name, =joined parts, /other forms.
"""

from __future__ import annotations

import pytest

from knowledge.importer.programs import find_programs
from knowledge.plan.model import Program, ProgramKind
from tests.importer.sentences import sentences

QUOTED: list[tuple[str, list[str]]] = [
    ("落实“一岗双责”、集体学习等制度。", ["system 一岗双责"]),
    ("组织“先锋学堂”网上课程。", ["program 先锋学堂 /先锋学堂网上课程/先锋学堂课程"]),
    (
        "扎实开展“清洁家园”行动和“最美阳台”评选活动。",
        ["program 清洁家园 /清洁家园行动", "program 最美阳台 /最美阳台评选活动/最美阳台活动"],
    ),
    (
        '推广“随手拍”小程序，开通「心灵驿站」热线，用好"掌上图书馆"APP。',
        [
            "platform 随手拍 /随手拍小程序",
            "platform 心灵驿站 /心灵驿站热线",
            "platform 掌上图书馆",
        ],
    ),
    (
        "落实首问负责制、“一次办好”等制度，执行“5+2”工作机制。",
        ["system 一次办好", "system 5+2 /5+2工作机制/5+2机制"],
    ),
    (
        "举办“书香满城”全民阅读活动•第六届“读书之星”评选。",
        ["program 书香满城 /书香满城全民阅读活动/书香满城活动", "program 读书之星 /读书之星评选"],
    ),
    (
        "推进“春蕾计划•护航行动”，打造“邻里中心”品牌。",
        ["program 春蕾计划•护航行动 =春蕾计划+护航行动", "program 邻里中心 /邻里中心品牌"],
    ),
    (
        "贯彻《中华人民共和国水法》《城镇排水条例》，编制《节水规划（2024—2030年）》。",
        [
            "document 中华人民共和国水法",
            "document 城镇排水条例",
            "document 节水规划（2024—2030年）",
        ],
    ),
    (
        "“95598”服务热线、“12345”热线接通率达到98%。",
        ["platform 95598 /95598服务热线/95598热线", "platform 12345 /12345热线"],
    ),
    (
        "巩固“不忘初心、牢记使命”主题教育成果，弘扬“工匠精神”。",
        ["slogan 不忘初心、牢记使命", "slogan 工匠精神"],
    ),
    (
        "推进“放管服”改革，落实“双减”政策，做好“六稳”工作。",
        ["slogan 放管服", "slogan 双减", "slogan 六稳"],
    ),
    (
        "用好“学习强国”平台，深化“三会一课”制度。",
        ["platform 学习强国 /学习强国平台", "system 三会一课 /三会一课制度"],
    ),
    (
        "开展“小手拉大手”、“光盘行动”等活动，评选“五星级文明户”。",
        ["program 小手拉大手", "program 光盘行动", "program 五星级文明户"],
    ),
    (
        "联合区教育局实施“护苗”工程，依托老年大学开办“银龄课堂”。",
        ["program 护苗 /护苗工程", "program 银龄课堂"],
    ),
    ("启动“十四五”规划中期评估，做好“两节”慰问。", ["slogan 十四五", "slogan 两节"]),
    (
        "推动“互联网+医疗健康”服务，建立“1+3+N”治理体系。",
        ["program 互联网+医疗健康", "system 1+3+N /1+3+N治理体系/1+3+N体系"],
    ),
    (
        "开展“学雷锋志愿服务月”活动、“我们的节日”系列活动。",
        [
            "program 学雷锋志愿服务月 /学雷锋志愿服务月活动",
            "program 我们的节日 /我们的节日系列活动",
        ],
    ),
    ("做优“四点半课堂”，扩大“爱心超市”覆盖面。", ["program 四点半课堂", "program 爱心超市"]),
    (
        '实施"阳光助学"计划，擦亮“红色物业"品牌。',
        ["program 阳光助学 /阳光助学计划", "program 红色物业 /红色物业品牌"],
    ),
    ("深化“警校家”联动机制，严查“红包”等行为。", ["system 警校家 /警校家联动机制/警校家机制"]),
    (
        "推进“清单制＋责任制”管理，落实“周调度、月通报”机制。",
        ["slogan 清单制＋责任制", "system 周调度、月通报 /周调度、月通报机制"],
    ),
    (
        "支持“希望小屋”项目建设，持续实施“希望小屋”儿童关爱项目。",
        ["program 希望小屋 /希望小屋项目/希望小屋儿童关爱项目"],
    ),
    ("继续实施“雨露计划”，雨露计划补助标准提高到3000元。", ["program 雨露计划"]),
    (
        "实施村级后备力量培育“薪火”计划和“头雁”工程。",
        ["program 薪火 /薪火计划", "program 头雁 /头雁工程"],
    ),
    (
        "推进智慧图书馆管理系统（ILS）升级，启用“悦读卡”。",
        ["platform 智慧图书馆管理系统 /ILS", "program 悦读卡"],
    ),
    ("“大走访、大排查”活动实现全覆盖。", ["program 大走访、大排查 /大走访、大排查活动"]),
    (
        "对接“粤港澳大湾区”建设，参与“一县一策”交流合作。",
        ["program 粤港澳大湾区", "slogan 一县一策"],
    ),
    (
        "推动“长三角”一体化，用好“三张清单”，持续推进“扫黄打非”工作。",
        ["slogan 长三角", "slogan 三张清单", "slogan 扫黄打非"],
    ),
    (
        "开展“净网2024”“护苗2024”专项行动。",
        [
            "program 净网2024 /净网2024专项行动/净网2024行动",
            "program 护苗2024 /护苗2024专项行动/护苗2024行动",
        ],
    ),
    ("建设“一网通办”平台。", ["platform 一网通办 /一网通办平台"]),
]

UNQUOTED: list[tuple[str, list[str]]] = [
    ("深入实施青年创业扶持计划，推进老旧管网改造工程建设。", ["program 青年创业扶持计划"]),
    (
        "加快实施城乡供水一体化项目，建成智慧水务调度平台。",
        ["program 城乡供水一体化项目", "platform 智慧水务调度平台"],
    ),
    (
        "实施高层次人才引进计划、名师培养工程和校园安全专项行动。",
        ["program 高层次人才引进计划", "program 名师培养工程", "program 校园安全专项行动"],
    ),
    (
        "开展水质提升三年行动计划和老旧管网改造攻坚行动。",
        ["program 水质提升三年行动计划", "program 老旧管网改造攻坚行动"],
    ),
    ("培育社区社会组织，建设市民服务中心，完善应急指挥系统。", ["program 市民服务中心"]),
    (
        "设立大学生创业引导基金，运营青年人才服务中心。",
        ["program 大学生创业引导基金", "program 青年人才服务中心"],
    ),
    ("承办全国青少年科技创新大赛，参加市机器人竞赛。", ["program 全国青少年科技创新大赛"]),
    ("完善城市生命线安全工程监测系统。", ["program 城市生命线安全工程"]),
    ("建设区级养老服务综合体，推进居家适老化改造项目。", ["program 居家适老化改造项目"]),
    (
        "加快推进城北水厂二期扩建工程、应急水源工程前期工作。",
        ["program 城北水厂二期扩建工程", "program 应急水源工程"],
    ),
]

NO_NAMES = [
    "培育志愿服务项目50个。",
    "设置比赛项目12个。",
    "下半年计划发展会员150名。",
    "制订计划，召开会议。",
    "力争全年引进项目20个、到位资金10亿元。",
    "重点工程建设有序推进，年度计划全面完成，加强项目管理。",
    "组织工程师参加项目培训，开展计划生育服务活动。",
    "创建国家级节水型城市，申报全国文明单位。",
    "组建法律服务团、科技特派员队伍，建好农家书屋。",
]


def programs_of(text: str) -> tuple[Program, ...]:
    plan = sentences(text)
    for program in plan.programs:
        assert plan.source[program.start : program.end] == program.name
    return plan.programs


def written(program: Program) -> str:
    words = f"{program.kind.value} {program.name}"
    if program.parts:
        words += " =" + "+".join(program.parts)
    if program.aliases:
        words += " /" + "/".join(program.aliases)
    return words


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_a_quoted_name_gets_its_kind_from_the_words_behind_it(
    text: str, expected: list[str]
) -> None:
    assert [written(program) for program in programs_of(text)] == expected


@pytest.mark.parametrize(("text", "expected"), UNQUOTED)
def test_an_unquoted_name_is_trimmed_to_what_it_is_called(text: str, expected: list[str]) -> None:
    assert [written(program) for program in programs_of(text)] == expected


@pytest.mark.parametrize("text", NO_NAMES)
def test_a_general_word_is_no_name(text: str) -> None:
    assert programs_of(text) == ()


def test_a_name_opened_with_a_curly_mark_may_be_closed_with_a_straight_one() -> None:
    assert [p.name for p in programs_of('办好“邻里夜话"和"周末剧场"活动。')] == [
        "邻里夜话",
        "周末剧场",
    ]


def test_an_open_quotation_mark_names_nothing() -> None:
    assert programs_of("办好“邻里夜话，服务居民。") == ()


def test_a_name_inside_a_title_is_no_second_name() -> None:
    assert [p.name for p in programs_of("印发《“清河”行动实施方案》。")] == ["“清河”行动实施方案"]


def test_one_task_holds_a_name_once_at_its_first_place() -> None:
    (program,) = programs_of("启动“安居”工程，推进“安居”项目。")
    assert program.start == len("1.启动“")
    assert program.aliases == ("安居工程", "安居项目")


def test_the_same_name_in_two_tasks_is_two_records_even_without_its_marks() -> None:
    plan = sentences("启动“清泉润心”工程。", "总结清泉润心经验。")
    assert [(p.task.number, p.name) for p in plan.programs] == [(1, "清泉润心"), (2, "清泉润心")]


def test_a_heading_names_too() -> None:
    (program,) = sentences("严格考核。", title="推进“清河”行动").programs
    assert (program.name, program.kind) == ("清河", ProgramKind.PROGRAM)


def test_a_name_broken_over_two_lines_is_given_without_the_break() -> None:
    plan = sentences("启动“清泉\n　　润心”工程。")
    (program,) = find_programs(plan.source, plan.tasks, plan.clauses)
    assert program.name == "清泉润心"
    assert plan.source[program.start : program.end] == "清泉\n　　润心"
