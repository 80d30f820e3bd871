"""The real program in a process of its own: killed, badly set up, and stopped in order."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.botapi import TOKEN, RemoteBotApi
from tests.telegram.running import free_port

ROOT = Path(__file__).parents[2]
WAITING = 200

Settings = dict[str, str]


def environment(folder: Path, base_url: str, extra: Mapping[str, str] | None = None) -> Settings:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {
        **kept,
        "PLANBOT_TOKEN": TOKEN,
        "PLANBOT_API_URL": base_url,
        "PLANBOT_DATA": str(folder),
        **(extra or {}),
    }


@asynccontextmanager
async def started(environ: Settings, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start the program; it is killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", *arguments),
        env=environ,
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(environ: Settings, *arguments: str) -> tuple[int, str]:
    """Run the program until it ends by itself; return its exit code and what it said."""
    async with started(environ, *arguments) as process:
        _, said = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode is not None
        return process.returncode, said.decode()


async def test_killed_with_200_updates_waiting_it_loses_none(tmp_path: Path) -> None:
    async with RemoteBotApi() as api:
        people = [await api.person() for _ in range(WAITING // 2)]
        for text in ("/privacy", "有哪些量化指标"):
            for person in people:
                await api.say(person, text)
        environ = environment(tmp_path, api.base_url)
        for answered in (20, 60, 110):
            async with started(environ) as process:
                await api.sent(answered, within=30)
                process.send_signal(signal.SIGKILL)
                await process.wait()
        async with started(environ):
            # Each turn waits for one message more at least, so that there may be one for each.
            for _ in range(2 * WAITING):
                sent = await api.sent()
                # One that was under way at a kill may be there twice, and the other not yet.
                got = Counter(chat for chat, _ in {(m["chat_id"], m["text"]) for m in sent})
                if all(got[person] >= 2 for person in people):
                    break
                await api.sent(len(sent) + 1, within=10)
        for person in people:
            texts = [message["text"] for message in sent if message["chat_id"] == person]
            assert len(set(texts)) == 2, "every question has its answer"
            first, last = texts[0], texts[-1]
            assert texts == sorted(texts, key=(first, last).index), "in the order asked"
        # Only what was under way at a kill may be answered again.
        assert len(sent) <= WAITING + 3 * 30


async def test_it_stops_in_order_when_it_is_told_to(tmp_path: Path) -> None:
    async with RemoteBotApi() as api:
        person = await api.person()
        await api.say(person, "/privacy")
        async with started(environment(tmp_path, api.base_url)) as process:
            await api.sent(1, within=30)
            process.send_signal(signal.SIGTERM)
            _, said = await asyncio.wait_for(process.communicate(), 20)
            assert process.returncode == 0
            assert "Traceback" not in said.decode()
        # What was answered is confirmed and written down: nothing is answered again.
        await api.say(person, "/help")
        async with started(environment(tmp_path, api.base_url)):
            await api.sent(2, within=30)
        assert len(await api.sent()) == 2


async def test_a_wrong_token_is_told_in_one_line(tmp_path: Path) -> None:
    async with RemoteBotApi() as api:
        environ = environment(tmp_path, api.base_url, {"PLANBOT_TOKEN": "1:wrong"})
        code, said = await ended(environ)
    assert code == 1
    assert "planbot: Telegram rejects the token" in said
    assert "Traceback" not in said
    assert "1:wrong" not in said
    assert "Unclosed" not in said


async def test_with_the_network_down_at_the_start_it_waits(tmp_path: Path) -> None:
    port = free_port()
    environ = environment(tmp_path, f"http://127.0.0.1:{port}/bot")
    async with started(environ) as process:
        assert process.stderr is not None
        while b"cannot be reached" not in await asyncio.wait_for(process.stderr.readline(), 30):
            pass
        async with RemoteBotApi(port) as api:
            await api.say(await api.person(), "/help")
            await api.sent(1, within=60)


@pytest.mark.parametrize(
    ("extra", "code", "part"),
    [
        ({"PLANBOT_TIMEZONE": "Mars/Olympus"}, 2, "PLANBOT_TIMEZONE"),
        ({"PLANBOT_ADMIN": "5"}, 2, "did you mean PLANBOT_ADMINS"),
        ({"PLANBOT_DATABASE_URL": "sqlite:////dev/null/planbot.db"}, 1, "/dev/null/planbot.db"),
        ({"PLANBOT_WEBHOOK_SECRET": "a b"}, 2, "PLANBOT_WEBHOOK_SECRET"),
    ],
)
async def test_a_bad_setting_is_told_in_one_line(
    tmp_path: Path, extra: Settings, code: int, part: str
) -> None:
    ended_with, said = await ended(environment(tmp_path, "http://127.0.0.1:9/bot", extra))
    assert ended_with == code
    assert part in said
    assert "Traceback" not in said


async def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    async with RemoteBotApi() as api:
        port = api.base_url.rpartition(":")[2].partition("/")[0]
        extra = {
            "PLANBOT_LISTEN": f"127.0.0.1:{port}",
            "PLANBOT_WEBHOOK_URL": "https://example.org/updates",
        }
        code, said = await ended(environment(tmp_path, api.base_url, extra), "--mode", "webhook")
    assert code == 1
    assert f"planbot: cannot listen at 127.0.0.1:{port}" in said


async def test_a_missing_folder_of_plans_is_filled_with_the_bundled_ones(tmp_path: Path) -> None:
    async with RemoteBotApi() as api:
        extra = {"PLANBOT_PLANS": str(tmp_path / "plans")}
        await api.say(await api.person(), "/start")
        async with started(environment(tmp_path, api.base_url, extra)):
            await api.sent(1, within=30)
    assert list((tmp_path / "plans").glob("*.yaml"))
