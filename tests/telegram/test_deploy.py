"""The files for running it: they name only settings that exist, and keep what they promise."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from bot.healthcheck import address, main
from bot.reminders.feed import feed_address
from bot.settings import SETTINGS, load_settings
from bot.values import Listen
from bot.webhook import webhook_address

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
    first, _, last = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert re.search(r"^VOLUME /data$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "pip install" not in last
    assert "apt-get" not in last
    # What it copies has the program's own dependencies, and not those that built it.
    assert "--without-pip /opt/planbot" in first
    assert re.findall(r"--python /opt/planbot/bin/python install (.*)", first) == [
        '--no-index --find-links /wheels "planbot[meaning]"'
    ]


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


def test_the_proxy_lets_through_what_the_bot_tells_people_and_telegram() -> None:
    environment = compose()["services"]["replica1"]["environment"]
    told = environment["PLANBOT_WEBHOOK_URL"].replace("${DOMAIN:-localhost}", "example.org")
    settings = load_settings({"PLANBOT_WEBHOOK_URL": told})
    calendar = feed_address(settings, "word")
    assert calendar is not None
    caddy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    (paths,) = re.findall(r"@open path (.+)", caddy)
    for told_address in (webhook_address(settings), calendar):
        path = urlsplit(told_address).path
        assert any(fnmatchcase(path, allowed) for allowed in paths.split()), path
    for inner in ("/metrics", "/healthz"):
        assert not any(fnmatchcase(inner, allowed) for allowed in paths.split())


def test_the_proxy_sends_to_the_replicas_where_they_listen() -> None:
    caddy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    (upstreams,) = re.findall(r"reverse_proxy (.+) \{", caddy)
    replicas = {
        f"{name}:{load_settings(numbered(service)).listen.port}"
        for name, service in compose()["services"].items()
        if "PLANBOT_LISTEN" in service.get("environment", {})
    }
    assert set(upstreams.split()) == replicas
    assert len(replicas) == 2


def numbered(service: dict[str, Any]) -> dict[str, str]:
    return {"PLANBOT_LISTEN": service["environment"]["PLANBOT_LISTEN"]}


def test_whatever_a_service_uses_is_declared() -> None:
    found = compose()
    for service in found["services"].values():
        named = [volume.partition(":")[0] for volume in service["volumes"]]
        assert {name for name in named if "/" not in name} <= set(found["volumes"])
        for file in (name for name in named if "/" in name):
            assert (ROOT / file).is_file()
        assert set(service.get("networks", [])) <= {*found["networks"], "default"}
        assert set(service.get("depends_on", [])) <= set(found["services"])


def test_the_unit_keeps_data_and_plans_where_it_may_write() -> None:
    unit = (ROOT / "deploy" / "planbot.service").read_text(encoding="utf-8")
    settings = load_settings(dict(re.findall(r"(PLANBOT_\w+)=(\S+)", unit)))
    (state,) = re.findall(r"^StateDirectory=(.+)$", unit, re.MULTILINE)
    assert settings.data == Path("/var/lib") / state
    assert settings.plans is not None
    assert settings.plans.is_relative_to(settings.data)
