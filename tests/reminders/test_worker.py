"""What a chat gets to read and when, in SQLite and in PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.letters import Ambiguous, Blocked, Failed, Flood, Migrated, Outcome, ThreadGone
from bot.quiet import QuietHours
from bot.reminders.scopes import Scope, ScopeKind
from bot.reminders.standing import WishError
from bot.storage import deliveries
from bot.storage.database import Database
from bot.storage.deliveries import State
from knowledge.plan.model import Milestone, TaskKey
from tests.clock import ManualClock
from tests.reminders.office import EVERYTHING, Office, lines, open_office
from tests.reminders.plans import BOOKS_KEY, FERRY_KEY, HARBOUR, LIBRARY, make_plan
from tests.reminders.shop import states

# 2024-04-20 08:00 in Shanghai.
BEGIN = dt.datetime(2024, 4, 20, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
FERRY = Scope(ScopeKind.DEADLINE, FERRY_KEY)


def utc(month: int, day: int, hour: int = 1, minute: int = 0) -> dt.datetime:
    return dt.datetime(2024, month, day, hour, minute, tzinfo=dt.UTC)


@pytest.fixture
async def office(database: Database) -> Office:
    made = open_office(database, ManualClock(BEGIN))
    await made.worker.turn()
    return made


async def test_each_lead_comes_at_its_hour_and_once(office: Office) -> None:
    await office.subscribe(7)
    seen: list[str] = []
    for day in ((5, 1), (5, 24), (5, 30), (5, 31)):
        await office.turns(utc(*day) - dt.timedelta(minutes=1))
        assert len(office.post.accepted) == len(seen)
        await office.turns(utc(*day))
        seen.append(office.post.texts[-1][1])
    assert seen == [f"reminder:{FERRY_KEY}:2024-05-31:{lead}" for lead in (30, 7, 1, 0)]
    assert office.counted == {"sent": 4}


async def test_what_recurs_comes_round_and_what_is_open_never_does(office: Office) -> None:
    await office.subscribe(7)
    await office.turns(dt.datetime(2028, 1, 1, tzinfo=dt.UTC))
    told = [text.split(":")[1:] for _, text in office.post.texts]
    assert told[4:] == [
        [BOOKS_KEY, f"{year}-12-31", lead]
        for year in (2025, 2027)
        for lead in ("30", "7", "1", "0")
    ]


async def test_a_chat_hears_at_its_own_hour_in_its_own_zone(office: Office) -> None:
    london = ZoneInfo("Europe/London")
    await office.desk.set_chat(7, timezone=london, leads=[1], hour=dt.time(10, 30))
    await office.subscribe(7, 8)
    await office.turns(utc(5, 30, 9, 29))
    assert [chat for chat, _ in office.post.texts] == [8, 8, 8]
    await office.turns(utc(5, 30, 9, 30))
    assert office.post.texts[-1] == (7, f"reminder:{FERRY_KEY}:2024-05-31:1")


async def test_a_topic_is_told_in_the_topic(office: Office) -> None:
    await office.subscribe(-5, thread=9)
    await office.turns(utc(5, 1))
    assert [(letter.chat, letter.thread) for letter in office.post.accepted] == [(-5, 9)]


async def test_what_was_missed_while_nothing_ran_comes_as_one_message(office: Office) -> None:
    step = Milestone(HARBOUR, dt.date(2024, 5, 27), "对船员名单")
    office.plans.append((make_plan(milestones=(step,)),))
    await office.worker.turn()
    await office.subscribe(7)
    await office.turns(utc(5, 23))
    del office.post.accepted[:]
    office.tally.counted.clear()
    office.clock.set(utc(5, 28))
    await office.worker.turn()
    key = "port/1.1/+对船员名单"
    assert lines(office.post.texts) == [
        f"7 reminder:{FERRY_KEY}:2024-05-31:7",
        f"7 over:{key}:2024-05-27",
        f"7 over:{key}:2024-05-27",
        "7 merged",
    ]
    assert office.counted == {"sent": 3, "late": 3, "merged": 3}


async def test_what_was_missed_before_the_window_is_let_go_and_counted(office: Office) -> None:
    await office.subscribe(7, 8)
    office.clock.set(utc(5, 23))
    await office.worker.turn()
    assert office.post.texts == []
    assert office.counted == {"withdrawn": 1}
    await office.turns(utc(5, 24))
    assert len(office.post.accepted) == 2


async def test_what_was_made_and_not_sent_before_the_window_is_let_go_too(
    office: Office,
) -> None:
    await office.subscribe(7)
    office.post.down = Failed("no network", passing=True)
    await office.turns(utc(5, 1))
    office.post.down = None
    office.clock.set(utc(5, 9))
    await office.worker.turn()
    assert office.post.texts == []
    assert office.counted == {"withdrawn": 1}


async def test_a_night_of_downtime_is_made_up_for_when_the_quiet_hours_end(
    office: Office,
) -> None:
    await office.subscribe(7)
    office.clock.set(utc(5, 1, 15))  # 23:00 in Shanghai
    await office.worker.turn()
    assert office.post.texts == []
    await office.turns(utc(5, 1, 23, 59))
    assert office.post.texts == []
    await office.turns(utc(5, 2, 0))
    assert office.post.texts == [(7, f"reminder:{FERRY_KEY}:2024-05-31:30\nmerged")]


async def test_quiet_hours_do_not_hold_a_reminder_past_its_day(office: Office) -> None:
    await office.subscribe(7)
    office.clock.set(utc(5, 30, 2))
    await office.worker.turn()
    del office.post.accepted[:]
    office.clock.set(utc(5, 31, 15))  # 23:00 in Shanghai, an hour before the day is over
    await office.worker.turn()
    assert office.post.texts == [(7, f"reminder:{FERRY_KEY}:2024-05-31:0\nmerged")]


async def test_a_day_that_ended_in_the_quiet_hours_is_told_of_in_the_morning(
    office: Office,
) -> None:
    await office.subscribe(7)
    office.clock.set(utc(5, 30, 2))
    await office.worker.turn()
    del office.post.accepted[:]
    office.clock.set(utc(5, 31, 17))
    await office.turns(utc(5, 31, 23, 59))
    assert office.post.texts == []
    await office.turns(utc(6, 1, 0))
    assert office.post.texts == [(7, f"over:{FERRY_KEY}:2024-05-31\nmerged")]


async def test_a_chat_that_blocks_is_paused_with_the_reason_until_it_writes_again(
    office: Office,
) -> None:
    await office.subscribe(7, 8)
    office.post.arranged[7] = [Blocked("bot was blocked by the user")]
    await office.turns(utc(5, 24))
    assert {chat for chat, _ in office.post.texts} == {8}
    assert len([letter for letter in office.post.tried if letter.chat == 7]) == 1
    assert (await office.desk.settings(7)).paused == "bot was blocked by the user"
    await office.turns(utc(5, 27))
    assert await office.desk.welcome_back(7)
    assert not await office.desk.welcome_back(7)
    await office.worker.turn()
    chat, told = office.post.texts[-1]
    # The one of May 1 is behind the window.
    assert (chat, told) == (7, f"reminder:{FERRY_KEY}:2024-05-31:7\npaused\nmerged")
    assert office.counted["withdrawn"] == 1


async def test_a_group_that_moved_is_followed_with_everything(office: Office) -> None:
    await office.subscribe(-5, thread=0)
    office.post.arranged[-5] = [Migrated(-1005)]
    await office.turns(utc(5, 1))
    assert office.post.texts == [(-1005, f"reminder:{FERRY_KEY}:2024-05-31:30")]
    assert [item.scope for item in await office.desk.listed(-1005)] == [EVERYTHING]
    assert await office.desk.listed(-5) == ()
    await office.turns(utc(5, 24))
    assert office.post.texts[-1][0] == -1005


async def test_a_topic_that_is_gone_is_left_for_the_chat_and_that_is_said_once(
    office: Office,
) -> None:
    await office.subscribe(-5, thread=9)
    office.post.arranged[-5] = [ThreadGone()]
    await office.turns(utc(5, 24))
    assert [(letter.thread, letter.html) for letter in office.post.accepted] == [
        (None, f"reminder:{FERRY_KEY}:2024-05-31:30\ntopic_gone"),
        (None, f"reminder:{FERRY_KEY}:2024-05-31:7"),
    ]


async def test_a_chat_that_is_flooded_waits_and_holds_up_nobody(office: Office) -> None:
    await office.subscribe(7, 8, 9)
    office.post.arranged[7] = [Flood(90)]
    await office.turns(utc(5, 1))
    assert [chat for chat, _ in office.post.texts] == [8, 9]
    await office.turns(utc(5, 1, 1, 1))
    assert len(office.post.accepted) == 2
    await office.turns(utc(5, 1, 1, 2))
    assert office.post.texts[-1] == (7, f"reminder:{FERRY_KEY}:2024-05-31:30")


@pytest.mark.parametrize(
    "outcome", [Failed("no network", passing=True), Failed("401 Unauthorized")]
)
async def test_ten_minutes_without_telegram_lose_and_double_nothing(
    office: Office, outcome: Outcome
) -> None:
    await office.subscribe(*range(100, 140))
    office.post.down = outcome
    await office.turns(utc(5, 1, 1, 10))
    assert office.post.accepted == []
    # An outage is felt out with few messages, not with all of them.
    assert len(office.post.tried) < 40
    office.post.down = None
    await office.turns(utc(5, 1, 1, 12))
    assert sorted(chat for chat, _ in office.post.texts) == list(range(100, 140))
    assert office.counted == {"sent": 40}


async def test_a_message_that_telegram_refuses_for_good_is_counted_and_left(
    office: Office,
) -> None:
    await office.subscribe(7, 8)
    office.post.arranged[7] = [Failed("400 Bad Request: can't parse entities")]
    await office.turns(utc(5, 2))
    assert [chat for chat, _ in office.post.texts] == [8]
    assert office.counted == {"sent": 1, "failed": 1}
    assert (await states(office.database))[7] == [State.FAILED]


async def test_a_lost_answer_is_followed_by_one_more_message_that_says_so(
    office: Office,
) -> None:
    await office.subscribe(7)
    office.post.arranged[7] = [Ambiguous("no answer")]
    await office.turns(utc(5, 1, 2))
    assert office.post.texts == [(7, f"reminder:{FERRY_KEY}:2024-05-31:30\ndoubtful")]
    assert office.counted == {"sent": 1, "ambiguous": 1}


async def test_two_lost_answers_are_enough(office: Office) -> None:
    await office.subscribe(7)
    office.post.arranged[7] = [Ambiguous("no answer")] * 2
    await office.turns(utc(5, 2))
    assert len(office.post.tried) == 2
    assert office.post.accepted == []
    assert (await states(office.database))[7] == [State.AMBIGUOUS]


async def test_a_clock_set_back_repeats_nothing(office: Office) -> None:
    await office.subscribe(7)
    await office.turns(utc(5, 24))
    assert len(office.post.accepted) == 2
    office.clock.set(utc(5, 1, 0))
    await office.turns(utc(5, 25))
    assert len(office.post.accepted) == 2


async def test_a_clock_set_forward_and_back_loses_nothing_of_who_comes_meanwhile(
    office: Office,
) -> None:
    await office.subscribe(7)
    office.clock.set(utc(5, 24, 2))
    await office.worker.turn()
    office.clock.set(utc(5, 23))
    await office.subscribe(8)
    await office.turns(utc(5, 24))
    assert [chat for chat, _ in office.post.texts] == [7, 8]


async def test_a_paused_subscription_yields_nothing_until_it_goes_on(office: Office) -> None:
    await office.subscribe(7)
    (item,) = await office.desk.listed(7)
    assert item.next_due == utc(5, 1)
    paused = await office.desk.pause(7, item.subscription.id)
    assert paused.next_due is None
    await office.turns(utc(5, 24))
    assert office.post.texts == []
    assert (await office.desk.resume(7, item.subscription.id)).next_due == utc(5, 30)
    await office.turns(utc(5, 30))
    assert len(office.post.accepted) == 1


async def test_what_is_done_is_not_reminded_of_again_in_that_chat(office: Office) -> None:
    await office.subscribe(-5, 8)
    await office.turns(utc(5, 1))
    (mine, theirs) = [1, 2]
    found, new = await office.presses.complete(-5, mine, user=50)
    assert (found.subject.key, new) == (FERRY_KEY, True)
    assert not (await office.presses.complete(-5, mine, user=51))[1]
    assert (await office.desk.listed(-5))[0].next_due == dt.datetime(2025, 12, 1, 1, tzinfo=dt.UTC)
    await office.turns(utc(5, 31))
    assert [chat for chat, _ in office.post.texts] == [-5, 8, 8, 8, 8]
    await office.presses.reopen(-5, mine)
    assert (await office.presses.complete(-5, mine, user=51))[1]
    assert theirs


async def test_a_snooze_comes_once_more_and_leaves_the_schedule_alone(office: Office) -> None:
    await office.subscribe(7)
    await office.turns(utc(5, 1))
    # Also in the quiet hours: someone asked for it.
    await office.presses.snooze(7, 1, utc(5, 1, 16))
    await office.presses.snooze(7, 1, utc(5, 1, 15))
    await office.turns(utc(5, 24))
    assert [text for _, text in office.post.texts] == [
        f"reminder:{FERRY_KEY}:2024-05-31:30",
        f"snooze:{FERRY_KEY}:2024-05-31:30",
        f"reminder:{FERRY_KEY}:2024-05-31:7",
    ]


async def test_what_ends_leaves_nothing_waiting_but_what_others_cover(office: Office) -> None:
    await office.subscribe(7)
    await office.subscribe(7, scope=FERRY)
    office.post.arranged[7] = [Flood(3600)]
    await office.turns(utc(5, 1))
    everything, ferry = await office.desk.listed(7)
    await office.desk.end(7, everything.subscription.id)
    assert await states(office.database) == {7: [State.DUE]}
    await office.desk.end(7, ferry.subscription.id)
    assert await states(office.database) == {7: [State.WITHDRAWN]}


async def test_an_hour_moved_back_to_before_now_does_not_skip_the_reminder(
    office: Office,
) -> None:
    await office.subscribe(7)
    (item,) = await office.desk.listed(7)
    number = item.subscription.id
    await office.desk.set_hour(7, number, dt.time(20))
    await office.turns(utc(5, 1, 3))
    assert office.post.texts == []
    assert (await office.desk.set_hour(7, number, dt.time(10))).next_due == utc(5, 24, 2)
    await office.worker.turn()
    assert office.post.texts == [(7, f"reminder:{FERRY_KEY}:2024-05-31:30")]
    await office.desk.set_hour(7, number, dt.time(21))
    await office.turns(utc(5, 2))
    assert len(office.post.accepted) == 1


async def test_the_leads_of_a_subscription_can_be_changed_and_go_back_to_the_chats(
    office: Office,
) -> None:
    await office.subscribe(7)
    (item,) = await office.desk.listed(7)
    number = item.subscription.id
    assert (await office.desk.set_leads(7, number, [3, 14, 3])).rule.leads == (14, 3)
    assert (await office.desk.find(7, number)).next_due == utc(5, 17)
    await office.desk.set_chat(7, leads=[2])
    assert (await office.desk.find(7, number)).next_due == utc(5, 17)
    assert (await office.desk.set_leads(7, number, None)).next_due == utc(5, 29)


async def test_what_a_chat_chose_holds_for_what_it_subscribes_to_later(office: Office) -> None:
    await office.desk.set_chat(7, leads=[14, 2], hour=dt.time(18))
    await office.subscribe(7, 8)
    mine, theirs = [(await office.desk.listed(chat))[0] for chat in (7, 8)]
    assert (mine.rule.leads, mine.rule.hour) == ((14, 2), dt.time(18))
    assert (theirs.rule.leads, theirs.rule.hour) == ((30, 7, 1, 0), dt.time(9))
    await office.turns(utc(6, 2))
    told = [text for chat, text in office.post.texts if chat == 7]
    assert told == [f"reminder:{FERRY_KEY}:2024-05-31:{lead}" for lead in (14, 2)]
    await office.desk.set_chat(7, leads=None, hour=None)
    (back,) = await office.desk.listed(7)
    assert (back.rule.leads, back.rule.hour) == ((30, 7, 1, 0), dt.time(9))


async def test_a_subscription_with_a_choice_of_its_own_can_follow_the_chat_again(
    office: Office,
) -> None:
    await office.desk.set_chat(7, leads=[2], hour=dt.time(18))
    await office.subscribe(7)
    (item,) = await office.desk.listed(7)
    await office.desk.set_leads(7, item.id, [3])
    assert (await office.desk.set_hour(7, item.id, dt.time(10))).next_due == utc(5, 28, 2)
    assert (await office.desk.follow_chat(7, item.id)).next_due == utc(5, 29, 10)


@pytest.mark.parametrize(
    ("leads", "name"), [([], "no_leads"), ([366], "bad_leads"), (range(9), "bad_leads")]
)
async def test_days_before_that_make_no_sense_change_nothing(
    office: Office, leads: Iterable[int], name: str
) -> None:
    await office.subscribe(7)
    (item,) = await office.desk.listed(7)
    with pytest.raises(WishError, match=name):
        await office.desk.set_chat(7, leads=leads)
    with pytest.raises(WishError, match=name):
        await office.desk.set_leads(7, item.id, leads)
    assert await office.desk.listed(7) == (item,)


async def test_own_deadlines_are_reminded_of_changed_and_ended(office: Office) -> None:
    day = dt.date(2024, 6, 30)
    item = await office.own.add(7, 3, "渡船计划", day, "上报岗位数")
    assert item.next_due == utc(5, 31)
    await office.own.change(7, int(item.scope.target), day + DAY, "上报船员数")
    assert (await office.desk.find(7, item.subscription.id)).next_due == utc(6, 1)
    await office.turns(utc(6, 1))
    assert office.post.texts == [(7, "reminder:own/1:2024-07-01:30")]
    await office.desk.end(7, item.subscription.id)
    await office.turns(utc(7, 1))
    assert len(office.post.accepted) == 1
    async with office.database.read() as connection:
        assert (await connection.scalar(text("SELECT count(*) FROM own_deadlines"))) == 0


async def test_overviews_list_what_the_chat_subscribed_to(office: Office) -> None:
    await office.subscribe(7, scope=Scope(ScopeKind.WEEKLY))
    await office.subscribe(8, scope=Scope(ScopeKind.MONTHLY))
    await office.subscribe(8, scope=Scope.of_task("port", LIBRARY))
    await office.turns(utc(5, 27))
    assert office.post.texts[-1] == (
        7,
        f"digest:digest/weekly:2024-05-27:0\nsoon:{FERRY_KEY}:2024-05-31",
    )
    assert (8, "digest:digest/monthly:2024-05-01:0") in office.post.texts


async def test_quiet_hours_of_the_chat_hold_and_none_do_not(office: Office) -> None:
    await office.desk.set_chat(7, quiet=QuietHours.none(), hour=dt.time(3))
    await office.desk.set_chat(8, hour=dt.time(3))
    await office.subscribe(7, 8)
    await office.turns(utc(5, 1, 0) - dt.timedelta(minutes=1))
    assert [chat for chat, _ in office.post.texts] == [7]
    await office.turns(utc(5, 1, 0))
    assert [chat for chat, _ in office.post.texts] == [7, 8]


# When the plan is loaded again


async def reload(office: Office, **changed: object) -> None:
    office.plans.append((make_plan(**changed),))  # type: ignore[arg-type]
    await office.worker.turn()


async def test_a_deadline_that_moved_is_corrected_once_and_reminded_of_anew(
    office: Office,
) -> None:
    await office.subscribe(7)
    await office.subscribe(8, scope=FERRY)
    await office.subscribe(9, scope=Scope.of_task("port", LIBRARY))
    office.post.arranged[7] = [Flood(3600)]
    await office.turns(utc(5, 1))
    del office.post.accepted[:]
    await reload(office, harbour_date=dt.date(2024, 7, 15))
    await reload(office, harbour_date=dt.date(2024, 7, 15))
    told = f"correction:{FERRY_KEY}:2024-07-15:-45"
    await office.turns(utc(5, 1, 2))
    assert sorted(office.post.texts) == [(7, told), (8, told)]
    await office.turns(utc(6, 15))
    assert office.post.texts[2:] == [
        (7, f"reminder:{FERRY_KEY}:2024-07-15:30"),
        (8, f"reminder:{FERRY_KEY}:2024-07-15:30"),
    ]


async def test_a_deadline_that_moves_to_and_fro_is_corrected_each_time(office: Office) -> None:
    await office.subscribe(7)
    for day in (15, 16, 15):
        await reload(office, harbour_date=dt.date(2024, 7, day))
    assert [text for _, text in office.post.texts] == [
        f"correction:{FERRY_KEY}:2024-07-15:-45",
        f"correction:{FERRY_KEY}:2024-07-16:-1",
        f"correction:{FERRY_KEY}:2024-07-15:1",
    ]


async def test_subscriptions_follow_a_deadline_to_its_new_words(office: Office) -> None:
    await office.subscribe(8, scope=FERRY)
    await reload(office, harbour_time="今年8月前", harbour_date=dt.date(2024, 7, 31))
    (item,) = await office.desk.listed(8)
    assert item.scope.target == "port/1.1/今年8月前"
    assert office.post.texts == [(8, "correction:port/1.1/今年8月前:2024-07-31:-61")]
    await office.turns(utc(7, 1))
    assert office.post.texts[-1] == (8, "reminder:port/1.1/今年8月前:2024-07-31:30")


async def test_other_words_for_the_same_day_are_no_news(office: Office) -> None:
    await office.subscribe(7)
    await office.subscribe(8, scope=FERRY)
    office.post.arranged[7] = [Flood(3600)]
    await office.turns(utc(5, 1))
    await reload(office, harbour_time="5月底前")
    await office.turns(utc(5, 24))
    assert [text for chat, text in office.post.texts if chat == 7] == [
        "reminder:port/1.1/5月底前:2024-05-31:30",
        "reminder:port/1.1/5月底前:2024-05-31:7",
    ]
    assert len(office.post.accepted) == 4


async def test_a_deadline_that_vanished_is_told_of_and_its_subscriptions_stay(
    office: Office,
) -> None:
    await office.subscribe(8, scope=FERRY)
    plan = make_plan()
    office.plans.append((replace(plan, deadlines=plan.deadlines[1:]),))
    await office.worker.turn()
    assert office.post.texts == [(8, f"correction:{FERRY_KEY}:2024-05-31:0")]
    (item,) = await office.desk.listed(8)
    assert (item.scope, item.duties, item.next_due) == (FERRY, (), None)


async def test_what_was_done_stays_done_on_its_new_day(office: Office) -> None:
    await office.subscribe(7)
    await office.turns(utc(5, 1))
    await office.presses.complete(7, 1, user=7)
    await reload(office, harbour_date=dt.date(2024, 7, 15))
    await office.turns(utc(7, 15))
    assert len(office.post.accepted) == 1


async def test_a_change_of_what_is_past_is_no_news(office: Office) -> None:
    await office.subscribe(7)
    office.clock.set(utc(9, 1))
    await office.worker.turn()
    del office.post.accepted[:]
    await reload(office, harbour_date=dt.date(2024, 6, 30))
    assert office.post.texts == []


async def test_a_plan_that_is_loaded_after_a_downtime_does_not_swallow_what_was_missed(
    office: Office, database: Database
) -> None:
    await office.subscribe(7)
    later = open_office(
        database, ManualClock(utc(5, 1, 5)), plans=[make_plan(harbour_date=dt.date(2024, 6, 1))]
    )
    await later.worker.turn()
    assert later.post.texts == [(7, f"correction:{FERRY_KEY}:2024-06-01:-1")]
    again = open_office(database, ManualClock(utc(5, 3, 5)), plans=later.plans[-1])
    await again.worker.turn()
    assert again.post.texts == [(7, f"reminder:{FERRY_KEY}:2024-06-01:30\nmerged")]


async def test_a_new_milestone_of_the_keeper_is_reminded_of(office: Office) -> None:
    await office.subscribe(7)
    step = Milestone(TaskKey(2, 1), dt.date(2024, 4, 28), "订书")
    await reload(office, milestones=(step,))
    await office.turns(utc(4, 21))
    assert office.post.texts == [(7, "reminder:port/2.1/+订书:2024-04-28:7")]


async def test_a_chat_that_never_comes_back_leaves_nothing_open(office: Office) -> None:
    await office.subscribe(7)
    office.post.arranged[7] = [Blocked("bot was blocked by the user")]
    await office.turns(utc(5, 1))
    await office.turns(utc(5, 9))
    async with office.database.read() as connection:
        assert await deliveries.counts(connection) == {State.WITHDRAWN: 1}
    assert office.counted == {"withdrawn": 1}
