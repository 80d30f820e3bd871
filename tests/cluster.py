"""A PostgreSQL server of a test's own, which it may stop without notice."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAMS = ("initdb", "pg_ctl")
# Where Debian puts them, which are not on anybody's path.
_FOLDERS = Path("/usr/lib/postgresql")
_OPTIONS = "-c unix_socket_directories='' -c max_connections=40 -c shared_buffers=16MB"


class Cluster:
    """A server on 127.0.0.1 with a folder and a port of its own; use `cluster`.

    Args:
        programs: the folder of the server's programs.
        folder: where all of it is kept.
    """

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/postgres"
        self.runs = False
        self.stops = 0

    def make(self) -> None:
        """Make the files of a server that trusts whoever comes from this machine."""
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        options = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self._run("initdb", *options)

    def start(self) -> None:
        """Start, recovering what a stop left behind, and wait until it answers."""
        options = f"{_OPTIONS} -c listen_addresses=127.0.0.1 -p {self._port}"
        self._run("pg_ctl", "-w", "-l", str(self._folder / "log"), "-o", options, "start")
        self.runs = True

    def stop(self) -> None:
        """Stop as in a crash: nobody is told, and nothing is put in order."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")
        self.runs = False
        self.stops += 1

    def _run(self, program: str, *arguments: str) -> None:
        # It refuses to run for root.
        before = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        command = (*before, str(self._programs / program), "-D", str(self._folder / "data"))
        # To a file, since the server would keep a pipe open for as long as it runs.
        with (self._folder / f"{program}.txt").open("w+") as told:
            ended = subprocess.run(
                [*command, *arguments], cwd=self._folder, stdout=told, stderr=told, check=False
            )
            told.seek(0)
            assert ended.returncode == 0, told.read()


def programs() -> Path | None:
    """Return the folder of the server's programs, the newest, None where there are none."""
    folders = sorted(_FOLDERS.glob("*/bin"), key=lambda path: path.parent.name.zfill(9))
    if shutil.which("pg_config"):
        asked = subprocess.run(
            ["pg_config", "--bindir"], capture_output=True, text=True, check=False
        )
        folders.append(Path(asked.stdout.strip()))
    found = [f for f in folders if all((f / name).is_file() for name in _PROGRAMS)]
    return found[-1] if found else None


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Make and start a server of the programs in `folder`, and leave nothing of it behind."""
    # A server's own user may not look into the folders of tests.
    with tempfile.TemporaryDirectory(prefix="planbot-postgres-") as place:
        made = Cluster(folder, Path(place))
        made.make()
        made.start()
        try:
            yield made
        finally:
            if made.runs:
                made.stop()
