"""Reminders as people meet them in Telegram, from two taps to the buttons under a reminder."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from icalendar import Calendar

from bot.app import PlanBot, deliver_reminders
from bot.storage import schedules, subscriptions
from handlers.buttons import plan_tag
from tests.botapi import BotApi, Person, Role, SentMessage, blocked
from tests.clock import ManualClock
from tests.telegram.running import NOW, Setup, running

# 2031-03-03 10:00 in Shanghai; the plan's days are 30 June, 30 September and 31 December 2031.
DAY = dt.timedelta(days=1)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


# Those who sleep when there is nothing to do: two of the intake, and the reminders' worker.
_AT_REST = 3


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
async def bot(api: BotApi, tmp_path: Path, clock: ManualClock) -> AsyncIterator[PlanBot]:
    setup = Setup(clock=clock, workers=(deliver_reminders,))
    async with running(api, tmp_path, setup) as made:
        yield made


async def subscribed(api: BotApi, person: Person, what: str = "/subscribe 全部") -> SentMessage:
    return await api.reply_to(person.says(what))


async def reminder(api: BotApi, clock: ManualClock, now: dt.datetime) -> SentMessage:
    """Move the clock and return the message that comes of it."""
    before = len(api.sent)
    # Whoever is at work while the clock jumps would sleep from there, and find nothing due before.
    await clock.asleep(_AT_REST)
    clock.set(now)
    await api.wait_for(before + 1)
    return api.sent[before]


def utc(month: int, day: int, hour: int = 1) -> dt.datetime:
    return dt.datetime(2031, month, day, hour, tzinfo=dt.UTC)


async def test_two_taps_under_an_answer_subscribe(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("书香驿站什么时候建成"))
    offers = await api.reply_to(person.presses(answer, "订阅提醒"))
    assert offers.labels == [
        "项目:书香驿站",
        "第1条:推进阅读推广",
        "这一部分:办好书香活动",
        "整份计划",
    ]
    press = person.presses(offers, "第1条:推进阅读推广")
    await api.answered(press)
    await api.wait_for(lambda: "已订阅:第1条 推进阅读推广" in offers.text)
    assert "下一次提醒:2031年5月31日(周六) 09:00" in offers.text
    assert offers.labels == ["管理"]
    told = await reminder(api, clock, utc(5, 31))
    assert told.content.parts("bold") == ["还有30天", "推进阅读推广"]
    assert told.content.parts("blockquote") == ["6月底前建成35个“书香驿站”。"]
    assert "2031年6月30日(周一) 30天后" in told.text
    assert "原文:6月底前;按6月30日提醒" in told.text
    assert told.labels == ["已完成", "稍后1小时", "明天再提醒", "看原文"]
    (time,) = [e for e in told.content.entities if e.type == "date_time"]
    assert time.unix_time == int(utc(6, 30, 15).timestamp()) + 59 * 60
    original = await api.reply_to(person.presses(told, "看原文"))
    assert "1.推进阅读推广。“晨读计划”组织不少于1200场读书会。" in original.text


async def test_what_stands_behind_the_command_is_found(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    menu = await subscribed(api, person, "/subscribe")
    assert "整份计划" in menu.labels
    assert "这一部分:完善服务保障" in menu.labels
    assert "每周一的一周概览" in menu.labels
    assert "项目:云川文库" in (await subscribed(api, person, "/subscribe 云川文库")).labels
    assert "第6条:加强安全管理" in (await subscribed(api, person, "/subscribe 第6条")).labels
    assert "每季度" in str((await subscribed(api, person, "/subscribe 6")).labels)
    missing = await subscribed(api, person, "/subscribe 食堂菜单")
    assert "没有找到“食堂菜单”" in missing.text
    program = await subscribed(api, person, "/subscribe 云川文库")
    person.presses(program, "项目:云川文库")
    await api.wait_for(lambda: "已订阅:项目 云川文库" in program.text)


async def test_past_days_and_open_ones_are_said_instead_of_pretended(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    person = api.person()
    clock.set(utc(7, 5))
    offers = await subscribed(api, person, "/subscribe 第1条")
    press = person.presses(offers, "第1条:推进阅读推广")
    await api.answered(press)
    assert press.answer is not None
    assert "没有订阅:这里的期限都已经过去了(最后一个是2031年6月30日(周一))" in press.answer.text
    everything = await subscribed(api, person)
    assert "其中已经过去、不会再提醒的:6月底前(2031-06-30)" in everything.text
    offers = await subscribed(api, person, "/subscribe 第3条")
    assert offers.text.startswith("“第3条”没有写明期限,没法按它提醒。")
    assert offers.labels == ["这一部分:繁荣青年创作", "整份计划"]
    press = person.presses_stale(offers, f"1:sub:t:{plan_tag('yunchuan-2031')}:2:3")
    await api.answered(press)
    assert press.answer is not None
    assert "没有写明任何期限" in press.answer.text


async def test_subscriptions_are_listed_changed_paused_and_ended(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    await subscribed(api, person)
    listed = await api.reply_to(person.says("/subscriptions"))
    assert "1. 全部期限" in listed.text
    assert "时区Asia/Shanghai,免打扰22:00-08:00" in listed.text
    assert re.search(r"下一次提醒:2031年3月\d+日", listed.text)

    async def press(label: str, shows: str) -> None:
        person.presses(listed, label)
        await api.wait_for(lambda: shows in listed.text + "".join(listed.labels))

    await press("1 管理", "提前30、7、1天和当天 09:00")
    await press("✓ 提前30天", "提前7、1天和当天 09:00")
    await press("提前14天", "提前14、7、1天和当天")
    await press("18:00", "✓ 18:00")
    await press("跟随默认", "提前30、7、1天和当天 09:00")
    assert "跟随默认" not in listed.labels
    await press("暂停", "已暂停")
    await press("恢复", "下一次提醒")
    await press("退订", "已退订:全部期限")
    await press("‹ 返回", "还没有订阅")


async def test_a_chat_has_days_before_and_an_hour_of_its_own(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    listed = await api.reply_to(person.says("/subscriptions"))

    async def press(label: str, shows: str) -> None:
        person.presses(listed, label)
        await api.wait_for(lambda: shows in listed.text + "".join(listed.labels))

    await press("默认提前与时间", "默认:提前30、7、1天和当天 09:00 提醒。")
    await press("提前3天", "默认:提前30、7、3、1天和当天 09:00 提醒。")
    for days in (30, 7, 1):
        await press(f"✓ 提前{days}天", "✓ 当天")
    await press("✓ 当天", "默认:提前3天 09:00 提醒。")
    await press("20:00", "默认:提前3天 20:00 提醒。")
    assert "默认提前3天 20:00发" in (await subscribed(api, person, "/subscribe")).text
    offers = await subscribed(api, person, "/subscribe 第1条")
    person.presses(offers, "第1条:推进阅读推广")
    await api.wait_for(lambda: "下一次提醒:2031年6月27日(周五) 20:00" in offers.text)
    last = person.presses(listed, "✓ 提前3天")
    await api.answered(last)
    assert last.answer is not None
    assert "至少要留一个" in last.answer.text
    await press("恢复原来的默认", "默认:提前30、7、1天和当天 09:00 提醒。")
    await press("‹ 返回", "下一次提醒:2031年5月31日(周六) 09:00")


async def test_only_administrators_change_the_defaults_of_a_group(
    api: BotApi, bot: PlanBot
) -> None:
    boss, member = api.person(), api.person()
    group = api.supergroup(members=[member], admins=[boss])
    listed = await api.reply_to(member.says("/subscriptions", chat=group))
    for data in ("1:subs:c", "1:subs:cl:3", "1:subs:ch:20", "1:subs:cr", "1:subs:f:1"):
        press = member.presses_stale(listed, data)
        await api.answered(press)
        assert press.answer is not None
        assert press.answer.text == "群里的订阅由群管理员管理。"
    boss.presses(listed, "默认提前与时间")
    await api.wait_for(lambda: "✓ 提前30天" in listed.labels)
    boss.presses(listed, "12:00")
    await api.wait_for(lambda: "和当天 12:00 提醒" in listed.text)
    for data in ("1:subs:cl:x", "1:subs:ch:99", "1:subs:cl:400"):
        press = boss.presses_stale(listed, data)
        await api.answered(press)
        assert press.answer is not None
        assert press.answer.alert
    settings = await bot.services.reminders.desk.settings(group.id)
    assert (settings.leads, settings.hour) == ((30, 7, 1, 0), dt.time(12))


async def test_a_subscription_of_someone_else_is_refused(api: BotApi, bot: PlanBot) -> None:
    owner, other = api.person(), api.person()
    await subscribed(api, owner)
    listed = await api.reply_to(owner.says("/subscriptions"))
    data = listed.button("1 管理").data
    assert data is not None
    theirs = await api.reply_to(other.says("/subscriptions"))
    for stale in (data, data.replace(":v:", ":x:"), "1:subs:x:" + "9" * 30, "1:subs:l:x:y"):
        press = other.presses_stale(theirs, stale)
        await api.answered(press)
        assert press.answer is not None
        assert press.answer.alert
    assert len(await bot.services.reminders.desk.listed(owner.id)) == 1


async def test_done_ends_a_deadline_and_says_who_in_a_group(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    boss, member = api.person("组长"), api.person("小林")
    group = api.supergroup(topics=["项目"], members=[member], admins=[boss])
    offers = await api.reply_to(boss.says("/subscribe 第2条", chat=group, topic="项目"))
    boss.presses(offers, "第2条:整理地方文献")
    await api.wait_for(lambda: "已订阅" in offers.text)
    told = await reminder(api, clock, utc(8, 31))
    assert told.thread_id == group.topic("项目")
    assert "云川文库" in told.text
    member.presses(told, "已完成")
    await api.wait_for(lambda: "✅ 整理地方文献:已完成(小林)" in told.text)
    assert "已完成" not in told.labels
    again = member.presses(told, "撤销完成")
    await api.answered(again)
    await api.wait_for(lambda: "已撤销完成" in told.text)


async def test_only_administrators_change_what_a_group_is_reminded_of(
    api: BotApi, bot: PlanBot
) -> None:
    boss, member = api.person(), api.person()
    group = api.group(members=[member], admins=[boss])
    refused = await api.reply_to(member.says("/subscribe 全部", chat=group))
    assert refused.text == "群里的订阅由群管理员管理。"
    assert "已订阅" in (await api.reply_to(boss.says("/subscribe 全部", chat=group))).text
    listed = await api.reply_to(member.says("/subscriptions", chat=group))
    press = member.presses(listed, "1 管理")
    await api.answered(press)
    assert press.answer is not None
    assert press.answer.text == "群里的订阅由群管理员管理。"
    api.fail_next(blocked(), method="getChatMember")
    unknown = await api.reply_to(boss.says("/quiet off", chat=group))
    assert "查不到" in unknown.text


async def test_later_and_tomorrow_remind_once_more(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    person = api.person()
    offers = await subscribed(api, person, "/subscribe 第2条")
    person.presses(offers, "第2条:整理地方文献")
    await api.wait_for(lambda: "已订阅" in offers.text)
    told = await reminder(api, clock, utc(8, 31))
    press = person.presses(told, "稍后1小时")
    await api.answered(press)
    assert press.answer is not None
    assert press.answer.text == "好,2031年8月31日(周日) 10:00再提醒"
    again = await reminder(api, clock, utc(8, 31, 2))
    assert again.content.parts("bold")[0] == "您要求再提醒一次"
    press = person.presses(again, "明天再提醒")
    await api.answered(press)
    third = await reminder(api, clock, utc(9, 1))
    assert third.content.parts("bold")[0] == "您要求再提醒一次"


async def test_what_was_missed_comes_as_one_message_with_a_button_for_each(
    api: BotApi, tmp_path: Path
) -> None:
    person = api.person()
    clock = ManualClock(NOW)
    async with running(api, tmp_path, Setup(clock=clock, workers=(deliver_reminders,))):
        await subscribed(api, person)
        for day, what in ((9, "去年的事"), (20, "写总结"), (25, "报名单")):
            await api.reply_to(person.says(f"/remind 2031-03-{day:02} {what}"))
    clock.set(utc(3, 13, 2))
    before = len(api.sent)
    async with running(api, tmp_path, Setup(clock=clock, workers=(deliver_reminders,))):
        await api.wait_for(before + 1)
        told = api.sent[before]
        assert told.text.splitlines()[0] == "停机期间错过的提醒(1条)"
        assert "写总结" in told.text
        assert told.text.splitlines()[-1] == "已过期:去年的事(3月9日)"


async def test_own_deadlines_are_set_changed_and_ended(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    person = api.person()
    made = await api.reply_to(person.says("/remind 云川文库 2031-06-30 上报岗位数"))
    assert "已记下:2031年6月30日(周一) 上报岗位数\n归在:云川文库" in made.text
    assert "下一次提醒:2031年5月31日" in made.text
    strange = await api.reply_to(person.says("/remind 食堂 6月20日 订餐"))
    assert "计划里没有“食堂”,按您写的记下。" in strange.text
    listed = await api.reply_to(person.says("/subscriptions"))
    assert "自设期限 6月30日 云川文库:上报岗位数" in listed.text
    changed = await api.reply_to(person.says("/remind #1 2031年7月1日 上报"))
    assert changed.text == "已改为:2031年7月1日(周二) 上报"
    told = await reminder(api, clock, utc(6, 1))
    assert "这是本聊天自己设的期限" in told.text
    assert "看原文" not in told.labels
    clock.set(utc(7, 2, 0))
    listed = await api.reply_to(person.says("/subscriptions"))
    assert "已经过去(2031年7月1日(周二)),不再提醒" in listed.text


async def test_an_own_deadline_about_nothing_says_its_words_once(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    person = api.person()
    await api.reply_to(person.says("/remind 3月20日 写总结"))
    told = await reminder(api, clock, utc(3, 13))
    assert told.text.splitlines() == [
        "还有7天", "写总结", "2031年3月20日(周四) 7天后", "这是本聊天自己设的期限",
    ]  # fmt: skip
    overview = await api.reply_to(person.says("/subscribe 每周"))
    assert "已订阅:每周概览" in overview.text
    told = await reminder(api, clock, utc(3, 17))
    assert told.text == "未来7天的期限\n2031年3月20日(周四) 写总结"


async def test_a_deadline_whose_times_to_remind_have_passed_says_so(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    person = api.person()
    # Ten in the morning, and reminders come at nine.
    made = await api.reply_to(person.says("/remind 今天 写总结"))
    assert "提醒的时间都已经过了,不会再提醒;可以点“管理”换个时间" in made.text
    person.presses(made, "管理")
    await api.wait_for(lambda: "12:00" in made.labels)
    person.presses(made, "12:00")
    await api.wait_for(lambda: "下一次提醒:2031年3月3日(周一) 12:00" in made.text)
    assert "今天到期" in (await reminder(api, clock, utc(3, 3, 4))).text
    person.presses(made, "08:00")
    await api.wait_for(lambda: "提醒的时间都已经过了" in made.text)


async def test_a_button_of_a_list_keeps_its_number_when_it_is_taken_back(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    person = api.person()
    for words in ("写总结", "交名单"):
        await api.reply_to(person.says(f"/remind 3月20日 {words}"))
    told = await reminder(api, clock, utc(3, 13))
    assert told.labels[:2] == ["1 已完成", "2 已完成"]
    person.presses(told, "2 已完成")
    await api.wait_for(lambda: "✅ 交名单:已完成" in told.text)
    assert told.labels[:2] == ["1 已完成", "2 撤销完成"]
    person.presses(told, "2 撤销完成")
    await api.wait_for(lambda: told.labels[:2] == ["1 已完成", "2 已完成"])


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/remind", "请写成:/remind 项目或第几条 日期 要做的事"),
        ("/remind 上报 没有日期", "请写成"),
        ("/remind 2031-02-30 上报", "没有“2031-02-30”这一天"),
        ("/remind 上报 2月30日", "没有“2月30日”这一天"),
        ("/remind 2031-03-02 上报", "2031年3月2日(周日)已经过去了"),
        ("/remind 2051-03-02 上报", "太远了"),
        (f"/remind 2031-06-30 {'长' * 300}", "内容太长了"),
        ("/remind #99 2031-06-30 上报", "没有编号为99的自设期限"),
        ("/timezone 火星/基地", "没有叫“火星/基地”的时区"),
        ("/timezone Asia/Shangai", "(是不是Asia/Shanghai?)"),
        ("/timezone ../../etc/passwd", "没有叫"),
        ("/quiet 25:00-08:00", "没有读懂“25:00-08:00”"),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    api: BotApi, bot: PlanBot, said: str, answer: str
) -> None:
    person = api.person()
    assert answer in (await api.reply_to(person.says(said))).text
    desk = bot.services.reminders.desk
    assert await desk.listed(person.id) == ()
    assert (await desk.settings(person.id)).timezone.key == "Asia/Shanghai"


async def test_zone_and_quiet_hours_are_chosen_per_chat(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    assert "Asia/Shanghai" in (await api.reply_to(person.says("/timezone"))).text
    changed = await api.reply_to(person.says("/timezone europe/london"))
    assert "时区已改为Europe/London,现在是2031年3月3日(周一) 02:00" in changed.text
    assert "Asia/Shanghai" in (await api.reply_to(person.says("/timezone 北京时间"))).text
    offered = await api.reply_to(person.sends_location(43.8, 87.6))
    assert offered.labels == ["UTC+6", "北京时间"]
    person.presses(offered, "UTC+6")
    await api.wait_for(lambda: "现在是2031年3月3日(周一) 08:00" in offered.text)
    assert "22:00-08:00" in (await api.reply_to(person.says("/quiet"))).text
    assert "关闭" in (await api.reply_to(person.says("/quiet off"))).text
    assert "21:30-07:00" in (await api.reply_to(person.says("/quiet 21:30-7"))).text
    assert "22:00-08:00" in (await api.reply_to(person.says("/quiet 22-8"))).text
    assert "关闭" in (await api.reply_to(person.says("/quiet 关闭"))).text
    assert "23:00-07:30" in (await api.reply_to(person.says("/quiet 23:00—7:30"))).text


async def test_overviews_are_switched_on_and_off(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    person = api.person()
    menu = await api.reply_to(person.says("/digest"))
    person.presses(menu, "每周一的一周概览")
    await api.wait_for(lambda: "✓ 每周一的一周概览" in menu.labels)
    told = await reminder(api, clock, utc(6, 30))
    assert told.content.parts("bold") == ["未来7天的期限"]
    assert "2031年6月30日(周一) 推进阅读推广:6月底前" in told.text
    person.presses(menu, "✓ 每周一的一周概览")
    await api.wait_for(lambda: "每周一的一周概览" in menu.labels)


async def test_a_chat_that_was_blocked_goes_on_when_it_writes(
    api: BotApi, bot: PlanBot, clock: ManualClock
) -> None:
    person = api.person()
    await subscribed(api, person, "/remind 2031-03-10 报名单")
    person.changes_bot(person.private, Role.KICKED)
    await api.taken()
    clock.set(utc(3, 9))
    await paused(bot, person, yes=True)
    person.changes_bot(person.private, Role.MEMBER)
    await paused(bot, person, yes=False)
    told = await reminder(api, clock, utc(3, 9) + dt.timedelta(minutes=1))
    assert "报名单" in told.text


async def paused(bot: PlanBot, person: Person, *, yes: bool) -> None:
    """Wait until the chat is paused, or is not."""
    async with asyncio.timeout(5):
        while True:
            settings = await bot.services.reminders.desk.settings(person.id)
            if (settings.paused is not None) == yes:
                return
            await asyncio.sleep(0.01)


def calendar_in(message: SentMessage) -> Calendar:
    assert message.file is not None
    found = Calendar.from_ical(message.file.content)
    assert isinstance(found, Calendar)
    return found


async def test_the_calendar_holds_what_is_subscribed_with_alarms_at_the_leads(
    api: BotApi, bot: PlanBot
) -> None:
    person = api.person()
    everything = await api.reply_to(person.says("/calendar"))
    count = len(calendar_in(everything).walk("VEVENT"))
    assert count > 2
    offers = await subscribed(api, person, "/subscribe 第2条")
    person.presses(offers, "第2条:整理地方文献")
    await api.wait_for(lambda: "已订阅" in offers.text)
    await api.reply_to(person.says("/remind 2031-06-30 上报"))
    file = await api.reply_to(person.says("/calendar"))
    events = calendar_in(file).walk("VEVENT")
    assert [str(event["summary"]) for event in events][-1] == "上报"
    assert len(events) == 2
    leads = [alarm.decoded("trigger") for alarm in events[0].walk("VALARM")]
    hours = dt.timedelta(hours=9)
    assert leads == [hours - lead * DAY for lead in (30, 7, 1, 0)]
    again = await api.reply_to(person.says("/calendar"))
    assert again.file is not None
    assert file.file is not None
    assert again.file.content == file.file.content


async def test_in_webhook_mode_the_calendar_has_an_address_that_can_be_renewed(
    api: BotApi, tmp_path: Path
) -> None:
    async with running(api, tmp_path, Setup(mode="webhook")):
        person = api.person()
        person.says("/calendar")
        await api.wait_for(2)
        told = api.sent[1]
        (first,) = told.content.parts("code")
        async with aiohttp.ClientSession() as session:
            async with session.get(first) as answer:
                assert answer.status == 200
                assert answer.content_type == "text/calendar"
                assert (await answer.read()).startswith(b"BEGIN:VCALENDAR")
            person.presses(told, "换一个地址")
            await api.wait_for(lambda: told.content.parts("code") != [first])
            (second,) = told.content.parts("code")
            for address, status in ((first, 404), (second, 200)):
                async with session.get(address) as answer:
                    assert answer.status == status


async def test_a_thousand_subscriptions_are_the_most(api: BotApi, bot: PlanBot) -> None:
    person = api.person()
    async with bot.services.database.write() as connection:
        schedule = await schedules.keep(connection, "p", None)
        for number in range(1000):
            await subscriptions.add(
                connection, person.id, number + 1, "everything:", schedule, NOW
            )
    refused = await subscribed(api, person)
    assert "每个聊天最多1000项订阅" in refused.text
    assert len(await bot.services.reminders.desk.listed(person.id)) == 1000
