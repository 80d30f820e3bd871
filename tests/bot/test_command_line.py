from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from bot.commands.parser import build_parser
from tests.bot.conftest import Planbot

COMMANDS = (
    *("chat", "ask", "import", "check", "eval", "show"),
    *("figures", "deadlines", "programs", "ics", "run"),
)


def test_help_names_every_command(planbot: Planbot) -> None:
    ran = planbot("--help")
    assert ran.code == 0
    for command in COMMANDS:
        assert f"\n    {command} " in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_of_its_own(planbot: Planbot, command: str) -> None:
    ran = planbot(command, "--help")
    assert ran.code == 0
    assert f"usage: planbot {command}" in ran.out


def test_help_and_version_load_nothing_heavy() -> None:
    code = (
        "import sys\nfrom bot.__main__ import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'jieba', 'opencc', 'sqlalchemy', 'telegram', 'prompt_toolkit', 'icalendar'}\n"
        "sys.stderr.write(','.join(sorted(heavy & set(sys.modules))))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.returncode == 0


def test_the_version_is_that_of_the_package(planbot: Planbot) -> None:
    ran = planbot("--version")
    assert ran.code == 0
    assert ran.out.startswith("planbot 0.")


@pytest.mark.parametrize(
    "args",
    [
        ["frobnicate"],
        ["ask"],
        ["ask", "--jsonl", "书屋"],
        ["ask", "--json", "--jsonl"],
        ["ask", "--now", "yesterday", "书屋"],
        ["ask", ""],
        ["figures", "--plan", "nowhere"],
        ["show", "first"],
        ["import"],
        ["import", "nowhere.txt"],
        ["import", "--year", "24", "nowhere.txt"],
        ["eval"],
        ["run", "--mode", "carrier pigeon"],
        ["ask", "--js", "书屋"],
    ],
)
def test_bad_usage_is_told_and_ends_with_2(planbot: Planbot, args: list[str]) -> None:
    ran = planbot(*args)
    assert ran.code == 2
    assert ran.out + ran.err
    assert "Traceback" not in ran.err


def test_wrong_settings_are_all_told(planbot: Planbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANBOT_TIMEZONE", "Mars")
    monkeypatch.setenv("PLANBOT_LISTEN", "here")
    ran = planbot("figures")
    assert ran.code == 2
    assert "planbot: PLANBOT_TIMEZONE: " in ran.err
    assert "planbot: PLANBOT_LISTEN: " in ran.err


def test_a_faulty_plan_file_is_told_with_its_line(
    planbot: Planbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.setenv("PLANBOT_PLANS", str(tmp_path / "plans"))
    ran = planbot("ask", "书屋")
    assert ran.code == 2
    assert "a.yaml:2: " in ran.err
    assert "Traceback" not in ran.err


def test_run_without_a_token_says_how_to_get_one(planbot: Planbot) -> None:
    ran = planbot("run")
    assert ran.code == 2
    assert "@BotFather" in ran.err
    assert "PLANBOT_TOKEN=" in ran.err


def test_without_a_command_and_a_token_it_chats(planbot: Planbot) -> None:
    ran = planbot(stdin="晨光书屋是什么\n".encode())
    assert ran.code == 0
    assert "晨光书屋" in ran.out


def test_without_a_command_and_with_a_token_it_runs(
    planbot: Planbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setenv("PLANBOT_TOKEN", "123456:abc")

    def start(_: object, mode: str) -> int:
        asked.append(mode)
        return 7

    monkeypatch.setattr("bot.runners.run_bot", start)
    assert planbot().code == 7
    monkeypatch.setenv("PLANBOT_WEBHOOK_URL", "https://example.org/hook")
    assert planbot("run").code == 7
    assert planbot("run", "--mode", "polling").code == 7
    assert asked == ["polling", "webhook", "polling"]


def test_a_webhook_without_an_address_is_told_at_once(
    planbot: Planbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANBOT_TOKEN", "123456:abc")
    ran = planbot("run", "--mode", "webhook")
    assert ran.code == 2
    assert "PLANBOT_WEBHOOK_URL is not set" in ran.err


def environment(folder: Path, data: Path) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PLANBOT_")}
    return kept | {"PLANBOT_PLANS": str(folder), "PLANBOT_DATA": str(data)}


@contextmanager
def asking(
    folder: Path, data: Path
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes], IO[bytes]]]:
    """Run `planbot ask --jsonl`, with one question asked, and yield it and its three streams."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(folder, data),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write("书屋\n".encode())
        process.stdin.flush()
        yield process, process.stdin, process.stdout, process.stderr


def test_a_reader_who_leaves_ends_it_quietly(library_folder: Path, tmp_path: Path) -> None:
    with asking(library_folder, tmp_path) as (process, questions, replies, errors):
        assert json.loads(replies.readline())["outcome"]
        replies.close()
        questions.write("书屋\n".encode() * 20)
        questions.close()
        assert process.wait(60) == 0
        assert errors.read() == b""


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Let what is started be interrupted, even if the tests run in a shell's background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_an_interrupt_ends_it_quietly(library_folder: Path, tmp_path: Path) -> None:
    with asking(library_folder, tmp_path) as (process, questions, replies, errors):
        replies.readline()
        process.send_signal(signal.SIGINT)
        questions.close()
        assert process.wait(60) == 130
        assert errors.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("args", [["show"], ["ask", "--json", "书屋"], ["ics"], ["--version"]])
def test_a_full_disk_is_told_without_a_traceback(
    library_folder: Path, tmp_path: Path, args: list[str]
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "bot", *args],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(library_folder, tmp_path),
            text=True,
            check=False,
        )
    assert "Traceback" not in ran.stderr
    if args != ["--version"]:
        assert ran.returncode == 2
        assert ran.stderr.endswith("No space left on device\n")


def test_closed_streams_stop_nothing(library_folder: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m bot"
    ran = subprocess.run(
        ["sh", "-c", f"{command} show >&- && {command} chat <&- && {command} show 2>&-"],
        env=environment(library_folder, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "河湾县图书馆" in ran.stdout


def test_no_option_can_be_shortened() -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["ask", "--jso", "书屋"])
