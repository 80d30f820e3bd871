"""What can be typed on the command line."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_TIME = "ISO 8601, with a zone or read in PLANBOT_TIMEZONE"


class _Parser(argparse.ArgumentParser):
    """A parser that takes no abbreviations, which would break scripts when options are added."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Formatter, **options)


class _Formatter(argparse.HelpFormatter):
    """Leaves the names of commands room beside their help."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)
        self._action_max_length = 14  # the names of commands are not counted by themselves


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; `module` in its result names what to run."""
    parser = _Parser(
        prog="planbot",
        description="Answers questions about a work plan in the plan's own words.",
        epilog="Without a command: chat, or run where PLANBOT_TOKEN is set. "
        "The README lists the settings.",
    )
    parser.add_argument("--version", action=_Version)
    parser.set_defaults(module=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    _talking(commands)
    _keeping(commands)
    _showing(commands)
    _running(commands)
    return parser


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __init__(self, option_strings: list[str], dest: str, **_: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Print the version and exit."""
        from importlib import metadata  # slow to load, and nothing else asks for it

        with suppress(OSError):
            sys.stdout.write(f"planbot {metadata.version('planbot')}\n")
            sys.stdout.flush()
        parser.exit()


def _command(commands: Any, name: str, help_text: str) -> argparse.ArgumentParser:
    module = f"bot.commands.{name}_command"
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=help_text, description=f"{help_text[0].upper()}{help_text[1:]}."
    )
    parser.set_defaults(module=module)
    return parser


def _talking(commands: Any) -> None:
    chat = _command(commands, "chat", "talk with the plan in the terminal")
    chat.add_argument("--now", metavar="TIME", help=f"start the clock at this time: {_TIME}")
    ask = _command(commands, "ask", "ask one question, or answer messages from standard input")
    ask.add_argument("text", metavar="TEXT", nargs="*", help="the question")
    form = ask.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the reply object")
    form.add_argument(
        "--jsonl",
        action="store_true",
        help='read messages from standard input, one a line: {"chat": "a", "text": "…"} or '
        "plain text; print a reply object a line",
    )
    ask.add_argument("--now", metavar="TIME", help=f"start the clock at this time: {_TIME}")


def _keeping(commands: Any) -> None:
    add = _command(commands, "import", "make a plan file of a document (txt, md, html, docx, pdf)")
    add.add_argument("file", metavar="FILE", type=Path, help="the document")
    add.add_argument(
        "-o", "--output", metavar="OUT.yaml", type=Path, help="the plan file to write"
    )
    add.add_argument("--id", metavar="ID", help="the plan's id; otherwise by the file's name")
    add.add_argument("--year", metavar="YYYY", type=_year, help="the plan's year")
    add.add_argument("--issuer", metavar="NAME", help="who issued the plan")
    add.add_argument("--json", action="store_true", help="print the import object instead")
    check = _command(commands, "check", "validate plan files and lexicons")
    check.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="by default the plans and the lexicon"
    )
    score = _command(commands, "eval", "score files of questions with what is expected")
    score.add_argument("files", metavar="FILE.jsonl", nargs="+", type=Path, help="question files")
    score.add_argument(
        "--plans",
        metavar="FOLDER",
        type=Path,
        action="append",
        default=[],
        help="plan files to know besides; can be given several times",
    )
    score.add_argument("--json", action="store_true", help="print the scores as an object")
    score.add_argument(
        "--calibrate",
        action="store_true",
        help="set the limits of answers on the questions, which takes some minutes",
    )
    score.add_argument(
        "--output", metavar="FILE", type=Path, help="with --calibrate: by default the program's"
    )
    score.add_argument(
        "--picture", metavar="FILE.svg", type=Path, help="with --calibrate: draw the curve"
    )


def _showing(commands: Any) -> None:
    show = _command(commands, "show", "show the plan's outline, or a whole task")
    show.add_argument("task", metavar="TASK", nargs="?", help="a task's number: 13, or 2.3 for "
                      "the third of the second section")  # fmt: skip
    for name, help_text in (
        ("figures", "list the plan's figures"),
        ("deadlines", "list the plan's deadlines"),
        ("programs", "list the names the plan uses"),
    ):
        _command(commands, name, help_text)
    for name in ("show", "figures", "deadlines", "programs"):
        parser = commands.choices[name]
        parser.add_argument("--plan", metavar="ID", help="only of the plan with this id")
        parser.add_argument("--json", action="store_true", help="print the records as a list")
    ics = _command(commands, "ics", "write the deadlines as an iCalendar file")
    ics.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="by default standard output"
    )
    ics.add_argument("--plan", metavar="ID", help="only of the plan with this id")


def _running(commands: Any) -> None:
    run = _command(commands, "run", "run the Telegram bot, with the reminders")
    run.add_argument(
        "--mode",
        choices=("polling", "webhook"),
        help="by default webhook where PLANBOT_WEBHOOK_URL is set, otherwise polling",
    )


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"expected a year such as 2024, not {text!r}")
    return int(text)
