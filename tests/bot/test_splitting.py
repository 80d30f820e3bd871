from __future__ import annotations

import pytest

from bot.splitting import Places, Splitter

NAMES = {"晨光书屋": 1, "夜读会": 2, "云上河湾": 3, "晨光书屋?": 1, "夜读会?": 2}


def known(text: str) -> Places:
    """Find the names of the invented plan, each in a place of its own."""
    return frozenset({("plan", NAMES[text], NAMES[text])} if text in NAMES else set())


def split(message: str) -> list[str]:
    return Splitter().split(message, known)


@pytest.mark.parametrize(
    "message",
    [
        "晨光书屋建几个?",
        "晨光书屋\n建几个",
        "晨光书屋,建几个,什么时候建",
        "我想了解晨光书屋。建几个",
        "你好!请问晨光书屋建几个?谢谢",
        "你好\n晨光书屋建几个?\n谢谢!",
        "“谁来读书?”活动什么时候办",
        "晨光书屋有多少个?还是说还没建?",
        "建12个?",
        "3.晨光书屋建几个",
        "晨光书屋建几个?!!",
        "真的吗?晨光书屋建几个",
        "晨光书屋建12个书屋?15个?",
        "请问一下\n你能告诉我吗?\n晨光书屋建几个",
        "见习\n岗位",
        "",
        "\n\n",
        "。。。",
        "???",
    ],
)
def test_one_question_stays_one_and_untouched(message: str) -> None:
    assert split(message) == [message]


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("晨光书屋建几个?夜读会办多少场?", ["晨光书屋建几个?", "夜读会办多少场?"]),
        ("晨光书屋建几个？什么时候建完", ["晨光书屋建几个？", "什么时候建完"]),
        ("晨光书屋建几个\n夜读会办多少场", ["晨光书屋建几个", "夜读会办多少场"]),
        ("1、晨光书屋建几个\n2、夜读会办多少场", ["晨光书屋建几个", "夜读会办多少场"]),
        ("- 晨光书屋建几个\n- 夜读会办多少场", ["晨光书屋建几个", "夜读会办多少场"]),
        ("晨光书屋建几个。谁负责。", ["晨光书屋建几个。", "谁负责。"]),
        ("晨光书屋?夜读会?", ["晨光书屋?", "夜读会?"]),
        ("晨光書屋有幾多個?邊個負責?", ["晨光書屋有幾多個?", "邊個負責?"]),
        (
            "你好\n晨光书屋\n建几个?\n夜读会办多少场?谢谢",
            ["你好 晨光书屋 建几个?", "夜读会办多少场? 谢谢"],
        ),
        ("晨光书屋\n夜读会\n云上河湾", ["晨光书屋", "夜读会", "云上河湾"]),
    ],
)
def test_several_questions_are_told_apart(message: str, questions: list[str]) -> None:
    assert split(message) == questions


def test_lines_that_find_the_same_place_are_one_question() -> None:
    def everywhere(text: str) -> Places:
        return frozenset({("plan", 1, 2)})

    assert Splitter().split("晨光\n书屋", everywhere) == ["晨光\n书屋"]


def test_a_number_that_belongs_to_the_question_is_kept() -> None:
    assert split("3.晨光书屋建几个\n4.夜读会办多少场") == ["3.晨光书屋建几个", "4.夜读会办多少场"]
    assert split("8.5万人是什么\n30场是什么") == ["8.5万人是什么", "30场是什么"]


def test_a_text_far_too_long_is_not_looked_into() -> None:
    message = "谁?" * 50_000
    assert split(message) == [message]
