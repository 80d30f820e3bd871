from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.reminders.changes import Known, changes, known
from bot.reminders.duties import Duty, DutyKind, catalogue_of, duties_of
from bot.reminders.scopes import Scope, ScopeKind, covered, digest_duty, own_key
from knowledge.plan.model import Milestone
from tests.reminders.plans import BERTHS_KEY, BOOKS_KEY, FERRY_KEY, HARBOUR, LIBRARY, make_plan

STEP = Milestone(HARBOUR, dt.date(2024, 4, 1), "上报“渡船计划”船员名单")


def by_key(**changed: object) -> dict[str, Duty]:
    return dict(catalogue_of([make_plan(**changed)]))  # type: ignore[arg-type]


def remembered(**changed: object) -> dict[str, Known]:
    return {key: known(duty) for key, duty in by_key(**changed).items()}


def test_a_duty_quotes_the_plan_and_names_its_task() -> None:
    plan = make_plan()
    ferry, berths, books = duties_of(plan)
    assert ferry.words in plan.source
    assert ferry.words == "“渡船计划”今年6月前开通三条航线。"
    assert (ferry.quote, ferry.date, ferry.title) == (
        "今年6月前",
        dt.date(2024, 5, 31),
        "建好码头",
    )
    assert (berths.open, ferry.open, books.open) == (True, False, False)
    assert books.anchor == dt.date(2024, 1, 1)


def test_a_duty_keeps_its_key_where_only_the_day_read_out_of_its_words_changes() -> None:
    assert list(by_key()) == [FERRY_KEY, BERTHS_KEY, BOOKS_KEY]
    assert list(by_key(harbour_date=dt.date(2024, 6, 30))) == list(by_key())


def test_the_same_words_twice_in_a_task_have_two_keys() -> None:
    plan = make_plan()
    doubled = replace(plan, deadlines=(plan.deadlines[0], plan.deadlines[0]))
    assert [duty.key for duty in duties_of(doubled)] == [FERRY_KEY, f"{FERRY_KEY}#2"]


def test_a_long_sentence_is_cut_down_to_what_the_deadline_governs() -> None:
    plan = make_plan()
    source = plan.source.replace("开通三条航线。", f"开通三条航线,{'并' * 300}。")
    clause = plan.clauses[0]
    longer = replace(plan, source=source, clauses=(replace(clause, end=clause.end + 301),))
    assert duties_of(longer)[0].words == "“渡船计划”今年6月前开通三条航线"


def test_a_milestone_of_the_keeper_is_a_duty_of_its_own_kind() -> None:
    duty = duties_of(make_plan(milestones=(STEP,)))[-1]
    assert (duty.kind, duty.key) == (DutyKind.MILESTONE, f"port/1.1/+{STEP.text}")
    assert duty.programs == {"渡船计划", "渡船"}


def test_each_scope_covers_its_part_of_the_plan() -> None:
    catalogue = by_key(milestones=(STEP,))
    keys = {
        str(scope): [duty.key for duty in covered(scope, catalogue)]
        for scope in (
            Scope(ScopeKind.EVERYTHING),
            Scope(ScopeKind.EVERYTHING, "another"),
            Scope.of_section("port", 2),
            Scope.of_task("port", LIBRARY),
            Scope.of_task("another", LIBRARY),
            Scope(ScopeKind.PROGRAM, "渡船"),
            Scope(ScopeKind.DEADLINE, BERTHS_KEY),
            Scope(ScopeKind.DEADLINE, "vanished"),
            Scope(ScopeKind.WEEKLY),
        )
    }
    milestone = f"port/1.1/+{STEP.text}"
    assert list(keys.values()) == [
        [FERRY_KEY, BERTHS_KEY, BOOKS_KEY, milestone],
        [],
        [BOOKS_KEY],
        [BOOKS_KEY],
        [],
        [FERRY_KEY, milestone],
        [BERTHS_KEY],
        [],
        ["digest/weekly"],
    ]
    assert [str(Scope.parse(text)) for text in keys] == list(keys)


def test_a_duty_of_the_chat_itself_is_covered_by_its_own_scope_alone() -> None:
    own = Duty(own_key(7), DutyKind.OWN, "上报岗位数", date=dt.date(2024, 6, 30), plan="port")
    assert covered(Scope(ScopeKind.OWN, "7"), {}, [own]) == (own,)
    assert covered(Scope(ScopeKind.OWN, "8"), {}, [own]) == ()
    assert not Scope(ScopeKind.OWN, "7").covers(digest_duty(ScopeKind.WEEKLY))


def test_a_plan_loaded_again_without_a_change_changes_nothing() -> None:
    assert changes(remembered(), remembered()) == ()


def test_a_deadline_whose_day_is_read_otherwise_has_moved() -> None:
    (change,) = changes(remembered(), remembered(harbour_date=dt.date(2024, 6, 30)))
    assert change.before.date == dt.date(2024, 5, 31)
    assert change.after is not None
    assert (change.after.key, change.after.date) == (FERRY_KEY, dt.date(2024, 6, 30))


def test_a_deadline_whose_words_changed_is_found_again_by_the_rest_of_its_sentence() -> None:
    after = remembered(harbour_time="今年8月前", harbour_date=dt.date(2024, 7, 31))
    (change,) = changes(remembered(), after)
    assert change.before.key == FERRY_KEY
    assert change.after == after["port/1.1/今年8月前"]


def test_a_deadline_whose_sentence_changed_is_found_again_where_its_task_has_no_other() -> None:
    before = remembered()
    ferry = before.pop(FERRY_KEY)
    fresh = replace(ferry, key="port/1.1/9月前", quote="9月前", words="9月前通航。")
    assert [change.after for change in changes({FERRY_KEY: ferry}, {fresh.key: fresh})] == [fresh]
    elsewhere = replace(fresh, place="port/2.1")
    assert [change.after for change in changes({FERRY_KEY: ferry}, {"x": elsewhere})] == [None]


def test_a_deadline_that_is_no_longer_set_vanished() -> None:
    after = remembered()
    del after[BOOKS_KEY]
    (change,) = changes(remembered(), after)
    assert (change.before.key, change.after) == (BOOKS_KEY, None)
