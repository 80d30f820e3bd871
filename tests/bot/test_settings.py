from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import settings as module
from bot.quiet import QuietHours
from bot.settings import SETTINGS, Settings, SettingsError, load_settings
from bot.values import Listen, LogShape

TOKEN = "123456:AAbb-Secret_part"


def problem(name: str, value: str) -> str:
    """The one sentence that says what is wrong with a setting."""
    with pytest.raises(SettingsError) as caught:
        load_settings({name: value})
    (sentence,) = caught.value.problems
    assert sentence.startswith(f"{name}: ")
    return sentence


def test_every_setting_is_an_attribute_of_the_settings_and_the_other_way_round() -> None:
    assert [setting.field for setting in SETTINGS] == [field.name for field in fields(Settings)]


def test_without_any_setting_the_program_can_run(tmp_path: Path) -> None:
    settings = load_settings({"HOME": str(tmp_path)})
    assert settings.token is None
    assert settings.api_url == "https://api.telegram.org/bot"
    assert settings.plans is None
    assert settings.admins == frozenset()
    assert settings.timezone == ZoneInfo("Asia/Shanghai")
    assert settings.now is None
    assert settings.listen == Listen("127.0.0.1", 8080)
    assert settings.metrics_listen is None
    assert settings.quiet == QuietHours(time(22), time(8))
    assert settings.catchup_days == 7
    assert settings.log is LogShape.TEXT


def test_a_default_that_is_shown_is_the_one_that_is_read() -> None:
    plain = load_settings({})
    shown = load_settings({s.name: s.default for s in SETTINGS if s.default is not None})
    assert plain == shown


def test_reading_the_settings_makes_no_folder(tmp_path: Path) -> None:
    settings = load_settings({"PLANBOT_DATA": str(tmp_path / "data")})
    assert settings.data == tmp_path / "data"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/data/planbot.db"
    assert list(tmp_path.iterdir()) == []


def test_the_data_folder_follows_the_custom_of_the_platform(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    folder = module._data_folder
    assert folder(home, "linux") == tmp_path / ".local/share/planbot"
    assert folder(home | {"XDG_DATA_HOME": "/data"}, "linux") == Path("/data/planbot")
    assert folder(home | {"XDG_DATA_HOME": "data"}, "linux") == tmp_path / ".local/share/planbot"
    assert folder(home, "darwin") == tmp_path / "Library/Application Support/planbot"


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# ours\nPLANBOT_ADMINS=1, 2\nexport PLANBOT_TIMEZONE='Europe/London'\nOTHER=x\n",
        encoding="utf-8",
    )
    settings = load_settings({"PLANBOT_ADMINS": "3"}, file)
    assert settings.admins == {3}
    assert settings.timezone == ZoneInfo("Europe/London")


def test_an_empty_value_in_the_environment_takes_back_the_files(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"PLANBOT_TOKEN={TOKEN}\n", encoding="utf-8")
    assert load_settings({}, file).token == TOKEN
    assert load_settings({"PLANBOT_TOKEN": ""}, file).token is None


def test_a_file_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path / ".env") == load_settings({})


def test_a_file_that_cannot_be_read_is_said_by_name_and_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PLANBOT_ADMINS=1\nPLANBOT_LOG='json\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"\.env:2: expected NAME=value"):
        load_settings({}, file)
    file.write_bytes(b"PLANBOT_ADMINS=\xff")
    with pytest.raises(SettingsError, match=r"\.env: cannot be read: it is not UTF-8 text"):
        load_settings({}, file)
    with pytest.raises(SettingsError, match=r"cannot be read: Is a directory"):
        load_settings({}, tmp_path)


