"""Webhook mode: what is posted, who may post, and what machines ask beside it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.app import PlanBot
from bot.health import ListenError
from bot.intake import Intake
from bot.live import Loaded
from bot.pacing import Limits
from bot.runners import serve_bot
from bot.updates import Json
from bot.webhook import webhook_address, webhook_secret
from knowledge.plan.library import Library
from tests.botapi import BotApi, FloodLimits
from tests.telegram.invented import invented_knowledge
from tests.telegram.running import Setup, free_port, made, running, settled


def base(bot: PlanBot) -> str:
    return f"http://{bot.services.settings.listen}"


async def test_updates_are_taken_with_the_secret_and_refused_without(
    api: BotApi, tmp_path: Path
) -> None:
    async with running(api, tmp_path, Setup("webhook")) as bot:
        answer = await api.reply_to(api.person().says("新苗奖资助多少人"))
        assert "80名" in answer.text
        assert api.deliveries[-1].status == 200
        address = f"{base(bot)}/updates"
        update = {"update_id": 5, "message": {}}
        header = "X-Telegram-Bot-Api-Secret-Token"
        secret = webhook_secret(bot.services.settings)
        async with aiohttp.ClientSession() as session:
            for headers, body, status in (
                ({}, update, 403),
                ({header: "wrong"}, update, 403),
                ({header: "错"}, update, 403),
                ({header: secret}, [1, 2], 200),
                ({header: secret}, {"no": "id"}, 200),
            ):
                async with session.post(address, json=body, headers=headers) as reply:
                    assert reply.status == status, headers
            async with session.post(address, data=b"{", headers={header: secret}) as reply:
                assert reply.status == 400
            async with session.get(address, headers={header: secret}) as reply:
                assert reply.status == 405
            async with session.post(f"{base(bot)}/", json=update) as reply:
                assert reply.status == 404


async def test_what_could_not_be_stored_is_not_accepted_and_comes_again(
    api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive = Intake.receive
    failing = True

    async def fails(self: Intake, updates: list[Json]) -> None:
        if failing:
            raise OperationalError("INSERT", {}, Exception("disk full"))
        await receive(self, updates)

    monkeypatch.setattr(Intake, "receive", fails)
    async with running(api, tmp_path, Setup("webhook")):
        api.person().says("新苗奖资助多少人")
        await api.wait_for(lambda: bool(api.deliveries))
        assert api.deliveries[-1].status == 500
        failing = False
        api.retry_webhook()
        await api.wait_for(1)
        assert api.deliveries[-1].status == 200


async def test_a_repeated_delivery_is_answered_once(api: BotApi, tmp_path: Path) -> None:
    async with running(api, tmp_path, Setup("webhook")) as bot:
        person = api.person()
        said = person.says("新苗奖资助多少人")
        await api.reply_to(said)
        settings = bot.services.settings
        secret = {"X-Telegram-Bot-Api-Secret-Token": webhook_secret(settings)}
        update = {"update_id": api.deliveries[-1].update_id, "message": said.payload}
        async with aiohttp.ClientSession() as session:
            for _ in range(3):
                async with session.post(
                    webhook_address(settings), json=update, headers=secret
                ) as reply:
                    assert reply.status == 200
        await settled(api, bot)
        assert len(api.sent) == 1


async def test_health_says_ready_and_metrics_count(api: BotApi, tmp_path: Path, mode: str) -> None:
    listen = f"127.0.0.1:{free_port()}"
    setup = Setup(mode, environ={"PLANBOT_METRICS_LISTEN": listen})
    async with running(api, tmp_path, setup) as bot:
        addresses = [f"http://{listen}"] + ([base(bot)] if mode == "webhook" else [])
        await api.reply_to(api.person().says("新苗奖资助多少人"))
        await settled(api, bot)
        async with aiohttp.ClientSession() as session:
            for address in addresses:
                async with session.get(f"{address}/healthz") as reply:
                    assert reply.status == 200
                    assert await reply.json() == {"ready": True, "plans": 1, "database": True}
            async with session.get(f"{addresses[0]}/metrics") as reply:
                counted = await reply.text()
            # Where Telegram posts to, the public has no business with the counters.
            for address in addresses[1:]:
                async with session.get(f"{address}/metrics") as reply:
                    assert reply.status == 404
        for line in (
            'planbot_updates_total{kind="message"} 1.0',
            'planbot_updates_handled_total{ended="done"} 1.0',
            'planbot_answers_total{outcome="answered"} 1.0',
            "planbot_answer_seconds_count 1.0",
            'planbot_sends_total{method="sendMessage",outcome="sent"} 1.0',
            'planbot_queue_length{queue="updates"} 0.0',
        ):
            assert line in counted


async def test_health_says_not_ready_without_plans(api: BotApi, tmp_path: Path) -> None:
    empty = Loaded(Library(()), invented_knowledge().answers)
    setup = Setup("webhook", load=lambda: empty)
    async with running(api, tmp_path, setup) as bot, aiohttp.ClientSession() as session:
        reply = await session.get(f"{base(bot)}/healthz")
        assert reply.status == 503
        assert (await reply.json())["plans"] == 0


@pytest.mark.postgres
async def test_health_says_not_ready_while_the_database_does_not_answer(
    api: BotApi, tmp_path: Path, postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    setup = Setup("webhook", environ={"PLANBOT_DATABASE_URL": postgres_url})
    async with running(api, tmp_path, setup) as bot, aiohttp.ClientSession() as session:
        server, _, name = postgres_url.replace("+psycopg", "").rpartition("/")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        reply = await session.get(f"{base(bot)}/healthz")
        assert reply.status == 503
        assert (await reply.json())["database"] is False
        # An update that cannot be stored is not accepted.
        api.person().says("新苗奖资助多少人")
        await api.wait_for(lambda: bool(api.deliveries))
        assert api.deliveries[-1].status == 500
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")


async def test_a_port_in_use_is_told(api: BotApi, tmp_path: Path) -> None:
    setup = Setup("webhook", port=api.port)
    async with made(api, tmp_path, setup) as bot:
        with pytest.raises(ListenError, match=f"cannot listen at 127.0.0.1:{api.port}"):
            await serve_bot(bot, "webhook")


@pytest.mark.postgres
async def test_two_replicas_share_the_work_and_answer_each_update_once(
    api: BotApi, tmp_path: Path, postgres_url: str
) -> None:
    environ = {"PLANBOT_DATABASE_URL": postgres_url}
    one = Setup("webhook", environ=environ)
    two = Setup("webhook", environ=environ)
    async with running(api, tmp_path, one) as first, running(api, tmp_path, two) as second:
        people = [api.person() for _ in range(6)]
        secret = {"X-Telegram-Bot-Api-Secret-Token": webhook_secret(first.services.settings)}
        api.world.updates.set_webhook(None, drop_pending=False)
        said = [person.says(f"{n}新苗奖资助多少人") for n in range(5) for person in people]
        updates = list(api.world.updates.pending)
        async with aiohttp.ClientSession() as session:

            async def post(bot: PlanBot, update: Json) -> None:
                address = webhook_address(bot.services.settings)
                async with session.post(address, json=update, headers=secret) as reply:
                    assert reply.status == 200

            for number, update in enumerate(updates):
                # Each comes to one of them, and every third to both.
                await post((first, second)[number % 2], update)
                if number % 3 == 0:
                    await post((second, first)[number % 2], update)
        await api.wait_for(len(said), within=20)
        for bot in (first, second):
            await asyncio.wait_for(bot.intake.idle(), 5)
        for person in people:
            asked = [one.message_id for one in said if one.chat_id == person.id]
            assert len(api.sent_to(person)) == len(asked)
        async with first.services.database.read() as connection:
            left = "SELECT count(*) FROM inbox WHERE handled_at IS NULL"
            assert await connection.scalar(text(left)) == 0


async def test_telegrams_limits_are_kept_by_themselves(tmp_path: Path) -> None:
    async with BotApi(flood=FloodLimits(per_second=30, per_chat_second=5)) as api:
        setup = Setup(limits=Limits())
        async with running(api, tmp_path, setup):
            for _ in range(40):
                api.person().says("新苗奖资助多少人")
            await api.wait_for(40, within=10)
            # None was refused and sent again.
            assert len(api.calls("sendMessage")) == 40
