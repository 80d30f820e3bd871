from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from bot.message_lines import LONGEST_LINE, LineError, Message, read_lines, read_message
from knowledge.plan.model import Plan
from tests.bot.conftest import Planbot

KEYS = {
    *("outcome", "text", "figures", "deadlines", "evidence", "choices", "missing"),
    *("understood", "ms"),
}


def replies(planbot: Planbot, stdin: bytes) -> list[dict[str, Any]]:
    ran = planbot("ask", "--jsonl", stdin=stdin)
    assert ran.code == 0
    assert ran.err == ""
    rows = [json.loads(line) for line in ran.out.splitlines()]
    for row in rows:
        assert set(row) == KEYS
    return rows


def test_an_answer_ends_with_0_and_says_where_it_stands(planbot: Planbot) -> None:
    ran = planbot("ask", "夜读会办多少场")
    assert ran.code == 0
    assert "不少于30场" in ran.out
    assert "河湾县图书馆2024年工作计划 · 一、办好阅读服务 · 第2条 培训馆员队伍" in ran.out


def test_several_things_meant_end_with_0(planbot: Planbot) -> None:
    ran = planbot("ask", "晨光")
    assert ran.code == 0
    assert "  1. 晨光书屋\n  2. 晨光读者证\n" in ran.out


def test_what_the_plan_does_not_say_ends_with_1(planbot: Planbot) -> None:
    assert planbot("ask", "今天天气怎么样").code == 1


def test_words_need_no_quotes_on_the_command_line(planbot: Planbot) -> None:
    assert "不少于30场" in planbot("ask", "夜读会", "办多少场").out


def test_json_prints_the_reply_object_on_one_line(planbot: Planbot, library: Plan) -> None:
    ran = planbot("ask", "--json", "夜读会办多少场")
    reply = json.loads(ran.out)
    assert ran.out.count("\n") == 1
    assert set(reply) == KEYS
    assert reply["outcome"] == "answered"
    for item in reply["evidence"]:
        assert library.source[item["start"] : item["end"]] == item["quote"]


def test_the_day_asked_on_can_be_given(planbot: Planbot) -> None:
    question = "书屋选址什么时候完成"
    assert (
        "(“今年9月前”按2024年8月31日理解)" in planbot("ask", "--now", "2024-08-31", question).out
    )
    late = planbot("ask", "--now", "2024-09-01", question).out
    assert "(“今年9月前”按2024年8月31日理解,已过)" in late


def test_a_line_of_several_questions_gets_one_reply(planbot: Planbot) -> None:
    (reply,) = replies(planbot, "夜读会办多少场?修复古籍多少册?\n".encode())
    assert "30场" in reply["text"]
    assert "200册" in reply["text"]
    assert {item["task"] for item in reply["evidence"]} == {2, 3}


def test_messages_of_one_chat_are_one_conversation(planbot: Planbot) -> None:
    lines = [
        {"chat": "a", "text": "晨光书屋是什么"},
        {"chat": "b", "text": "夜读会是什么"},
        {"chat": "a", "text": "在第几条"},
        {"chat": "b", "text": "在第几条"},
        {"text": "在第几条"},
        {"chat": None, "text": "在第几条"},
    ]
    stdin = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()
    rows = replies(planbot, stdin)
    tasks = [{item["task"] for item in row["evidence"] if item["task"]} for row in rows]
    assert tasks[2] == {1}
    assert tasks[3] == {2}
    leaning = [row["understood"]["from_context"] is not None for row in rows]
    assert leaning == [False, False, True, True, False, False]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"   ",
        b'{"chat": "a", "text": ',
        b'{"chat": "a"}',
        b'{"chat": "a", "text": 5}',
        b'{"chat": ["a"], "text": "x"}',
        b'{"chat": true, "text": "x"}',
        b"{" * 50_000,
        b'{"text": ' + b"[" * 50_000,
        b'{"chat": ' + b"1" * 5_000 + b', "text": "x"}',
        b"\xff\xfe\x00",
        "书屋".encode("gbk"),
        "书屋".encode()[:-1],
        b"\x00\x01\x02",
        b'{"text": ""}',
        b'{"text": "\\u0000"}',
        b'{"text": "\\ud800"}',
        ("书" * 50_000).encode(),
        b"x" * (LONGEST_LINE + 5),
        b'{"text": "' + b"x" * LONGEST_LINE + b'"}',
    ],
    ids=lambda line: repr(line[:20]),
)
def test_a_line_that_cannot_be_read_is_told_and_reading_goes_on(
    planbot: Planbot, line: bytes
) -> None:
    rows = replies(planbot, line + "\n夜读会办多少场\n".encode())
    assert [row["outcome"] for row in rows] == ["invalid", "answered"]
    assert rows[0]["text"]


def test_half_characters_within_a_message_do_no_harm(planbot: Planbot) -> None:
    line = b'{"text": "\\ud800\\u202e\\u0000' + "夜读会办多少场".encode() + b'"}\n'
    assert replies(planbot, line)[0]["outcome"] == "answered"
    line = '{"text": "\\ud800计划"}'.encode()
    assert replies(planbot, line)[0]["outcome"] != "invalid"


def test_line_ends_of_every_system_and_none_at_the_end_are_read(planbot: Planbot) -> None:
    stdin = "\ufeff夜读会办多少场\r\n夜读会办多少场\n夜读会办多少场".encode()
    assert [row["outcome"] for row in replies(planbot, stdin)] == ["answered"] * 3


def test_without_any_line_there_is_no_reply(planbot: Planbot) -> None:
    assert replies(planbot, b"") == []


def test_a_chat_may_be_named_by_a_number() -> None:
    assert read_message(b'{"chat": 5, "text": "x"}') == Message("x", "5")


def test_a_message_keeps_its_own_white_space() -> None:
    assert read_message(b"  x y ") == Message("  x y ")


def test_the_fault_of_a_line_is_named() -> None:
    for line, fault in (
        (None, "too_long"),
        (b"\xff", "encoding"),
        (b"{", "json"),
        (b"{}", "text"),
    ):
        with pytest.raises(LineError, match=fault):
            read_message(line)


def test_a_huge_line_takes_the_place_of_one_message() -> None:
    stream = BytesIO(b"a\n" + b"x" * (3 * LONGEST_LINE) + b"\nb\n" + b"y" * LONGEST_LINE)
    assert list(read_lines(stream)) == [b"a", None, b"b", None]
