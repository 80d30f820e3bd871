from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar, Component

from bot.calendar import Item, calendar_file, deadline_calendar, plan_items
from knowledge.plan.model import Deadline, DeadlineKind, Milestone, Plan, TaskKey
from tests.bot.conftest import Planbot


def entries(data: bytes) -> dict[str, Component]:
    """The events and to-dos of a calendar by what they are about."""
    found = Calendar.from_ical(data).walk("VEVENT") + Calendar.from_ical(data).walk("VTODO")
    return {str(entry["summary"]): entry for entry in found}


def rule_of(entry: Component) -> str:
    (line,) = [line for line in entry.content_lines() if line.startswith("RRULE:")]
    return str(line).removeprefix("RRULE:")


def test_a_day_becomes_an_all_day_event_on_it(library: Plan) -> None:
    event = entries(deadline_calendar([library]))["今年9月前完成全部书屋选址"]
    assert event.name == "VEVENT"
    assert event.decoded("dtstart") == dt.date(2024, 8, 31)
    assert event.decoded("dtend") == dt.date(2024, 9, 1)
    assert str(event["description"]).split("\n") == [
        "今年9月前完成全部书屋选址",
        "河湾县图书馆2024年工作计划,一、办好阅读服务,第1条 扩大阅读覆盖",
        "原文:“今年9月前”,按2024年8月31日理解",
    ]


def test_a_recurring_duty_falls_on_the_last_day_of_each_period(library: Plan) -> None:
    found = entries(deadline_calendar([library]))
    training = found["馆员每2年轮训1遍"]
    assert training.decoded("dtstart") == dt.date(2025, 12, 31)
    assert rule_of(training) == "FREQ=YEARLY;INTERVAL=2"
    review = found["每月集中开展业务评议工作"]
    assert review.decoded("dtstart") == dt.date(2024, 1, 31)
    assert rule_of(review) == "FREQ=MONTHLY;BYMONTHDAY=-1"


def test_a_phrase_without_a_day_becomes_a_to_do(library: Plan) -> None:
    todo = entries(deadline_calendar([library]))["在任期内完成普查"]
    assert todo.name == "VTODO"
    assert "due" not in todo
    assert "没有写明日期" in str(todo["description"])


def test_what_the_keeper_adds_is_said_to_be_the_keepers(library: Plan) -> None:
    plan = replace(library, milestones=(Milestone(TaskKey(1, 1), dt.date(2024, 6, 15), "验收"),))
    event = entries(deadline_calendar([plan]))["验收"]
    assert event.decoded("dtstart") == dt.date(2024, 6, 15)
    assert "不是计划原文" in str(event["description"])


def test_each_event_reminds_before_its_day_and_a_to_do_does_not(library: Plan) -> None:
    for entry in entries(deadline_calendar([library], (30, 1))).values():
        leads = [alarm.decoded("trigger").days for alarm in entry.walk("VALARM")]
        assert leads == ([-30, -1] if entry.name == "VEVENT" else [])
    for entry in entries(deadline_calendar([library])).values():
        for alarm in entry.walk("VALARM"):
            assert alarm.decoded("trigger") == dt.timedelta(days=-7)


def test_every_deadline_is_there_once_under_an_id_of_its_own(library: Plan) -> None:
    data = deadline_calendar([library])
    ids = [str(entry["uid"]) for entry in entries(data).values()]
    assert len(set(ids)) == len(ids) == len(library.deadlines)
    assert data.count(b"UID:") == len(ids)


def test_two_deadlines_in_the_same_words_have_two_ids(library: Plan) -> None:
    twice = replace(library, deadlines=(library.deadlines[0], library.deadlines[0]))
    ids = [line for line in deadline_calendar([twice]).splitlines() if line.startswith(b"UID")]
    assert len(set(ids)) == 2


def test_two_exports_are_the_same_bytes(library: Plan) -> None:
    assert deadline_calendar([library]) == deadline_calendar([library])


def test_an_entry_keeps_its_id_when_its_day_or_place_is_moved(library: Plan) -> None:
    source = library.source.replace("今年9月前", "今年10月前")
    first = library.deadlines[0]
    moved = replace(
        first,
        quote="今年10月前",
        end=first.end + 1,
        date=dt.date(2024, 9, 30),
        governs=(replace(first.governs[0], end=first.governs[0].end + 1),),
    )
    before = entries(deadline_calendar([library]))["今年9月前完成全部书屋选址"]
    plan = replace(library, source=source, deadlines=(moved,))
    after = entries(deadline_calendar([plan]))["今年10月前完成全部书屋选址"]
    assert before["uid"] == after["uid"]
    assert before.decoded("dtstart") != after.decoded("dtstart")


