"""getUpdates, the webhook methods and getFile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.botapi.errors import Json, bad_request
from tests.botapi.updates import Webhook

if TYPE_CHECKING:
    from tests.botapi.params import Params
    from tests.botapi.state import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PORTS = frozenset({443, 80, 88, 8443})
_DOWNLOAD_BYTES = 20 * 1024 * 1024


async def get_updates(world: World, params: Params) -> object:
    world.updates.allow(params.structure("allowed_updates"))
    limit = params.integer("limit")
    return await world.updates.poll(
        params.integer("offset") or 0,
        100 if limit is None else limit,
        params.integer("timeout") or 0,
    )


async def set_webhook(world: World, params: Params) -> object:
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return await delete_webhook(world, params)
    parts = urlsplit(url)
    # On loopback the test's own server may be plain HTTP on any port; elsewhere never.
    if parts.hostname not in _LOOPBACK:
        if parts.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in _PORTS:
            raise bad_request(
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            )
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = params.integer("max_connections") or 40
    if not 1 <= connections <= 100:
        raise bad_request("bad webhook: max_connections must be from 1 to 100")
    world.updates.allow(params.structure("allowed_updates"))
    world.updates.set_webhook(
        Webhook(url, secret, connections), drop_pending=params.flag("drop_pending_updates")
    )
    return True


async def delete_webhook(world: World, params: Params) -> object:
    world.updates.set_webhook(None, drop_pending=params.flag("drop_pending_updates"))
    return True


async def get_webhook_info(world: World, params: Params) -> object:
    webhook = world.updates.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    if webhook and world.webhook.last_error:
        info["last_error_date"] = int(world.clock())
        info["last_error_message"] = world.webhook.last_error
    return info


async def get_file(world: World, params: Params) -> object:
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > _DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": f"u{file.file_id}",
        "file_size": len(file.content),
        "file_path": file.path,
    }
