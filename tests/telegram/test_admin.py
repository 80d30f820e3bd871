"""What administrators do, and that nobody else can."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from bot.app import PlanBot
from bot.knowledge_base import answerer_for
from bot.live import Loaded
from handlers.wording import say
from knowledge.plan.library import load_library
from knowledge.plan.write import write_plan
from tests.botapi import BotApi, Person
from tests.telegram.invented import invented_plan
from tests.telegram.running import Setup, running, settled

SECOND = """云川市2032年体育工作计划

一、建好场地
1.修建球场。“球场计划”新建12片球场。
2.开放校园。8月底前开放20所学校的操场。
"""


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder of plans that may be written to."""
    folder = tmp_path / "plans"
    folder.mkdir()
    write_plan(invented_plan(), folder / "yunchuan-2031.yaml")
    return folder


@pytest.fixture
def admin(api: BotApi) -> Person:
    return api.person("管理员")


@pytest.fixture
async def keeping(
    api: BotApi, tmp_path: Path, plans: Path, admin: Person
) -> AsyncIterator[PlanBot]:
    """A bot with an administrator and a folder of plans of its own."""

    def load() -> Loaded:
        library = load_library(plans)
        return Loaded(library, answerer_for(library.plans))

    setup = Setup(admins=[admin], load=load, environ={"PLANBOT_PLANS": str(plans)})
    async with running(api, tmp_path, setup) as bot:
        yield bot


async def test_stats_tell_of_votes_questions_queues_and_plans(
    api: BotApi, keeping: PlanBot, admin: Person
) -> None:
    person = api.person()
    answer = await api.reply_to(person.says("新苗奖资助多少人"))
    await api.answered(person.presses(answer, "👍"))
    await api.reply_to(person.says("火星基地在哪"))
    stats = await api.reply_to(admin.says("/stats"))
    assert say("stats_votes", outcome=say("outcome_answered"), up=1, down=0) in stats.text
    assert say("stats_unanswered", count=1) in stats.text
    assert "yunchuan-2031" in stats.text


async def test_an_unanswered_question_is_taught_and_asked_again(
    api: BotApi, keeping: PlanBot, admin: Person, plans: Path
) -> None:
    person = api.person()
    for _ in range(2):
        await api.reply_to(person.says("小苗苗"))
    await settled(api, keeping)
    listed = await api.reply_to(admin.says("/unanswered"))
    assert listed.labels == ["小苗苗(2次)"]
    await api.answered(admin.presses(listed, "小苗苗(2次)"))
    await api.wait_for(lambda: "加别名" in listed.labels)
    how = await api.reply_to(admin.presses(listed, "加别名"))
    assert say("alias_how") in how.text
    admin.says("新苗奖=小苗苗", reply_to=how)
    await api.wait_for(lambda: len(api.sent_to(admin)) == 4)
    done, again = api.sent_to(admin)[2:]
    assert done.text == say("teach_done", file="yunchuan-2031.keeper.yaml", question="小苗苗")
    assert "80名" in again.text
    assert '"新苗奖": ["小苗苗"]' in (plans / "yunchuan-2031.keeper.yaml").read_text("utf-8")
    await settled(api, keeping)
    assert (await api.reply_to(admin.says("/unanswered"))).text == say("unanswered_none")
    assert "80名" in (await api.reply_to(person.says("小苗苗"))).text


async def test_a_synonym_is_taught_too(api: BotApi, keeping: PlanBot, admin: Person) -> None:
    person = api.person()
    await api.reply_to(person.says("楞头青儿"))
    await settled(api, keeping)
    listed = await api.reply_to(admin.says("/unanswered"))
    await api.answered(admin.presses(listed, "楞头青儿(1次)"))
    await api.wait_for(lambda: "加同义词" in listed.labels)
    how = await api.reply_to(admin.presses(listed, "加同义词"))
    bad = await api.reply_to(admin.says("不知道", reply_to=how))
    assert bad.text == say("teach_bad")
    done = await api.reply_to(admin.says("楞头青儿=青年作者", reply_to=how))
    assert done.text == say("teach_done", file="yunchuan-2031.keeper.yaml", question="楞头青儿")
    await settled(api, keeping)
    assert "青年作者" in (await api.reply_to(person.says("楞头青儿"))).text


