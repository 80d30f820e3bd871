"""`python -m tests.bench [NAME …]`: the benchmarks, in one table, each beside a peer."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial

from tests.bench import asking, delivering, loading, reminders, retrieval, telegram
from tests.bench.table import Line, rule, titles

BENCHMARKS: dict[str, Callable[[], Iterable[Line]]] = {
    "asking": asking.lines,
    "loading": loading.lines,
    "retrieval": retrieval.lines,
    "telegram": telegram.lines,
    "reminders": reminders.lines,
    "delivering": delivering.lines,
}


def main() -> None:
    """Run the benchmarks named on the command line, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME")
    parser.add_argument(
        "--messages",
        type=int,
        default=reminders.MESSAGES,
        metavar="N",
        help=f"how many of {reminders.CHATS:,} reminders are sent (default: %(default)s)",
    )
    options = parser.parse_args()
    names = options.names or list(BENCHMARKS)
    runs: dict[str, Callable[[], Iterable[Line]]] = {
        **BENCHMARKS,
        "reminders": partial(reminders.lines, options.messages),
    }
    started = time.perf_counter()
    sys.stdout.write(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors\n"
        f"{titles()}\n{rule()}\n"
    )
    for name in names:
        for line in runs[name]():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{rule()}\n{time.perf_counter() - started:.0f} s in all\n")


if __name__ == "__main__":
    main()
