"""Two made-up plans, read by the importer, and what answers from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from knowledge.ask.answer import Answerer
from knowledge.ask.desk import Desk, open_desk
from knowledge.ask.limits import Limits, load_limits
from knowledge.ask.reply import Context, Outcome, Reply, Turn
from knowledge.importer.build import import_source
from knowledge.importer.sources import SourceText
from knowledge.language.lexicon import Lexicon, load_lexicon
from knowledge.plan.model import Plan

TODAY = dt.date(2032, 2, 10)

PALACE = """青禾县少年宫2032年工作计划

2032年,青禾县少年宫按以下安排开展工作。

一、丰富课外活动

1.开设兴趣课程。实施“蓝鲸计划”,全年开设不少于240门兴趣课程。6月底前建成15间“星光教室”。
2.举办成长营地。“追风夏令营”招收600名营员,营员满意率达到95%以上,由活动部牵头。
3.组织科学探索。“萤火科学行动”每月为小学生举办一次观星活动,今年9月前完成天文台改造。

二、建设教师队伍

4.培训辅导教师。每季度组织一次教学研讨,全年培训辅导教师120人次。教师缺勤率控制在3%以内。
5.完善激励办法。制定《辅导教师星级评定办法》,12月底前评出20名五星教师。

三、改善场馆条件

6.更新活动设施。投入80万元更新钢琴、画架等器材,由后勤部负责。
7.搭建网上平台。建成“云上少年宫”平台,注册用户突破2万人。推行“四点半托管”制度。
8.加强安全管理。每年开展2次消防演练,3月底前完成电路检修。
"""

# Numbering that starts anew in each section, and another year.
HARBOUR = """白鹭湾文化馆2033年工作要点

一、办好群众文艺

1.组织巡回演出。“潮声巡演”走进30个渔村,5月底前完成首轮演出。
2.辅导业余团队。为18支合唱队配备指导老师。

二、保护民间技艺

1.整理渔歌资料。10月底前录制渔歌50首,编印《白鹭湾渔歌集》。
2.培养传承人才。“渔火传习计划”招收40名学徒,由非遗部负责。
"""


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


@cache
def limits() -> Limits:
    return load_limits()


@cache
def palace() -> Plan:
    """A children's palace's plan, its tasks numbered through."""
    return import_source(SourceText(PALACE), id="palace-2032")


@cache
def harbour() -> Plan:
    """A culture house's plan of the year after, its tasks numbered anew in each section."""
    return import_source(SourceText(HARBOUR), id="harbour-2033")


@cache
def desk() -> Desk:
    return open_desk(palace(), lexicon())


@cache
def answerer(*plans: Plan) -> Answerer:
    return Answerer(plans, lexicon(), limits())


def ask(question: str, *plans: Plan) -> Reply:
    """Return the reply to a question that opens a conversation, about the palace by default."""
    return say(question, Context(), *plans).reply


def say(message: str, context: Context, *plans: Plan) -> Turn:
    """Return the turn a message said after `context` gets; whatever it is, its quotes hold."""
    plans = plans or (palace(),)
    turn = answerer(*plans).answer(message, context, TODAY)
    assert_quotes_hold(turn.reply, plans)
    return turn


def talk(*messages: str, plans: tuple[Plan, ...] = ()) -> Reply:
    """Return the reply to the last message of a conversation."""
    context = Context()
    for message in messages[:-1]:
        context = say(message, context, *plans).context
    return say(messages[-1], context, *plans).reply


def assert_quotes_hold(reply: Reply, plans: Sequence[Plan]) -> None:
    """Everything quoted stands in its plan, letter for letter, where the reply says it does."""
    sources = {plan.id: plan.source for plan in plans}
    for item in reply.evidence:
        assert item.quote
        assert sources[item.plan][item.start : item.end] == item.quote
    for plan, figure in reply.figures:
        assert sources[plan][figure.start : figure.end] == figure.quote
    for plan, deadline in reply.deadlines:
        assert sources[plan][deadline.start : deadline.end] == deadline.quote
    assert bool(reply.evidence) or reply.outcome is not Outcome.ANSWERED


def quotes(reply: Reply) -> str:
    """Return everything a reply quotes, one quote a line."""
    return "\n".join(item.quote for item in reply.evidence)


def tasks(reply: Reply) -> set[tuple[int | None, int]]:
    """Return the (section, task) of everything quoted from a task."""
    return {(item.section, item.task) for item in reply.evidence if item.task is not None}


def told(question: str, plan: Plan) -> Reply:
    """Return the reply to a question about `plan`, which is an answer."""
    reply = ask(question, plan)
    assert reply.outcome is Outcome.ANSWERED, reply.text
    return reply


def numbers(reply: Reply) -> set[int]:
    """Return the numbers of the tasks quoted, for plans numbered through."""
    return {number for _, number in tasks(reply)}