async def test_the_words_that_answer_a_question_are_pointed_out(
    api: BotApi, keeping: PlanBot, admin: Person, plans: Path
) -> None:
    person = api.person()
    await api.reply_to(person.says("楞头青儿"))
    await settled(api, keeping)
    listed = await api.reply_to(admin.says("/unanswered"))
    await api.answered(admin.presses(listed, "楞头青儿(1次)"))
    await api.wait_for(lambda: say("unanswered_phrasing") in listed.labels)
    how = await api.reply_to(admin.presses(listed, say("unanswered_phrasing")))
    assert say("phrasing_how") in how.text
    bad = await api.reply_to(admin.says("计划里没有的话", reply_to=how))
    assert bad.text.startswith(say("reload_refused"))
    quote = invented_plan().clauses[0].text
    done = await api.reply_to(admin.says(quote, reply_to=how))
    assert done.text == say("teach_done", file="yunchuan-2031.keeper.yaml", question="楞头青儿")
    kept = yaml.safe_load((plans / "yunchuan-2031.keeper.yaml").read_text("utf-8"))
    assert kept["asked"] == [{"quote": quote, "as": ["楞头青儿"]}]


async def test_what_the_plan_does_not_tell_is_noted_and_off_the_list(
    api: BotApi, keeping: PlanBot, admin: Person, plans: Path
) -> None:
    await api.reply_to(api.person().says("火星基地在哪"))
    await settled(api, keeping)
    listed = await api.reply_to(admin.says("/unanswered"))
    await api.answered(admin.presses(listed, listed.labels[0]))
    await api.wait_for(lambda: say("unanswered_untold") in listed.labels)
    done = await api.reply_to(admin.presses(listed, say("unanswered_untold")))
    assert done.text == say("untold_done", file="yunchuan-2031.keeper.yaml")
    kept = yaml.safe_load((plans / "yunchuan-2031.keeper.yaml").read_text("utf-8"))
    assert kept["untold"] == ["火星基地在哪"]
    assert (await api.reply_to(admin.says("/unanswered"))).text == say("unanswered_none")


async def test_a_question_that_needs_nothing_is_taken_off_the_list(
    api: BotApi, keeping: PlanBot, admin: Person
) -> None:
    await api.reply_to(api.person().says("火星基地在哪"))
    await settled(api, keeping)
    listed = await api.reply_to(admin.says("/unanswered"))
    await api.answered(admin.presses(listed, listed.labels[0]))
    await api.wait_for(lambda: say("unanswered_resolve") in listed.labels)
    await api.answered(admin.presses(listed, say("unanswered_resolve")))
    await api.wait_for(lambda: listed.text == say("unanswered_none"))


async def test_reload_takes_changes_and_refuses_faults_whole(
    api: BotApi, keeping: PlanBot, admin: Person, plans: Path
) -> None:
    keeper = plans / "yunchuan-2031.keeper.yaml"
    keeper.write_text("aliases:\n  新苗奖: [苗苗]\n", encoding="utf-8")
    done = await api.reply_to(admin.says("/reload"))
    assert done.text == say("reload_done", plans="云川市青年文化工作2031年计划")
    person = api.person()
    assert "80名" in (await api.reply_to(person.says("苗苗"))).text
    keeper.write_text("aliases:\n  没有这个奖: [苗苗]\n", encoding="utf-8")
    refused = await api.reply_to(admin.says("/reload"))
    assert refused.text.startswith(say("reload_refused"))
    assert "yunchuan-2031.keeper.yaml:2:" in refused.text
    assert "80名" in (await api.reply_to(person.says("苗苗"))).text


async def test_a_document_is_imported_after_its_report_is_confirmed(
    api: BotApi, keeping: PlanBot, admin: Person, plans: Path
) -> None:
    report = await api.reply_to(admin.sends_document("sports-2032.txt", SECOND.encode()))
    assert report.text.startswith(say("import_report"))
    assert "云川市2032年体育工作计划" in report.text
    assert not (plans / "sports-2032.yaml").exists()
    done = await api.reply_to(admin.presses(report, say("import_confirm")))
    assert done.text == say("import_done", title="云川市2032年体育工作计划", id="sports-2032")
    answer = await api.reply_to(api.person().says("球场计划新建多少片球场"))
    assert "12片" in answer.text


