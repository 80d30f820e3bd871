"""Running one command: its streams, its faults and its exit code."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TextIO, cast

from bot.clock import Clock, clock_from, parse_time
from bot.settings import Settings
from knowledge.plan.problems import PlanFileError

INTERRUPTED = 130


class UsageError(Exception):
    """What was typed cannot be done; the message, in English, says why."""


class Command(Protocol):
    """The module of a command."""

    def run(self, args: argparse.Namespace, settings: Settings) -> int:
        """Run the command and return its exit code."""
        ...


def run_command(args: argparse.Namespace, settings: Settings) -> int:
    """Run the command that `args` names and return the exit code; known faults are told."""
    try:
        return _run(args, settings)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; what is left in the buffer must not be tried again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(args: argparse.Namespace, settings: Settings) -> int:
    command = cast("Command", import_module(args.module))
    try:
        code = command.run(args, settings)
        sys.stdout.flush()
    except UsageError as error:
        sys.stderr.write(f"planbot: {error}\n")
    except PlanFileError as error:
        sys.stderr.write(f"{error}\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"planbot: {where}{error.strerror or error}\n")
    else:
        return code
    return 2


def prepare_streams() -> None:
    """Let no closed stream, and no character that a terminal cannot show, stop the program."""
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def start_clock(now: str | None, settings: Settings) -> Clock:
    """Return the clock, from the time typed as `--now` where there is one."""
    start: datetime | None = settings.now
    if now is not None:
        try:
            start = parse_time(now, settings.timezone)
        except ValueError as error:
            raise UsageError(f"--now: {error}") from error
    return clock_from(start)


def say(text: str) -> None:
    """Write a text and a line break to standard output."""
    sys.stdout.write(f"{text}\n")


def say_json(data: Any) -> None:
    """Write `data` as one line of JSON in UTF-8 to standard output."""
    write_json(sys.stdout, data)


def write_json(stream: TextIO, data: Any) -> None:
    """Write `data` as one line of JSON, in UTF-8 whatever the stream's own encoding is."""
    try:
        line = json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair, which only an escape can carry
        line = json.dumps(data).encode("ascii")
    stream.flush()
    stream.buffer.write(line + b"\n")
    stream.flush()
