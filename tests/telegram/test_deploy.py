"""The files for running it: they name only settings that exist, and keep what they promise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.healthcheck import address, main
from bot.settings import SETTINGS, load_settings
from bot.values import Listen

ROOT = Path(__file__).parents[2]
KNOWN = {setting.name for setting in SETTINGS}


def test_a_check_with_bad_settings_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANBOT_LOG", "xml")
    assert main() == 1
    assert capsys.readouterr().err.startswith("planbot: PLANBOT_LOG: expected text or json")


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    "name", ["Dockerfile", "compose.yaml", "deploy/planbot.service", "docs/deploy.md"]
)
def test_every_setting_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"PLANBOT_[A-Z_]*[A-Z]", text))
    assert named
    assert named <= KNOWN


def test_settings_given_in_the_files_can_be_read() -> None:
    docker = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    settings = load_settings(dict(re.findall(r"(PLANBOT_\w+)=(\S+)", docker)))
    assert str(settings.plans) == "/data/plans"
    replica = compose()["services"]["replica1"]["environment"]
    given = {
        name: re.sub(r"\$\{\w+:-(\w*)\}", lambda found: found[1] or "x", value)
        for name, value in replica.items()
    }
    assert load_settings(given).database_url.startswith("postgresql+psycopg://planbot:")


def test_the_bot_alone_needs_no_profile_and_the_replicas_need_theirs() -> None:
    services = compose()["services"]
    assert "profiles" not in services["bot"]
    for name in ("replica1", "replica2", "postgres", "caddy"):
        assert services[name]["profiles"] == ["replicas"]
    for name in ("bot", "replica1", "replica2"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]


def test_the_last_stage_runs_without_root_and_without_build_tools() -> None:
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert re.search(r"^USER planbot$", last, re.MULTILINE)
    assert re.search(r"^VOLUME /data$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "pip install" not in last
    assert "apt-get" not in last


def test_whatever_the_image_copies_is_not_left_out_of_it() -> None:
    docker = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", docker, re.MULTILINE)
        for name in line.split()
    ]
    assert len(copied) >= 7
    for name in copied:
        assert f"!{name}" in kept
        assert (ROOT / name).exists()


def test_the_health_check_asks_where_the_bot_answers() -> None:
    polling = load_settings({"PLANBOT_METRICS_LISTEN": "0.0.0.0:8081"})
    assert address(polling) == Listen("127.0.0.1", 8081)
    webhook = load_settings(
        {"PLANBOT_WEBHOOK_URL": "https://example.org/t", "PLANBOT_LISTEN": "[::]:8080"}
    )
    assert address(webhook) == Listen("::1", 8080)
    assert address(load_settings({})) is None
