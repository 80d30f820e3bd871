from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict

from tests.botapi import BotApi, Person
from tests.botapi_tests.refusing import refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Receiver:
    """A bot's own web server: keeps what it got and answers with ``status``."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[tuple[str | None, dict[str, Any]]] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append((request.headers.get(HEADER), await request.json()))
        return web.Response(status=self.status)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_posted_in_order_with_the_secret(
    api: BotApi, bot: Bot, person: Person, receiver: Receiver
) -> None:
    person.says("甲")
    await bot.set_webhook(receiver.url, secret_token="s3cret")
    person.says("乙")
    await api.taken()
    assert [body["message"]["text"] for _, body in receiver.got] == ["甲", "乙"]
    assert {secret for secret, _ in receiver.got} == {"s3cret"}
    assert [delivery.status for delivery in api.deliveries] == [200, 200]


async def test_a_refused_update_is_posted_again_and_first(
    api: BotApi, bot: Bot, person: Person, receiver: Receiver
) -> None:
    receiver.status = 500
    await bot.set_webhook(receiver.url)
    person.says("甲")
    await api.wait_for(lambda: len(api.deliveries) == 1)
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 1
    assert info.last_error_message == "Wrong response from the webhook: 500"
    receiver.status = 200
    api.retry_webhook()
    await api.taken()
    assert [delivery.status for delivery in api.deliveries] == [500, 200]
    assert len({delivery.update_id for delivery in api.deliveries}) == 1


async def test_a_webhook_that_does_not_answer_keeps_its_updates(
    api: BotApi, bot: Bot, person: Person
) -> None:
    with socket.socket() as bound_but_deaf:
        bound_but_deaf.bind(("127.0.0.1", 0))
        await bot.set_webhook(f"http://127.0.0.1:{bound_but_deaf.getsockname()[1]}/nobody")
        person.says("甲")
        await api.wait_for(lambda: len(api.deliveries) == 1)
    assert api.deliveries[0].status is None
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1


async def test_polling_conflicts_with_a_webhook(bot: Bot, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_pending_updates_can_be_dropped(bot: Bot, person: Person) -> None:
    person.says("甲")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("http://bot.example.org/hook", None, "An HTTPS URL must be provided"),
        ("https://bot.example.org:8000/hook", None, "only on ports 80, 88, 443 or 8443"),
        ("https://bot.example.org/hook", "密钥", "unallowed characters"),
        ("https://bot.example.org/hook", "x" * 257, "unallowed characters"),
    ],
)
async def test_a_webhook_is_https_on_telegrams_ports_with_a_plain_secret(
    bot: Bot, url: str, secret: str | None, words: str
) -> None:
    with refused(words):
        await bot.set_webhook(url, secret_token=secret)
    assert (await bot.get_webhook_info()).url == ""
