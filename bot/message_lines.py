"""Messages read from a stream, one a line, and a reply object for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any, BinaryIO

from bot.conversation import Conversation
from knowledge.ask.reply import Outcome, Reply, Understood
from knowledge.language.lexicon import read_yaml

# A message is at most a few hundred characters; a longer line is thrown away in pieces.
LONGEST_LINE = 1 << 20


class LineError(Exception):
    """A line that holds no message; the argument names the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message and the name of its conversation, None where it stands alone."""

    text: str
    chat: str | None = None


async def answer_lines(
    stream: BinaryIO, write: Callable[[dict[str, Any]], None], talk: Conversation[str]
) -> None:
    """Write a reply object for each line of `stream`, in order, until it ends.

    A line that holds no message gets a reply with outcome `invalid`.
    """
    wording = read_yaml(resources.files("bot") / "data" / "message_lines.yaml")
    for line in read_lines(stream):
        try:
            message = read_message(line)
        except LineError as error:
            text = wording[error.args[0]]
            write(Reply(Outcome.INVALID, text, Understood("")).to_json())
            continue
        if message.chat is None:
            turns = await talk.hear_alone(message.text)
        else:
            turns = await talk.hear(message.chat, message.text)
        write(talk.joined(turns).to_json())


def read_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of `stream` without their ends, None for one that is far too long."""
    while line := stream.readline(LONGEST_LINE):
        if line.endswith(b"\n") or len(line) < LONGEST_LINE:
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
        yield None


def read_message(line: bytes | None) -> Message:
    """Return the message of a line; raises LineError where it holds none."""
    if line is None:
        raise LineError("too_long")
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LineError("encoding") from error
    if not text.lstrip().startswith("{"):
        return Message(text)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LineError("json") from error
    chat = data.get("chat")
    if not isinstance(data.get("text"), str):
        raise LineError("text")
    if isinstance(chat, bool) or not isinstance(chat, str | int | None):
        raise LineError("chat")
    return Message(data["text"], None if chat is None else str(chat))