async def test_an_import_can_be_cancelled_and_a_bad_document_is_refused(
    api: BotApi, keeping: PlanBot, admin: Person, plans: Path
) -> None:
    report = await api.reply_to(admin.sends_document("sports-2032.txt", SECOND.encode()))
    cancelled = await api.reply_to(admin.presses(report, say("import_cancel")))
    assert cancelled.text == say("import_cancelled")
    assert not (plans / "sports-2032.yaml").exists()
    refused = await api.reply_to(admin.sends_document("x.docx", b"no document"))
    assert refused.text.startswith(say("import_failed", reason="")[:6])
    how = await api.reply_to(admin.says("/import"))
    assert how.text == say("import_how")


async def test_a_broadcast_goes_to_every_chat_once_after_a_preview(
    api: BotApi, keeping: PlanBot, admin: Person
) -> None:
    people = [api.person() for _ in range(5)]
    for person in people:
        await api.reply_to(person.says("书香驿站"))
    people[0].blocks_bot()
    await settled(api, keeping)
    before = len(api.sent)
    admin.says("/broadcast 明天<停机>\n一小时")
    await api.wait_for(before + 2)
    intro, preview = api.sent[before:]
    assert intro.text == say("broadcast_preview", count=5)
    assert preview.text == "明天<停机>\n一小时"
    first = admin.presses(preview, say("broadcast_confirm"))
    second = admin.presses(preview, say("broadcast_confirm"))
    await api.answered(first)
    await api.answered(second)
    await api.wait_for(
        lambda: all(api.sent_to(person)[-1].text == "明天<停机>\n一小时" for person in people[1:])
    )
    await settled(api, keeping)
    for person in people[1:]:
        assert len(api.sent_to(person)) == 2


async def test_a_broadcast_can_be_cancelled(api: BotApi, keeping: PlanBot, admin: Person) -> None:
    await api.reply_to(api.person().says("书香驿站"))
    await settled(api, keeping)
    admin.says("/broadcast\n明天 停机")
    await api.wait_for(3)
    preview = api.sent_to(admin)[-1]
    assert preview.text == "明天 停机"
    await api.answered(admin.presses(preview, say("broadcast_cancel")))
    await api.wait_for(lambda: preview.text == say("broadcast_cancelled"))
    usage = await api.reply_to(admin.says("/broadcast"))
    assert usage.text == say("broadcast_how")


@pytest.mark.parametrize("command", ["stats", "unanswered", "reload", "import", "broadcast x"])
async def test_nobody_else_reaches_them_by_command_edit_link_or_group(
    api: BotApi, keeping: PlanBot, admin: Person, command: str
) -> None:
    person = api.person()
    refused = await api.reply_to(person.says(f"/{command}"))
    assert refused.text == say("admins_only")
    asked = person.says("书香驿站")
    await api.reply_to(asked)
    person.edits(asked, f"/{command}")
    linked = await api.reply_to(person.says(f"/start {command.split()[0]}"))
    assert linked.text == say("start", title="云川市青年文化工作2031年计划")
    group = api.group(members=[admin])
    admin.says(f"/{command}@test_plan_bot", chat=group)
    await settled(api, keeping)
    assert api.sent_to(group) == []
    assert len(api.sent_to(person)) == 3


async def test_nobody_else_reaches_them_by_button_or_document(
    api: BotApi, keeping: PlanBot, admin: Person, plans: Path
) -> None:
    person = api.person()
    report = await api.reply_to(admin.sends_document("sports-2032.txt", SECOND.encode()))
    await api.reply_to(person.says("/help"))
    for action in ("im", "ix", "bc", "bx", "un", "uq", "al", "sy", "ph", "nt", "rs"):
        data = report.button(say("import_confirm")).data.replace(":im:", f":{action}:")
        press = person.presses_stale(report, data)
        await api.answered(press)
        assert press.answer is not None
        assert press.answer.text == say("expired")
    document = await api.reply_to(person.sends_document("sports-2032.txt", SECOND.encode()))
    assert document.text == say("other_kind_document")
    assert not (plans / "sports-2032.yaml").exists()


async def test_bundled_plans_cannot_be_changed(api: BotApi, tmp_path: Path) -> None:
    admin = api.person()
    async with running(api, tmp_path, Setup(admins=[admin])):
        refused = await api.reply_to(admin.sends_document("sports-2032.txt", SECOND.encode()))
        assert refused.text == say("plans_bundled")
