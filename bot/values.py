"""How each setting is read: text in, a value out, or ValueError with what was expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import process

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}


@dataclass(frozen=True, slots=True)
class Listen:
    """An address to listen at."""

    host: str
    port: int

    def __str__(self) -> str:
        """Return `host:port`, an IPv6 host in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class LogShape(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


def nearest(wrong: str, known: Mapping[str, object] | set[str]) -> str:
    """Return ` (did you mean …?)` for the known word most like `wrong`, or nothing."""
    found = process.extractOne(wrong, sorted(known), score_cutoff=70)
    return f" (did you mean {found[0]}?)" if found else ""


def read_token(text: str) -> str:
    """Read a Bot API token; the error does not show it."""
    if not re.fullmatch(r"[\w:-]+", text, re.ASCII):
        raise ValueError("expected a token as @BotFather gives it: letters, digits, : _ and -")
    return text


def read_api_url(text: str) -> str:
    """Read the base of the Bot API."""
    if not text.endswith("/bot"):
        raise ValueError(f"expected an address that ends in /bot, without a slash, not {text!r}")
    return read_web_address(text)


def read_web_address(text: str) -> str:
    """Read an http or https address."""
    problem = ValueError(f"expected an http:// or https:// address, not {text!r}")
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise problem from error
    if not good or re.search(r"\s", text):
        raise problem
    return text


def read_database_url(text: str) -> str:
    """Read a SQLAlchemy URL and name our asynchronous driver in it; the error does not show it."""
    scheme, separator, rest = text.partition("://")
    dialect = scheme.partition("+")[0]
    if dialect not in DRIVERS or not separator:
        raise ValueError(
            "expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME, "
            f"not a URL that begins with {scheme[:20]!r}"
        )
    if dialect == "sqlite" and rest.partition("?")[0] in {"", "/", "/:memory:"}:
        raise ValueError(
            "an in-memory database would forget the reminders: name a file, "
            "such as sqlite:///planbot.db"
        )
    if dialect == "sqlite" and not rest.startswith("/"):
        raise ValueError("expected three slashes before the file: sqlite:///planbot.db")
    return f"{DRIVERS[dialect]}://{rest}"


def read_folder(text: str) -> Path:
    """Read a folder, which need not exist; `~` is this user's home."""
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:
        raise ValueError(f"no such home folder: {text!r}") from error
    if path.exists() and not path.is_dir():
        raise ValueError(f"expected a folder, and {text!r} is a file")
    return path


def read_user_ids(text: str) -> frozenset[int]:
    """Read Telegram user ids with commas between them."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    wrong = [part for part in parts if not re.fullmatch(r"[1-9][0-9]{0,15}", part)]
    if wrong:
        raise ValueError(
            f"expected Telegram user ids such as 12345678,87654321, not {', '.join(wrong)}"
        )
    return frozenset(map(int, parts))


def read_zone(text: str) -> ZoneInfo:
    """Read an IANA time zone."""
    try:
        return ZoneInfo(text)
    except (OSError, LookupError, ValueError) as error:
        raise ValueError(
            f"no time zone is called {text!r}{nearest(text, available_timezones())}; "
            "expected an IANA name such as Asia/Shanghai"
        ) from error


def read_local_time(text: str) -> datetime:
    """Read an ISO 8601 time, naive where it has no zone."""
    problem = ValueError(
        "expected an ISO 8601 time such as 2024-05-24T09:00 or 2024-05-24T09:00+08:00, "
        f"not {text!r}"
    )
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise problem from error
    if not 1 < moment.year < 9999:  # at the ends of the calendar a change of zone overflows
        raise problem
    return moment


def read_webhook_secret(text: str) -> str:
    """Read a webhook secret; the error does not show it."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise ValueError("expected 1 to 256 letters, digits, _ or -")
    return text


def read_listen(text: str) -> Listen:
    """Read `host:port`, an IPv6 host in brackets."""
    shape = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/\[\]]+)):([0-9]{1,5})", text)
    if shape is None or not 0 < int(shape[3]) < 65536:
        raise ValueError(f"expected host:port such as 127.0.0.1:8080, not {text!r}")
    return Listen(shape[1] or shape[2], int(shape[3]))


def read_days(text: str) -> int:
    """Read a number of days, 0 to 366."""
    if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > 366:
        raise ValueError(f"expected a number of days from 0 to 366, not {text!r}")
    return int(text)


def read_log_shape(text: str) -> LogShape:
    """Read the shape of the log."""
    try:
        return LogShape(text.lower())
    except ValueError as error:
        raise ValueError(f"expected text or json, not {text!r}") from error


def read_log_level(text: str) -> str:
    """Read the least level that is logged."""
    level = text.upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError(f"expected DEBUG, INFO, WARNING or ERROR, not {text!r}")
    return level
