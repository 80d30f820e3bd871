"""Names of the plan in a message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.ask.desk import open_desk
from knowledge.ask.reading.names import HOLE, How, Mention
from knowledge.language.script import fold
from tests.ask.plans import desk, lexicon, palace


def mentioned(message: str) -> list[tuple[str, How]]:
    return [(item.names[0].text, item.how) for item in desk().reader.read(message).mentions]


def only(mentions: tuple[Mention, ...]) -> Mention:
    assert len(mentions) == 1
    return mentions[0]


def test_a_name_written_out_is_found_and_leaves_a_hole() -> None:
    linked = desk().names.link("蓝鲸计划目标")
    mention = only(linked.mentions)
    assert [name.text for name in mention.names] == ["蓝鲸计划"]
    assert mention.how is How.EXACT
    assert linked.rest == f"{HOLE}目标"


def test_the_longest_name_is_found_first() -> None:
    assert [item.wrote for item in desk().names.link("追风夏令营").mentions] == ["追风夏令营"]


def test_names_are_told_in_the_order_they_are_written() -> None:
    found = desk().names.link("追风夏令营和蓝鲸计划")
    assert [item.names[0].text for item in found.mentions] == ["追风夏令营", "蓝鲸计划"]


@pytest.mark.parametrize(
    "message", ["“蓝鲸计划”是什么", "《蓝鲸计划》是什么", "蓝鲸•计划是什么", "藍鯨計劃是什麼"]
)
def test_quotes_dots_and_script_do_not_hide_a_name(message: str) -> None:
    assert mentioned(message) == [("蓝鲸计划", How.EXACT)]


def test_a_name_is_known_without_the_word_that_ends_it() -> None:
    assert mentioned("蓝鲸是什么") == [("蓝鲸计划", How.ALIAS)]
    assert desk().names.core("蓝鲸计划") == "蓝鲸"
    assert desk().names.core("计划") == "计划"


def test_a_name_is_known_by_a_part_that_stands_nowhere_else() -> None:
    (found,) = mentioned("萤火是什么")
    assert found[0] == "萤火科学行动"


def test_a_part_that_the_plan_also_uses_as_a_word_is_no_name() -> None:
    assert desk().names.holding("萤火")
    assert not desk().names.holding("教师")
    assert not desk().names.holding("没有的词")


def test_a_name_is_known_by_its_initials() -> None:
    assert mentioned("zfxly是什么") == [("追风夏令营", How.ALIAS)]


def test_a_keepers_alias_is_a_name() -> None:
    plan = palace()
    programs = tuple(
        replace(program, aliases=("大鱼",)) if program.name == "蓝鲸计划" else program
        for program in plan.programs
    )
    known = open_desk(replace(plan, programs=programs), lexicon())
    mention = only(known.reader.read("大鱼是什么").mentions)
    assert (mention.names[0].text, mention.how) == ("蓝鲸计划", How.ALIAS)


@pytest.mark.parametrize(
    ("wrote", "name"),
    [
        ("蓝京计划", "蓝鲸计划"),
        ("追峰夏令营", "追风夏令营"),
        ("银火科学行动", "萤火科学行动"),
    ],
)
def test_a_misspelt_name_is_found_and_the_correction_told(wrote: str, name: str) -> None:
    question = desk().reader.read(f"{wrote}是什么")
    mention = only(question.mentions)
    assert (mention.names[0].text, mention.how) == (name, How.SPELLING)
    assert [(item.wrote, item.meant) for item in question.corrections] == [(wrote, name)]


@pytest.mark.parametrize("wrote", ["蓝鲸计划", "追风夏令营", "云上少年宫"])
def test_a_name_spelt_right_is_not_corrected(wrote: str) -> None:
    assert desk().reader.read(f"{wrote}是什么").corrections == ()


@pytest.mark.parametrize("unknown", ["海豚计划", "白兔行动", "骆驼工程"])
def test_a_name_no_plan_has_is_unknown(unknown: str) -> None:
    question = desk().reader.read(f"{unknown}是什么")
    assert question.mentions == ()
    assert question.unknown == (unknown,)


def test_names_that_resemble_an_unknown_one_are_offered_nearest_first() -> None:
    assert desk().names.near("蓝鲨计划", 3)[0].text == "蓝鲸计划"
    assert len(desk().names.near("蓝鲨计划", 1)) == 1
    assert desk().names.near("qqqq", 3) == ()


def test_a_letter_or_digit_that_runs_on_makes_another_name() -> None:
    plan = replace(
        palace(),
        programs=tuple(replace(item, name="青苗10", parts=()) for item in palace().programs[:1]),
    )
    names = open_desk(plan, lexicon()).names
    assert only(names.link(fold("青苗10是什么")).mentions).wrote == "青苗10"
    assert names.link(fold("青苗100是什么")).mentions == ()
    assert names.misspelt("青苗20") is None
