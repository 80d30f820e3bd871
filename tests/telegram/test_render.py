"""Replies as messages: what is bold, what is quoted, where it stands, which buttons."""

from __future__ import annotations

from dataclasses import replace

from handlers.places import Page
from handlers.render import Asked, render, too_long_choices
from knowledge.ask.reply import Choice, Correction, Evidence, Outcome, Reply, Understood
from knowledge.plan.library import Library
from tests.botapi import utf16
from tests.botapi.formatted import Formatted
from tests.botapi.htmltext import parse_html
from tests.botapi.keyboards import read_markup
from tests.telegram.invented import invented_plan

PLAN = invented_plan()
LIBRARY = Library((PLAN,))
CLAUSE = next(clause for clause in PLAN.clauses if "1200场" in clause.text)
FIGURE = PLAN.figures[0]
EVIDENCE = Evidence(PLAN.id, 1, 1, "推进阅读推广", CLAUSE.text, CLAUSE.start, CLAUSE.end)
REPLY = Reply(
    Outcome.ANSWERED,
    CLAUSE.text,
    Understood("figure", ("晨读计划",)),
    figures=((PLAN.id, FIGURE),),
    evidence=(EVIDENCE,),
)


def shown(reply: Reply) -> tuple[list[Formatted], list[str]]:
    """The messages of a reply as Telegram reads them, and the labels of the buttons."""
    pages: list[Page] = render(Asked(reply, "k" * 24, ("kept",)), LIBRARY)
    keyboard = pages[-1].keyboard
    markup = read_markup(keyboard.to_dict()) if keyboard is not None else None
    labels = [button.text for row in markup.rows for button in row] if markup else []
    return [parse_html(page.html) for page in pages], labels


def test_a_fact_is_the_figure_the_sentence_and_its_place() -> None:
    (message,), labels = shown(REPLY)
    assert message.text == (
        "不少于1200场读书会\n“晨读计划”组织不少于1200场读书会。\n"
        "2031年 · 一、办好书香活动 · 第1条 推进阅读推广"
    )
    assert message.parts("bold") == ["不少于1200场读书会"] * 2
    assert message.parts("underline") == ["晨读计划"]
    assert labels == ["看全文", "同一条还有…", "复制引文", "👍", "👎"]


def test_words_around_the_quote_stay_above_it() -> None:
    text = "一共1处:\n· " + CLAUSE.text
    (message,), _ = shown(replace(REPLY, text=text))
    assert message.text.startswith(text)
    assert message.parts("blockquote") == [CLAUSE.text]


def test_sentences_that_are_quoted_are_not_said_above_as_well() -> None:
    others = [c for c in PLAN.clauses if c.task == CLAUSE.task][:2]
    quotes = tuple(Evidence(PLAN.id, 1, 1, "推进阅读推广", c.text, c.start, c.end) for c in others)
    text = "\n".join(f"· {c.text}" for c in others)
    (message,), _ = shown(replace(REPLY, text=text, evidence=quotes, figures=()))
    assert message.parts("blockquote") == [c.text for c in others]
    assert all(message.text.count(c.text) == 1 for c in others)


def test_a_value_that_another_one_holds_is_not_told_beside_it() -> None:
    text = "“周末剧场”每月演出不少于4场"
    clause = next(c for c in PLAN.clauses if text in c.text)
    figure = next(f for f in PLAN.figures if "4场" in f.quote)
    deadline = next(d for d in PLAN.deadlines if d.quote == "每月")
    quote = Evidence(PLAN.id, 2, 4, "办好剧场演出", clause.text, clause.start, clause.end)
    (message,), _ = shown(
        replace(
            REPLY,
            text=clause.text,
            evidence=(quote,),
            figures=((PLAN.id, figure),),
            deadlines=((PLAN.id, deadline),),
        )
    )
    assert deadline.quote in figure.quote
    assert message.text.splitlines()[0] == figure.quote


def test_a_whole_task_has_no_single_figure_above_it_and_its_section_is_named_once() -> None:
    task = PLAN.tasks[0]
    section = PLAN.sections[0]
    whole = Evidence(PLAN.id, 1, 1, task.title, task.text, task.start, task.end)
    heading = Evidence(*(PLAN.id, 1, None, section.title, f"{section.label}{section.title}"), 0, 1)
    (message,), _ = shown(replace(REPLY, text=task.text, evidence=(whole, heading)))
    assert message.text.startswith(task.text.strip())
    assert message.text.count(section.title) == 1


def test_a_list_names_its_places_below_and_each_once() -> None:
    quotes = tuple(
        Evidence(PLAN.id, c.task.section, c.task.number, "", c.text, c.start, c.end)
        for c in PLAN.clauses[:5]
    )
    reply = replace(REPLY, text="\n".join(item.quote for item in quotes), evidence=quotes)
    (message,), labels = shown(reply)
    assert message.parts("blockquote") == []
    assert message.text.endswith("出处:2031年 第1条、第2条、第3条")
    assert labels[:3] == ["第1条全文", "第2条全文", "第3条全文"]


def test_a_correction_is_said_with_a_way_out() -> None:
    corrected = Understood(
        "figure", ("晨读计划",), corrected=(Correction("晨读记划", "晨读计划"),)
    )
    (message,), labels = shown(replace(REPLY, understood=corrected))
    assert message.text.startswith("“晨读记划”按“晨读计划”理解\n")
    assert "不是这个意思" in labels


def test_choices_become_buttons_also_where_they_do_not_fit_into_one() -> None:
    long = "一个名字非常非常长以至于放不进按钮里的读书推广项目"
    reply = Reply(
        Outcome.AMBIGUOUS,
        "您问的是哪一个?",
        Understood("program"),
        choices=(Choice("短的", "短的"), Choice(long, long)),
    )
    assert too_long_choices(reply) == (long,)
    _, labels = shown(reply)
    assert labels == ["短的", long]


def test_what_is_not_in_the_plan_has_no_quote_but_thumbs() -> None:
    reply = Reply(Outcome.NOT_IN_PLAN, "计划中没有提到“<火星>”。", Understood("what"))
    (message,), labels = shown(reply)
    assert message.text == "计划中没有提到“<火星>”。"
    assert labels == ["👍", "👎"]


def test_greetings_have_no_buttons() -> None:
    _, labels = shown(Reply(Outcome.CHITCHAT, "你好!", Understood("greeting")))
    assert labels == []


def test_a_quote_that_cannot_be_copied_whole_is_cut_behind_a_clause() -> None:
    task = next(task for task in PLAN.tasks if task.number == 5)
    item = Evidence(PLAN.id, 3, 5, task.title, task.text, task.start, task.end)
    pages = render(Asked(replace(REPLY, text=task.text, evidence=(item,)), "k"), LIBRARY)
    keyboard = pages[-1].keyboard
    assert keyboard is not None
    copied = next(button.copy_text for row in keyboard.inline_keyboard for button in row)
    assert copied is not None
    assert utf16.length(copied.text) <= 256
    assert "。…(出处:" in copied.text


def test_a_plan_that_is_gone_leaves_the_quote_without_buttons_to_it() -> None:
    pages = render(Asked(REPLY, "k"), Library(()))
    assert "1200场" in pages[0].html
    keyboard = pages[-1].keyboard
    assert keyboard is not None
    assert "看全文" not in [button.text for row in keyboard.inline_keyboard for button in row]