@pytest.mark.parametrize(
    ("rule", "first", "written"),
    [
        ("FREQ=WEEKLY", dt.date(2024, 1, 7), "FREQ=WEEKLY"),
        ("FREQ=MONTHLY;INTERVAL=3", dt.date(2024, 3, 31), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=10", dt.date(2024, 1, 10), "FREQ=MONTHLY;BYMONTHDAY=10"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30", dt.date(2024, 6, 30), None),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", dt.date(2024, 3, 31), None),
        ("FREQ=WEEKLY;BYDAY=MO,TU", dt.date(2024, 1, 1), None),
    ],
)
def test_every_kind_of_rule_begins_within_the_plans_year(
    library: Plan, rule: str, first: dt.date, written: str | None
) -> None:
    duty = Deadline(TaskKey(1, 1), "每", DeadlineKind.RECURRING, None, rule, 27, 28)
    (event,) = entries(deadline_calendar([replace(library, deadlines=(duty,))])).values()
    assert event.decoded("dtstart") == first
    assert set(rule_of(event).split(";")) == set((written or rule).split(";"))


def test_without_a_year_a_recurring_duty_is_a_to_do(library: Plan) -> None:
    plan = replace(library, year=None)
    assert entries(deadline_calendar([plan]))["馆员每2年轮训1遍"].name == "VTODO"


def test_lines_are_short_and_end_as_the_standard_says(library: Plan) -> None:
    data = deadline_calendar([library])
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75


AWKWARD = Item(
    uid="own-1@planbot",
    summary="上报“岗位数”,见 C:\\表;" + "😀" * 40,
    notes=("第一行\n第二行", "晨读计划, 二期; 试点" * 9),
    first=dt.date(2024, 6, 30),
    rule=None,
    stamp=dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
    alarms=(dt.timedelta(days=-7, hours=9), dt.timedelta(hours=9)),
)


def components(data: bytes) -> Iterator[tuple[str, list[str]]]:
    """Every component of a file with its own lines, read without any library."""
    open_ones: list[tuple[str, list[str]]] = []
    for line in data.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_ones.append((value, []))
        elif name == "END":
            assert open_ones[-1][0] == value
            yield open_ones.pop()
        elif line:
            open_ones[-1][1].append(line)
    assert not open_ones


def only(lines: list[str], name: str) -> str:
    """The value of the one line with this name, with its parameters."""
    (value,) = [line[len(name) :] for line in lines if re.match(rf"{name}[:;]", line)]
    return value


def test_the_file_is_what_calendars_demand_by_the_letter(library: Plan) -> None:
    data = calendar_file([*plan_items(library), AWKWARD], "港城", (7,))
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode().isprintable()  # folded between characters, never within one
    found = list(components(data))
    names = [name for name, _ in found]
    assert names.count("VCALENDAR") == 1
    assert {"VEVENT", "VTODO", "VALARM"} == set(names) - {"VCALENDAR"}
    for name, lines in found:
        match name:
            case "VCALENDAR":
                assert only(lines, "VERSION") == ":2.0"
                assert only(lines, "PRODID").startswith(":-//planbot//")
                # Published to nobody in particular: a method would ask for an organizer.
                assert not any(line.startswith(("METHOD", "ORGANIZER")) for line in lines)
            case "VALARM":
                assert only(lines, "ACTION") == ":DISPLAY"
                assert only(lines, "DESCRIPTION") != ":"
                assert re.fullmatch(r":-?P(\d+D)?(T\d+H)?", only(lines, "TRIGGER"))
            case _:
                assert re.fullmatch(r":\S+@planbot", only(lines, "UID"))
                assert re.fullmatch(r":\d{8}T\d{6}Z", only(lines, "DTSTAMP"))
                assert only(lines, "SUMMARY") != ":"
        if name == "VEVENT":
            # Whole days belong to no zone, and need no VTIMEZONE.
            begin = only(lines, "DTSTART").removeprefix(";VALUE=DATE:")
            end = only(lines, "DTEND").removeprefix(";VALUE=DATE:")
            assert int(begin) < int(end)
    last = [lines for name, lines in found if name == "VEVENT"][-1]
    assert only(last, "SUMMARY") == ":上报“岗位数”\\,见 C:\\\\表\\;" + "😀" * 40
    assert only(last, "DESCRIPTION").startswith(":第一行\\n第二行\\n晨读计划\\, 二期\\; 试点")


def test_the_command_writes_the_file_or_standard_output(planbot: Planbot, tmp_path: Path) -> None:
    ran = planbot("ics")
    assert ran.code == 0
    assert planbot("ics", "-o", str(tmp_path / "plan.ics")).out == ""
    written = (tmp_path / "plan.ics").read_bytes()
    assert written.replace(b"\r\n", b"\n") == ran.out.encode().replace(b"\r\n", b"\n")
    assert len(entries(written)) > 0


def test_a_file_that_cannot_be_written_is_told(planbot: Planbot, tmp_path: Path) -> None:
    ran = planbot("ics", "-o", str(tmp_path / "nowhere" / "plan.ics"))
    assert ran.code == 2
    assert "plan.ics: No such file or directory" in ran.err
