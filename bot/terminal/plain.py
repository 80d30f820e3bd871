"""A screen without a terminal: lines come in through a pipe, and nothing but replies goes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, TextIO

from bot.terminal.render import Line


class PlainScreen:
    """Reads messages line by line and writes replies as text, an empty line after each."""

    def __init__(self, source: BinaryIO, target: TextIO) -> None:
        self._source = source
        self._target = target

    async def ask(self) -> str:
        """Return the next line; what is no UTF-8 in it is replaced."""
        line = self._source.readline()
        if not line:
            raise EOFError
        return line.decode("utf-8-sig", "replace").rstrip("\r\n")

    async def show(self, lines: Sequence[Line]) -> None:
        """Write the lines."""
        self._target.write("".join(f"{line.text}\n" for line in lines) + "\n")
        self._target.flush()
