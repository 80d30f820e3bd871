from __future__ import annotations

import asyncio
import stat
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from bot.conversation import Conversation, MemoryContexts
from bot.samples import sample_questions
from bot.terminal.chat import Chat
from bot.terminal.editor import EditorScreen, Names, fitting, open_history
from bot.terminal.plain import PlainScreen
from bot.terminal.render import Line, Renderer, Style
from bot.terminal.wording import load_wording
from knowledge.ask.answer import Answerer
from knowledge.ask.reply import Context, Outcome
from knowledge.plan.model import Plan
from tests.bot.conftest import Planbot
from tests.bot.test_conversation import SHANGHAI
from tests.clock import ManualClock

WORDING = load_wording()


@pytest.fixture
def chat(library: Plan, answers: Answerer) -> Chat:
    clock = ManualClock()
    talk = Conversation(answers, MemoryContexts[str](), clock, SHANGHAI)
    return Chat(talk, Renderer([library], WORDING), WORDING, clock, SHANGHAI)


async def said(chat: Chat, message: str) -> str:
    return "\n".join(line.text for line in await chat.reply(message))


async def test_a_choice_is_picked_by_its_number(chat: Chat) -> None:
    assert "2. 晨光读者证" in await said(chat, "晨光")
    assert "推广“晨光读者证”制度" in await said(chat, "2")


async def test_a_number_without_a_choice_is_a_message(chat: Chat) -> None:
    first = await said(chat, "夜读会办多少场")
    assert "推广“晨光读者证”制度" not in await said(chat, "2")
    assert "30场" in first


async def test_a_number_beyond_the_choices_is_a_message(chat: Chat) -> None:
    await said(chat, "晨光")
    for number in ("0", "3", "99999999999999999999", "²"):
        assert await chat.reply(number)


async def test_a_follow_up_leans_on_what_was_said_before(chat: Chat) -> None:
    await chat.reply("夜读会是什么")
    assert "第2条 培训馆员队伍" in await said(chat, "在第几条")


async def test_several_questions_are_answered_one_after_the_other(chat: Chat) -> None:
    text = await said(chat, "夜读会办多少场?修复古籍多少册?")
    assert text.index("30场") < text.index("\n\n") < text.index("200册")


async def test_through_a_pipe_only_replies_are_written(chat: Chat) -> None:
    out = StringIO()
    await chat.run(
        PlainScreen(BytesIO("夜读会办多少场\n\n\n\xff\n".encode() + b"\xff\xfe\n"), out)
    )
    assert "不少于30场" in out.getvalue()
    assert "\x1b" not in out.getvalue()
    assert WORDING.say("prompt") not in out.getvalue()


def test_the_command_reads_a_pipe_to_its_end(planbot: Planbot) -> None:
    ran = planbot("chat", stdin="夜读会办多少场".encode())
    assert ran.code == 0
    assert ran.out.startswith("举办“夜读会”活动,全年不少于30场") or "不少于30场" in ran.out
    assert ran.err == ""


def test_the_greeting_shows_questions_that_the_plan_answers(
    chat: Chat, library: Plan, answers: Answerer
) -> None:
    today = ManualClock().now().date()
    samples = sample_questions([library], answers, today)
    assert len(samples) == len(set(samples)) == 3
    for question in samples:
        reply = answers.answer(question, Context(), today).reply
        assert reply.outcome is Outcome.ANSWERED
    lines = [line.text.strip() for line in chat.greeting(["计划"], samples)]
    assert set(samples) < set(lines)


def test_without_a_plan_there_is_no_sample(answers: Answerer) -> None:
    assert sample_questions([], answers, ManualClock().now().date()) == []


class Terminal:
    """A keyboard that types what it is told, and what the screen shows."""

    def __init__(self, keyboard: PipeInput, rows: int, history: History) -> None:
        self.shown = StringIO()
        self._keyboard = keyboard
        output = Vt100_Output(self.shown, lambda: Size(rows, 40), enable_cpr=False)
        self.screen = EditorScreen(
            ["晨光书屋", "晨光读者证"], history, WORDING, keyboard=keyboard, terminal=output
        )

    def type(self, keys: str) -> None:
        self._keyboard.send_text(keys)


