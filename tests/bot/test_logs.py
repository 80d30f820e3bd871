from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.logs import log_error, redact, set_up_logs
from bot.values import LogShape

TOKEN = "123456789:AAExampleExampleExampleExample_-12"
logger = logging.getLogger("bot.example")


@pytest.fixture(autouse=True)
def _restore_logging() -> Iterator[None]:
    """Leave the logging of the other tests as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in [*logging.root.manager.loggerDict]}
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in [*logging.root.manager.loggerDict]:
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


def start(shape: LogShape = LogShape.TEXT, level: str = "INFO", secret: str = "") -> io.StringIO:
    stream = io.StringIO()
    set_up_logs(shape, level, secret=[secret, None], stream=stream)
    return stream


@pytest.mark.parametrize("shape", LogShape)
def test_no_token_is_ever_shown(shape: LogShape) -> None:
    stream = start(shape)
    logger.info("posting to https://api.telegram.org/bot%s/sendMessage", TOKEN)
    logger.info("posting to http://127.0.0.1:8081/file/bot1:short/sendMessage")
    logger.info(TOKEN)
    logger.info("extra", extra={"where": f"/bot{TOKEN}/getMe"})
    log_error(logger, "failed", ConnectionError(f"http://127.0.0.1/bot{TOKEN}/getUpdates"))
    assert "AAExample" not in stream.getvalue()
    assert "short" not in stream.getvalue()
    assert "https://api.telegram.org/bot[token]/sendMessage" in stream.getvalue()


def test_a_secret_of_any_shape_is_not_shown() -> None:
    stream = start(secret="hook-secret")
    logger.warning("the header was hook-secret")
    assert stream.getvalue().endswith("the header was [secret]\n")


def test_a_password_in_a_url_is_not_shown() -> None:
    assert (
        redact("postgresql://me:pa:ss%2Fword@host/name") == "postgresql://me:[password]@host/name"
    )
    assert redact("http://127.0.0.1:8080/a@b") == "http://127.0.0.1:8080/a@b"


def test_times_and_ordinary_words_are_left_alone() -> None:
    said = "2024-05-24T09:00:00.000+00:00 chat -100123: 12:30, 3 of 10"
    assert redact(said) == said


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore.connection", "aiosqlite", "sqlalchemy.engine"]
)
def test_chatty_libraries_are_kept_quiet_even_while_debugging(name: str) -> None:
    stream = start(level="DEBUG")
    logging.getLogger(name).info("what somebody wrote")
    logging.getLogger(name).warning("something is wrong")
    logger.debug("ours")
    assert "what somebody wrote" not in stream.getvalue()
    assert "something is wrong" in stream.getvalue()
    assert "ours" in stream.getvalue()


def test_what_is_below_the_level_is_not_logged() -> None:
    stream = start(level="ERROR")
    logger.warning("a warning")
    logging.getLogger("telegram.ext").warning("theirs")
    assert stream.getvalue() == ""


def test_a_line_of_text_says_when_how_grave_and_where() -> None:
    stream = start()
    logger.info("ready after %d ms", 12)
    moment, rest = stream.getvalue().split(" ", 1)
    assert datetime.fromisoformat(moment).utcoffset() == timedelta(0)
    assert rest == "INFO bot.example: ready after 12 ms\n"


def test_a_line_of_json_is_one_object_with_the_fields_given() -> None:
    stream = start(LogShape.JSON)
    logger.info("展翅\n第二行", extra={"chat": -100123, "ms": 0.5, "kind": LogShape.TEXT})
    (line,) = stream.getvalue().splitlines()
    found = json.loads(line)
    assert datetime.fromisoformat(found.pop("time")).utcoffset() == timedelta(0)
    assert found == {
        "level": "INFO",
        "logger": "bot.example",
        "message": "展翅\n第二行",
        "chat": -100123,
        "ms": 0.5,
        "kind": "text",
    }


@pytest.mark.parametrize("shape", LogShape)
def test_an_error_has_a_short_id_and_shows_where_it_arose_but_not_what_it_quotes(
    shape: LogShape,
) -> None:
    stream = start(shape)
    try:
        try:
            int("很私人的话")
        except ValueError as error:
            raise KeyError("很'私人的话") from error
    except KeyError as error:
        name = log_error(logger, "an answer failed", error)
    written = stream.getvalue()
    assert len(name) == 8
    assert name in written
    assert "ValueError: invalid literal for int() with base 10: '…'" in written
    assert "was the cause of" in written
    assert "KeyError" in written
    assert f"{__file__}:" in written
    assert "私人" not in written


def test_a_system_error_keeps_its_file_and_a_group_shows_its_parts() -> None:
    stream = start()
    error = FileNotFoundError(2, "No such file", "/plans/a.yaml")
    log_error(logger, "failed", BaseExceptionGroup("two", [error, ValueError("'x'")]))
    assert "FileNotFoundError: [Errno 2] No such file: '/plans/a.yaml'" in stream.getvalue()
    assert "ValueError: '…'" in stream.getvalue()


def test_two_errors_have_two_ids() -> None:
    start()
    assert log_error(logger, "failed", ValueError()) != log_error(logger, "failed", ValueError())


def test_setting_up_twice_does_not_log_twice() -> None:
    first = start()
    second = start()
    logger.info("once")
    assert first.getvalue() == ""
    assert second.getvalue().count("once") == 1
