"""`planbot` and `python -m bot`: the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.parser import build_parser
from bot.commands.running import prepare_streams, run_command
from bot.settings import SettingsError, load_settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line, by default the process's own, and return the exit code."""
    prepare_streams()
    parser = build_parser()
    args = parser.parse_args(argv)
    try:
        settings = load_settings(os.environ, Path(".env"))
    except SettingsError as error:
        for problem in error.problems:
            sys.stderr.write(f"planbot: {problem}\n")
        return 2
    if args.module is None:
        args = parser.parse_args(["chat" if settings.token is None else "run"])
    return run_command(args, settings)


if __name__ == "__main__":
    sys.exit(main())
