"""What a reminder says, and how days are read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from telegram import InlineKeyboardMarkup

from bot.reminders.duties import Duty, DutyKind, catalogue_of
from bot.reminders.notices import Entry, Notice, Upcoming
from bot.storage.occurrences import Kind
from handlers.reminders.letters import write
from handlers.reminders.wording import NoSuchDayError, find_day
from knowledge.plan.model import Milestone
from tests.botapi.htmltext import parse_html
from tests.reminders.plans import BOOKS_KEY, FERRY_KEY, HARBOUR, make_plan

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2024, 5, 24, 1, tzinfo=dt.UTC)
DAY = dt.date(2024, 5, 31)
STEP = Milestone(HARBOUR, DAY, "上报<船员>名单 & 照片")
PLAN = make_plan(milestones=(STEP,))
DUTIES = catalogue_of([PLAN])


def entry(
    key: str = FERRY_KEY,
    due_on: dt.date = DAY,
    *,
    kind: Kind = Kind.REMINDER,
    lead: int = 7,
    late: bool = False,
    number: int = 1,
) -> Entry:
    return Entry(number, kind, key, DUTIES.get(key), due_on, lead, late)


def notice(*ahead: Entry, kind: Kind = Kind.REMINDER) -> Notice:
    return Notice(7, 0, kind, NOW, SHANGHAI, ahead)


def text(told: Notice) -> str:
    """The message as it is read, which Telegram must accept."""
    return parse_html(write(told).html).text


def labels(told: Notice) -> list[list[str]]:
    keyboard = write(told).keyboard
    rows = keyboard.inline_keyboard if isinstance(keyboard, InlineKeyboardMarkup) else ()
    return [[button.text for button in row] for row in rows]


def test_a_reminder_says_what_when_and_how_sure_the_day_is() -> None:
    told = notice(entry())
    assert text(told) == (
        "还有7天\n建好码头\n“渡船计划”今年6月前开通三条航线。\n"
        "2024年5月31日(周五) 7天后\n原文:今年6月前;按5月31日提醒"
    )
    assert '<tg-time unix="1717171140" format="r">7天后</tg-time>' in write(told).html
    assert labels(told) == [["已完成", "稍后1小时"], ["明天再提醒", "看原文"]]


@pytest.mark.parametrize(
    ("now", "headline"),
    [
        (NOW + dt.timedelta(days=6), "明天到期"),
        (NOW + dt.timedelta(days=7), "今天到期"),
        (dt.datetime(2024, 5, 30, 15, tzinfo=dt.UTC), "明天到期"),
        (dt.datetime(2024, 5, 30, 17, tzinfo=dt.UTC), "今天到期"),
    ],
)
def test_how_far_ahead_a_day_is_is_counted_in_the_chats_zone(
    now: dt.datetime, headline: str
) -> None:
    assert text(replace(notice(entry()), now=now)).splitlines()[0] == headline


def test_a_day_that_follows_from_a_period_is_said_to() -> None:
    told = notice(entry(BOOKS_KEY, dt.date(2025, 12, 31)))
    assert "原文:每2年;按本期最后一天12月31日提醒" in text(told)


def test_a_day_too_far_ahead_for_telegram_is_only_written() -> None:
    told = notice(entry(due_on=dt.date(2034, 1, 1)))
    assert "tg-time" not in write(told).html
    assert "2034年1月1日(周日)" in text(told)


def test_what_a_person_wrote_is_shown_as_it_is_and_not_as_the_plans_words() -> None:
    told = notice(entry(f"port/1.1/+{STEP.text}"))
    assert "上报<船员>名单 & 照片" in text(told)
    assert "计划维护者补充的节点,不是计划原文" in text(told)
    own = Duty("own/1", DutyKind.OWN, "报<名>", date=DAY)
    told = notice(replace(entry("own/1"), duty=own))
    assert text(told).splitlines()[1] == "报<名>"
    assert labels(told)[1] == ["明天再提醒"]


def test_what_was_missed_is_one_list_and_what_is_over_one_line() -> None:
    ahead = (
        entry(late=True, number=1, lead=30),
        entry(late=True, number=2),
        entry(BOOKS_KEY, dt.date(2025, 12, 31), late=True, number=3),
    )
    over = (entry(due_on=dt.date(2024, 5, 20), late=True), entry(BOOKS_KEY, dt.date(2024, 5, 21)))
    told = replace(notice(*ahead), expired=over)
    lines = text(told).splitlines()
    assert lines[0] == "停机期间错过的提醒(2条)"
    assert [line for line in lines if line[0].isdigit() and "." in line[:2]] == [
        "1. 建好码头",
        "2. 办好书屋",
    ]
    assert lines[-1] == "已过期:建好码头(5月20日)、办好书屋(5月21日)"
    assert labels(told) == [
        ["1 已完成", "1 原文"],
        ["2 已完成", "2 原文"],
        ["全部1小时后", "全部明天再提醒"],
    ]
    assert text(replace(told, paused=True)).splitlines()[0] == "暂停期间错过的提醒(2条)"


def test_several_on_one_day_are_one_list() -> None:
    told = notice(entry(), entry(BOOKS_KEY))
    assert text(told).splitlines()[0] == "2项期限"


def test_only_what_is_over_needs_no_button() -> None:
    told = replace(notice(), expired=(entry(due_on=dt.date(2024, 5, 20), late=True),))
    assert labels(told) == []


def test_twenty_long_ones_fit_into_one_message() -> None:
    long = replace(DUTIES[FERRY_KEY], words="渡" * 240, title="码" * 40)
    entries = [replace(entry(number=number), key=f"k{number}", duty=long) for number in range(20)]
    written = write(notice(*entries))
    assert len(parse_html(written.html).text) <= 4096
    assert written.html.count("<tg-time") == 20


def test_what_may_come_twice_or_comes_elsewhere_says_so() -> None:
    told = replace(notice(entry()), doubtful=True, topic_gone=True)
    assert text(told).splitlines()[:2] == [
        "(可能重复)",
        "原来的话题已经不在了,提醒改发到这里。",
    ]


def test_a_snooze_says_that_it_was_asked_for() -> None:
    assert text(notice(entry(kind=Kind.SNOOZE))).splitlines()[0] == "您要求再提醒一次"


def test_a_correction_tells_the_day_before_and_after() -> None:
    moved = entry(due_on=dt.date(2024, 7, 15), kind=Kind.CORRECTION, lead=-45)
    lines = text(notice(moved, kind=Kind.CORRECTION)).splitlines()
    assert lines[0] == "期限有变动"
    assert "现在:2024年7月15日(周一)" in lines
    assert "原来:2024年5月31日(周五)" in lines


def test_a_deadline_that_vanished_is_told_by_its_words() -> None:
    gone = replace(entry(kind=Kind.CORRECTION, lead=0), duty=None)
    assert text(notice(gone, kind=Kind.CORRECTION)).splitlines()[1] == (
        "计划里不再有可以计算的期限“今年6月前”(原按5月31日提醒),相关提醒已撤回。"
    )


def test_an_overview_lists_days_and_says_where_there_is_more() -> None:
    head = entry("digest/weekly", kind=Kind.DIGEST, lead=0)
    told = replace(notice(head, kind=Kind.DIGEST), upcoming=(Upcoming(DUTIES[FERRY_KEY], DAY),))
    assert text(told) == "未来7天的期限\n2024年5月31日(周五) 建好码头:今年6月前"
    assert text(notice(head, kind=Kind.DIGEST)).splitlines()[1] == "没有到期的期限。"
    many = tuple(
        Upcoming(DUTIES[FERRY_KEY], DAY + dt.timedelta(days=number)) for number in range(50)
    )
    assert text(replace(told, upcoming=many)).splitlines()[-1].startswith("另有10项")


TODAY = dt.date(2024, 5, 24)


@pytest.mark.parametrize(
    ("said", "day", "before", "after"),
    [
        ("渡船 2024-06-30 上报", dt.date(2024, 6, 30), "渡船", "上报"),
        ("2024/6/3 上报", dt.date(2024, 6, 3), "", "上报"),
        ("渡船2024年6月30日上报", dt.date(2024, 6, 30), "渡船", "上报"),
        ("上报 6月30号", dt.date(2024, 6, 30), "上报", ""),
        ("上报 5月23日", dt.date(2025, 5, 23), "上报", ""),
        ("上报 5月24日", TODAY, "上报", ""),
        ("2月29日 上报", dt.date(2028, 2, 29), "", "上报"),
        ("明天 上报", TODAY + dt.timedelta(days=1), "", "上报"),
    ],
)
def test_days_are_read_as_people_write_them(
    said: str, day: dt.date, before: str, after: str
) -> None:
    assert find_day(said, TODAY) == (day, before, after)


@pytest.mark.parametrize("said", ["2026-02-30 上报", "13月1日 上报", "2月30日", "2024-00-10"])
def test_days_that_do_not_exist_are_told_apart_from_no_day(said: str) -> None:
    with pytest.raises(NoSuchDayError, match=r"\d"):
        find_day(said, TODAY)


@pytest.mark.parametrize("said", ["", "上报", "第3条 上报", "12345-678-9"])
def test_no_day_is_none(said: str) -> None:
    assert find_day(said, TODAY) is None