OpenTerminal = Callable[..., Terminal]


@pytest.fixture
def terminal() -> Iterator[OpenTerminal]:
    with create_pipe_input() as keyboard:

        def opened(rows: int = 50, history: History | None = None) -> Terminal:
            return Terminal(keyboard, rows, history or InMemoryHistory())

        yield opened


async def test_chinese_is_typed_edited_and_answered(chat: Chat, terminal: OpenTerminal) -> None:
    at = terminal()
    at.type("夜读会办多少次\x7f场\r\x04")
    await chat.run(at.screen)
    assert "不少于30场" in at.shown.getvalue()


@pytest.mark.parametrize("key", ["\x04", "\x03"])
async def test_both_ways_to_leave_end_it(chat: Chat, terminal: OpenTerminal, key: str) -> None:
    at = terminal()
    at.type(key)
    await chat.run(at.screen)
    at.type(key)
    with pytest.raises(EOFError):
        await at.screen.ask()


async def test_a_name_is_completed(terminal: OpenTerminal) -> None:
    at = terminal()
    at.type("问问晨光书\t")
    asked = asyncio.create_task(at.screen.ask())
    for _ in range(10_000):
        await asyncio.sleep(0)
        if "屋" in at.shown.getvalue():
            break
    at.type("\r")
    assert await asked == "问问晨光书屋"


def test_names_are_offered_for_the_characters_before_the_cursor() -> None:
    names = Names(["晨光书屋", "晨光读者证", "夜读会"])

    def offered(text: str) -> list[tuple[str, int]]:
        found = names.get_completions(Document(text), CompleteEvent())
        return [(item.text, item.start_position) for item in found]

    assert offered("请问晨光") == [("晨光书屋", -2), ("晨光读者证", -2)]
    assert offered("夜") == [("夜读会", -1)]
    assert offered("夜读会") == []
    assert offered("") == []
    assert offered(" ") == []


async def test_a_long_reply_is_shown_page_by_page(terminal: OpenTerminal) -> None:
    at = terminal(rows=6)
    at.type("\rq\r")
    await at.screen.show([Line(Style.TEXT, f"line {number}") for number in range(12)])
    shown = at.shown.getvalue()
    assert "line 3" in shown
    assert "line 7" in shown
    assert "line 8" not in shown


def test_a_page_counts_the_rows_that_wide_characters_take() -> None:
    lines = [Line(Style.TEXT, "书" * 30), Line(Style.TEXT, ""), Line(Style.TEXT, "书" * 10)]
    assert fitting(lines, rows=4, columns=20) == 2
    assert fitting(lines, rows=5, columns=20) == 3
    assert fitting(lines, rows=1, columns=20) == 1


async def test_what_was_typed_is_kept_for_the_next_time(
    tmp_path: Path, terminal: OpenTerminal
) -> None:
    folder = tmp_path / "data" / "planbot"
    at = terminal(history=open_history(folder))
    at.type("夜读会\r")
    await at.screen.ask()
    assert list(FileHistory(str(folder / "history")).load_history_strings()) == ["夜读会"]
    assert stat.S_IMODE((folder / "history").stat().st_mode) == 0o600


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert isinstance(open_history(tmp_path / "file" / "data"), InMemoryHistory)


def test_a_history_that_vanishes_or_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    history = open_history(tmp_path)
    history.store_string("\ud800")
    (tmp_path / "history").unlink()
    (tmp_path / "history").mkdir()
    history.store_string("书屋")
    assert list(history.load_history_strings()) == []


def test_asking_writes_no_file(planbot: Planbot, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    planbot("ask", "夜读会")
    planbot("chat", stdin="夜读会\n".encode())
    assert sorted(tmp_path.iterdir()) == before
