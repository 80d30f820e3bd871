"""The settings: each named once, read from the environment and a `.env` file, checked together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dotenv.parser import parse_stream

from bot import values
from bot.clock import in_utc
from bot.quiet import QuietHours
from bot.values import Listen, LogShape

PREFIX = "PLANBOT_"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its variable, the text that stands where none is given, and what it is for.

    `read` makes the value of a text and raises ValueError with what it expected. Where `default`
    is None there is no value, or `help` says what is taken instead.
    """

    name: str
    default: str | None
    help: str
    read: Callable[[str], Any] = str

    @property
    def field(self) -> str:
        """Return the name of this setting's attribute of `Settings`."""
        return self.name.removeprefix(PREFIX).lower()


SETTINGS = (
    Setting(
        "PLANBOT_TOKEN",
        None,
        "The Bot API token from @BotFather; only `planbot run` needs it.",
        values.read_token,
    ),
    Setting(
        "PLANBOT_API_URL",
        "https://api.telegram.org/bot",
        "Base of the Bot API, up to and including /bot.",
        values.read_api_url,
    ),
    Setting(
        "PLANBOT_DATABASE_URL",
        None,
        "SQLAlchemy URL of a SQLite or PostgreSQL database; without it, the SQLite file "
        "planbot.db in the data folder.",
        values.read_database_url,
    ),
    Setting(
        "PLANBOT_DATA",
        None,
        "Folder of the SQLite file and the caches; without it, this user's data folder "
        "(~/.local/share/planbot, on macOS ~/Library/Application Support/planbot).",
        values.read_folder,
    ),
    Setting(
        "PLANBOT_PLANS",
        None,
        "Folder of plan files; without it, the bundled plans.",
        values.read_folder,
    ),
    Setting(
        "PLANBOT_ADMINS",
        None,
        "Telegram user ids of the administrators, with commas between them.",
        values.read_user_ids,
    ),
    Setting(
        "PLANBOT_TIMEZONE",
        "Asia/Shanghai",
        "Time zone of chats that have not chosen one.",
        values.read_zone,
    ),
    Setting(
        "PLANBOT_NOW",
        None,
        "Start the clock at this ISO 8601 time instead of now; it runs on from there.",
        values.read_local_time,
    ),
    Setting(
        "PLANBOT_WEBHOOK_URL",
        None,
        "Public address that Telegram posts updates to, for webhook mode.",
        values.read_web_address,
    ),
    Setting(
        "PLANBOT_WEBHOOK_SECRET",
        None,
        "What Telegram repeats with each post, 1 to 256 letters, digits, _ or -.",
        values.read_webhook_secret,
    ),
    Setting(
        "PLANBOT_LISTEN",
        "127.0.0.1:8080",
        "Where webhook mode listens, as host:port.",
        values.read_listen,
    ),
    Setting(
        "PLANBOT_METRICS_LISTEN",
        None,
        "Where counters for Prometheus are served, as host:port; without it, nowhere.",
        values.read_listen,
    ),
    Setting(
        "PLANBOT_QUIET",
        "22:00-08:00",
        "Hours in which reminders wait, for chats that have not chosen their own; or off.",
        QuietHours.parse,
    ),
    Setting(
        "PLANBOT_CATCHUP_DAYS",
        "7",
        "How many days back missed reminders are still sent after the bot was down.",
        values.read_days,
    ),
    Setting("PLANBOT_LOG", "text", "Shape of the log: text or json.", values.read_log_shape),
    Setting(
        "PLANBOT_LOG_LEVEL",
        "INFO",
        "Least level that is logged: DEBUG, INFO, WARNING or ERROR.",
        values.read_log_level,
    ),
)


class SettingsError(ValueError):
    """The settings cannot be used: `problems` says in sentences everything that is wrong."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as the program uses them; `repr` shows no secret.

    `database_url` names an asynchronous driver; `plans` is None for the bundled plans; `now` is
    in UTC, and None for the machine's own clock.
    """

    token: str | None = field(repr=False)
    api_url: str
    database_url: str = field(repr=False)
    data: Path
    plans: Path | None
    admins: frozenset[int]
    timezone: ZoneInfo
    now: datetime | None
    webhook_url: str | None
    webhook_secret: str | None = field(repr=False)
    listen: Listen
    metrics_listen: Listen | None
    quiet: QuietHours
    catchup_days: int
    log: LogShape
    log_level: str

    @property
    def file_url(self) -> str:
        """Return the base of the Bot API's file downloads, up to and including `/bot`."""
        return f"{self.api_url.removesuffix('/bot')}/file/bot"


def load_settings(environ: Mapping[str, str], dotenv: Path | None = None) -> Settings:
    """Read the settings, the environment before the `.env` file; an empty value counts as none.

    Args:
        environ: the environment, such as `os.environ`.
        dotenv: a file of `NAME=value` lines, which need not exist.

    Raises:
        SettingsError: names or values that cannot be used, all told at once.
    """
    problems: list[str] = []
    given = _read_dotenv(dotenv, problems) if dotenv is not None else {}
    given |= {name: text for name, text in environ.items() if name.startswith(PREFIX)}
    known = {setting.name for setting in SETTINGS}
    problems += [
        f"{name}: there is no such setting{values.nearest(name, known)}"
        for name in sorted(given.keys() - known)
    ]
    found: dict[str, Any] = {}
    for setting in SETTINGS:
        text = given.get(setting.name, "").strip() or setting.default
        try:
            found[setting.field] = None if text is None else setting.read(text)
        except ValueError as error:
            problems.append(f"{setting.name}: {error}")
    if problems:
        raise SettingsError(tuple(problems))
    return Settings(**_complete(found, environ))


def _complete(found: dict[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """Fill in what depends on another setting or on the machine."""
    data = found["data"] or _data_folder(environ, sys.platform)
    return found | {
        "data": data,
        "database_url": found["database_url"]
        or f"{values.DRIVERS['sqlite']}:///{data}/planbot.db",
        "admins": found["admins"] or frozenset(),
        "now": found["now"] and in_utc(found["now"], found["timezone"]),
    }


def _data_folder(environ: Mapping[str, str], platform: str) -> Path:
    """Return where the programs of this user keep their data, by the custom of the platform."""
    home = Path(environ.get("HOME") or Path.home())
    if platform == "darwin":
        return home / "Library" / "Application Support" / "planbot"
    shared = environ.get("LOCALAPPDATA" if platform == "win32" else "XDG_DATA_HOME", "")
    # The XDG specification has relative paths ignored.
    base = Path(shared) if Path(shared).is_absolute() else home / ".local" / "share"
    return base / "planbot"


def _read_dotenv(path: Path, problems: list[str]) -> dict[str, str]:
    """Return the settings of the file at `path`, and add to `problems` what cannot be read."""
    found: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for line in parse_stream(lines):
                if line.error:
                    problems.append(
                        f"{path}:{line.original.line}: expected NAME=value or a comment"
                    )
                elif line.key is not None and line.key.startswith(PREFIX):
                    found[line.key] = line.value or ""
    except FileNotFoundError:
        pass
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        problems.append(f"{path}: cannot be read: {reason}")
    return found
