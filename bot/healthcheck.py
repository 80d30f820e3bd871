"""`python -m bot.healthcheck`: exit 0 where the bot of the same settings says it is ready."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

from bot.settings import Settings, SettingsError, load_settings
from bot.values import Listen

_PATIENCE = 5.0
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing is listened at here


def main() -> int:
    """Ask the bot and return the exit code."""
    try:
        settings = load_settings(os.environ, Path(".env"))
    except SettingsError as error:
        sys.stderr.writelines(f"planbot: {problem}\n" for problem in error.problems)
        return 1
    listen = address(settings)
    if listen is None:
        sys.stderr.write("planbot: set PLANBOT_METRICS_LISTEN to have the bot asked\n")
        return 1
    try:
        with urllib.request.urlopen(f"http://{listen}/healthz", timeout=_PATIENCE) as reply:
            return 0 if reply.status == 200 else 1
    except (urllib.error.URLError, OSError) as error:
        sys.stderr.write(f"planbot: not ready: {error}\n")
        return 1


def address(settings: Settings) -> Listen | None:
    """Return where the bot answers, seen from the same machine; None where it does not."""
    webhook = settings.webhook_url is not None
    listen = settings.listen if webhook else settings.metrics_listen
    return listen and Listen(_ANY.get(listen.host, listen.host), listen.port)


if __name__ == "__main__":
    sys.exit(main())