def test_an_unknown_setting_is_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    assert "did you mean PLANBOT_TIMEZONE?" in problem("PLANBOT_TIME_ZONE", "Asia/Shanghai")
    file = tmp_path / ".env"
    file.write_text("PLANBOT_TOKN=x\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"PLANBOT_TOKN: .*did you mean PLANBOT_TOKEN\?"):
        load_settings({}, file)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"PLANBOT_NOW": "soon", "PLANBOT_ADMINS": "me", "PLANBOT_X": "1"})
    names = {sentence.partition(":")[0] for sentence in caught.value.problems}
    assert names == {"PLANBOT_NOW", "PLANBOT_ADMINS", "PLANBOT_X"}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PLANBOT_TIMEZONE", "Asia/Shanghia", "did you mean Asia/Shanghai?"),
        ("PLANBOT_TIMEZONE", "Asia", "no time zone is called 'Asia'"),
        ("PLANBOT_TIMEZONE", "../etc/passwd", "expected an IANA name"),
        ("PLANBOT_NOW", "tomorrow", "expected an ISO 8601 time"),
        ("PLANBOT_ADMINS", "12,@someone", "not @someone"),
        ("PLANBOT_ADMINS", "-100123", "not -100123"),
        ("PLANBOT_API_URL", "http://127.0.0.1:8081/bot/", "ends in /bot"),
        ("PLANBOT_API_URL", "http://127.0.0.1:8081", "ends in /bot"),
        ("PLANBOT_API_URL", "127.0.0.1:8081/bot", "http:// or https://"),
        ("PLANBOT_WEBHOOK_URL", "example.org/hook", "http:// or https://"),
        ("PLANBOT_WEBHOOK_URL", "https://example.org:port/", "http:// or https://"),
        ("PLANBOT_LISTEN", "8080", "expected host:port"),
        ("PLANBOT_LISTEN", "127.0.0.1:99999", "expected host:port"),
        ("PLANBOT_METRICS_LISTEN", ":9", "expected host:port"),
        ("PLANBOT_DATABASE_URL", "mysql://host/name", "begins with 'mysql'"),
        ("PLANBOT_DATABASE_URL", "planbot.db", "expected sqlite:///FILE"),
        ("PLANBOT_DATABASE_URL", "sqlite://", "in-memory"),
        ("PLANBOT_DATABASE_URL", "sqlite:///:memory:", "in-memory"),
        ("PLANBOT_DATABASE_URL", "sqlite://planbot.db", "three slashes"),
        ("PLANBOT_QUIET", "at night", "22:00-08:00"),
        ("PLANBOT_CATCHUP_DAYS", "-1", "from 0 to 366"),
        ("PLANBOT_LOG", "xml", "text or json"),
        ("PLANBOT_LOG_LEVEL", "loud", "DEBUG, INFO, WARNING or ERROR"),
        ("PLANBOT_DATA", __file__, "expected a folder"),
    ],
)
def test_a_value_that_cannot_be_used_is_said_with_what_was_expected(
    name: str, value: str, said: str
) -> None:
    assert said in problem(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLANBOT_TOKEN", "123456:AAbb Secret"),
        ("PLANBOT_WEBHOOK_SECRET", "päss Secret"),
        ("PLANBOT_DATABASE_URL", "mysql://someone:Secret@host/name"),
        ("PLANBOT_DATABASE_URL", "postgres://someone:Secret@host/name"),
    ],
)
def test_an_error_shows_no_secret(name: str, value: str) -> None:
    assert "Secret" not in problem(name, value)


def test_the_settings_shown_hold_no_secret() -> None:
    settings = load_settings(
        {
            "PLANBOT_TOKEN": TOKEN,
            "PLANBOT_WEBHOOK_SECRET": "hook-Secret",
            "PLANBOT_DATABASE_URL": "postgresql://someone:Secret@host/name",
        }
    )
    assert settings.token == TOKEN
    assert settings.webhook_secret == "hook-Secret"
    assert "Secret" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "driven"),
    [
        ("sqlite:///planbot.db", "sqlite+aiosqlite:///planbot.db"),
        ("sqlite:////var/lib/planbot.db", "sqlite+aiosqlite:////var/lib/planbot.db"),
        ("sqlite+aiosqlite:///planbot.db", "sqlite+aiosqlite:///planbot.db"),
        ("postgresql://u:p@host:5432/name", "postgresql+psycopg://u:p@host:5432/name"),
        ("postgresql+psycopg2://host/name", "postgresql+psycopg://host/name"),
        ("postgresql:///name?host=/run", "postgresql+psycopg:///name?host=/run"),
    ],
)
def test_a_database_url_is_given_our_drivers(url: str, driven: str) -> None:
    assert load_settings({"PLANBOT_DATABASE_URL": url}).database_url == driven


def test_a_start_of_the_clock_is_read_in_the_time_zone() -> None:
    given = {"PLANBOT_NOW": "2024-07-01T09:00", "PLANBOT_TIMEZONE": "Europe/London"}
    assert load_settings(given).now == datetime(2024, 7, 1, 8, tzinfo=UTC)
    given["PLANBOT_NOW"] = "2024-07-01T09:00+09:00"
    assert load_settings(given).now == datetime(2024, 7, 1, 0, tzinfo=UTC)


def test_files_of_the_bot_api_are_beside_it() -> None:
    settings = load_settings({"PLANBOT_API_URL": "http://127.0.0.1:8081/bot"})
    assert settings.file_url == "http://127.0.0.1:8081/file/bot"


def test_an_address_may_be_ipv6() -> None:
    listen = load_settings({"PLANBOT_LISTEN": "[::1]:8443"}).listen
    assert (listen.host, listen.port) == ("::1", 8443)
    assert str(listen) == "[::1]:8443"


def test_the_settings_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        load_settings({}).token = TOKEN  # type: ignore[misc]
