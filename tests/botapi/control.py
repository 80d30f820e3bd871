"""Handles on the server for a test in another process: JSON over ``/control/…``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.botapi import faults
from tests.botapi.faults import Broken, Fault, Slow
from tests.botapi.messages import SentMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.botapi.api import BotApi
    from tests.botapi.chats import Chat
    from tests.botapi.errors import Json
    from tests.botapi.people import Person

# Each takes the fault's one number: seconds, milliseconds, a chat id or a status.
FAULTS: dict[str, Callable[[int], Fault]] = {
    "flood_wait": faults.flood_wait,
    "migrated": faults.migrated,
    "server_error": faults.server_error,
    "blocked": lambda _: faults.blocked(),
    "chat_not_found": lambda _: faults.chat_not_found(),
    "lost_before": lambda _: faults.lost_before(),
    "lost_after": lambda _: faults.lost_after(),
    "broken": lambda _: Broken(),
    "slow": lambda milliseconds: Slow(milliseconds / 1000),
}


class Control:
    """Serves the control endpoints of one ``BotApi``."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._people: dict[int, Person] = {}
        routes = api.server.app.router
        for name in ("person", "group", "say", "press", "update", "fault"):
            routes.add_post(f"/control/{name}", self._handler(getattr(self, f"_{name}")))
        routes.add_get("/control/sent", self._sent)
        routes.add_get("/control/calls", self._calls)

    def _handler(self, action: Callable[[Json], Json]) -> Any:
        async def handle(request: web.Request) -> web.Response:
            try:
                return web.json_response(action(await request.json()))
            except (AssertionError, LookupError) as error:
                return web.json_response({"error": repr(error)}, status=400)

        return handle

    def _person(self, wanted: Json) -> Json:
        person = self._api.person(**wanted)
        self._people[person.id] = person
        return {"id": person.id}

    def _group(self, wanted: Json) -> Json:
        members = [self._people[number] for number in wanted.get("members", [])]
        title, topics = wanted.get("title", "群"), wanted.get("topics")
        if topics is None:
            return {"id": self._api.group(title, members=members).id, "topics": {}}
        chat = self._api.supergroup(title, topics=topics, members=members)
        return {"id": chat.id, "topics": chat.topics}

    def _say(self, wanted: Json) -> Json:
        said = self._people[wanted["person"]].says(
            wanted["text"], chat=self._chat(wanted), topic=wanted.get("topic")
        )
        return {"chat_id": said.chat_id, "message_id": said.message_id}

    def _press(self, wanted: Json) -> Json:
        sent = {(message.chat_id, message.message_id): message for message in self._api.sent}
        message = sent[wanted["chat"], wanted["message_id"]]
        return {"id": self._people[wanted["person"]].presses(message, wanted["label"]).id}

    def _update(self, wanted: Json) -> Json:
        return {"update_id": self._api.push(wanted)}

    def _fault(self, wanted: Json) -> Json:
        self._api.fail_next(
            FAULTS[wanted["fault"]](wanted.get("number", 0)),
            method=wanted.get("method"),
            chat=wanted.get("chat"),
            times=wanted.get("times", 1),
        )
        return {}

    def _chat(self, wanted: Json) -> Chat | None:
        return self._api.world.chats[wanted["chat"]] if "chat" in wanted else None

    async def _sent(self, request: web.Request) -> web.Response:
        """All messages sent, once there are ``count`` of them or ``within`` seconds are over."""
        count, within = int(request.query.get("count", 0)), float(request.query.get("within", 0))
        try:
            await self._api.wait_for(count, within)
        except AssertionError as error:
            return web.json_response({"error": str(error)}, status=408)
        return web.json_response({"sent": [_summary(message) for message in self._api.sent]})

    async def _calls(self, request: web.Request) -> web.Response:
        calls = [{"method": call.method, "params": call.params} for call in self._api.world.calls]
        return web.json_response({"calls": calls})


def _summary(message: SentMessage) -> Json:
    return {
        "chat_id": message.chat_id,
        "message_id": message.message_id,
        "thread_id": message.thread_id,
        "text": message.text,
        "labels": message.labels,
        "texts": [version.content.text for version in message.versions],
        "deleted": message.deleted,
    }
