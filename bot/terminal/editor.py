"""The screen of a person at a terminal: line editing, history, completion, long lists paged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from prompt_toolkit.styles import Style as Colours
from prompt_toolkit.utils import get_cwidth

from bot.terminal.render import Line, Style
from bot.terminal.wording import Wording

_COLOURS = Colours.from_dict(
    {
        "note": "italic",
        "place": "ansibrightblack",
        "choice": "ansicyan",
        "prompt": "bold",
    }
)
# Lines kept free under a page: the question whether to go on, and the prompt.
_FREE = 2


class EditorScreen:
    """A terminal with line editing."""

    def __init__(
        self,
        names: Iterable[str],
        history: History,
        wording: Wording,
        *,
        keyboard: Input | None = None,
        terminal: Output | None = None,
    ) -> None:
        self._wording = wording
        self._session: PromptSession[str] = PromptSession(
            history=history,
            completer=Names(names),
            complete_while_typing=False,
            style=_COLOURS,
            input=keyboard,
            output=terminal,
        )
        self._pager: PromptSession[str] = PromptSession(
            style=_COLOURS, input=keyboard, output=terminal
        )

    async def ask(self) -> str:
        """Return what was typed; EOFError at Ctrl-D or Ctrl-C."""
        try:
            return await self._session.prompt_async(
                [("class:prompt", self._wording.say("prompt"))]
            )
        except KeyboardInterrupt:
            raise EOFError from None

    async def show(self, lines: Sequence[Line]) -> None:
        """Write the lines, as many at once as can be seen."""
        size = self._session.output.get_size()
        rest = list(lines)
        while rest:
            count = fitting(rest, size.rows - _FREE, size.columns)
            self._write(rest[:count])
            rest = rest[count:]
            if rest and not await self._goes_on(len(rest)):
                return

    def _write(self, lines: Iterable[Line]) -> None:
        for line in lines:
            style = "" if line.style is Style.TEXT else f"class:{line.style.value}"
            print_formatted_text(
                FormattedText([(style, line.text)]), style=_COLOURS, output=self._session.output
            )

    async def _goes_on(self, lines: int) -> bool:
        question = self._wording.say("more", lines=lines)
        try:
            typed = await self._pager.prompt_async([("class:note", f"{question} ")])
        except (EOFError, KeyboardInterrupt):
            return False
        return typed.strip().lower() != self._wording.say("stop")


class Names(Completer):
    """Completes names from the characters they begin with, wherever in the line those stand."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._longest = max(map(len, self._names), default=0)

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """Yield the names that begin with the longest end of the text before the cursor."""
        text = document.text_before_cursor
        for length in range(min(self._longest, len(text)), 0, -1):
            end = text[-length:]
            found = [name for name in self._names if name.startswith(end) and name != end]
            if found and not end.isspace():
                yield from (Completion(name, start_position=-length) for name in found)
                return


def fitting(lines: Sequence[Line], rows: int, columns: int) -> int:
    """Return how many of `lines`, at least one, fit into so many rows and columns."""
    used = 0
    for at, line in enumerate(lines):
        used += max(1, -(-get_cwidth(line.text) // max(columns, 1)))
        if used > rows and at:
            return at
    return len(lines)


class QuietHistory(FileHistory):
    """A history file that may become unreadable or full without anyone being disturbed."""

    def load_history_strings(self) -> Iterable[str]:
        """Return what was typed before, the last first."""
        with suppress(OSError):
            return list(super().load_history_strings())
        return []

    def store_string(self, string: str) -> None:
        """Keep a line."""
        with suppress(OSError, UnicodeError):
            super().store_string(string)


def open_history(folder: Path) -> History:
    """Return the history in `folder`, or one that is not kept where nothing can be written."""
    path = folder / "history"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return QuietHistory(str(path))
