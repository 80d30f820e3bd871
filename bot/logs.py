"""The log: lines of text or JSON, in which no secret and nothing that people wrote is shown."""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TextIO

from bot.values import LogShape

# What these say at lower levels holds addresses with the token, or texts of messages.
_CHATTY = {
    "aiohttp.access": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "jieba": logging.WARNING,
    "psycopg": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "telegram": logging.INFO,
}

_TOKEN = re.compile(r"\b(bot)?\d{3,}:[A-Za-z0-9_-]{20,}|\bbot\d+:[A-Za-z0-9_-]+")
_PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s/@]+(?=@)")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")

_PLAIN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up_logs(
    shape: LogShape, level: str, *, secret: Iterable[str | None] = (), stream: TextIO | None = None
) -> None:
    """Send the log of the whole program to one stream.

    Args:
        shape: how a line is written.
        level: the least level that is logged, such as `INFO`.
        secret: what must not be shown, such as the token; None and empty ones are skipped.
        stream: where to; the standard error stream if not given.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    hidden = tuple(word for word in secret if word)
    handler.setFormatter(JsonLines(hidden) if shape is LogShape.JSON else TextLines(hidden))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, least in _CHATTY.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))
    logging.captureWarnings(capture=True)


def log_error(logger: logging.Logger, what: str, error: BaseException) -> str:
    """Log that `what` failed, with where, and return a short id to tell people and find it by."""
    name = secrets.token_hex(4)
    logger.error("%s [%s]", what, name, exc_info=error, extra={"error_id": name})
    return name


class TextLines(logging.Formatter):
    """A line of text for each record, and the lines of its error below."""

    def __init__(self, secret: tuple[str, ...] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """Return the time in UTC, to the millisecond."""
        return _moment(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return where an error arose, and what it says without what it quotes."""
        return "\n".join(describe(ei[1])) if ei[1] is not None else ""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record, every secret blotted out."""
        # Another handler may have left its own spelling of the error, which quotes.
        record.exc_text = None
        written = super().format(record)
        record.exc_text = None
        return redact(written, self._secret)


class JsonLines(TextLines):
    """One JSON object a line, with the `extra` fields of the record."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record, every secret blotted out."""
        line: dict[str, Any] = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _PLAIN}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return redact(json.dumps(line, ensure_ascii=False, default=str), self._secret)


def redact(text: str, secret: Iterable[str] = ()) -> str:
    """Blot out the words of `secret`, all that looks like a token, and passwords in URLs."""
    for word in secret:
        text = text.replace(word, "[secret]")
    text = _TOKEN.sub(lambda found: f"{found[1] or ''}[token]", text)
    return _PASSWORD.sub(r"\1[password]", text)


def describe(error: BaseException) -> Iterator[str]:
    """Yield the lines of a traceback in which what an error quotes is left out.

    An error of Python often quotes the value it is about, which may be what somebody wrote; what
    the operating system says quotes only the names of files, and stays. Our own errors must not
    hold what people wrote outside of quotation marks.
    """
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from describe(before)
        yield "which led to:" if error.__cause__ is None else "which was the cause of:"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    said = str(error) if isinstance(error, OSError) else _QUOTED.sub("'…'", str(error))
    yield f"{type(error).__qualname__}: {said}" if said else type(error).__qualname__
    if isinstance(error, BaseExceptionGroup):
        for number, part in enumerate(error.exceptions, start=1):
            yield f"of which {number}:"
            yield from (f"  {line}" for line in describe(part))


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
