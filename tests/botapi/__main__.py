"""The server as a process of its own: ``python -m tests.botapi --port 8081``.

Its first line of output is a JSON object with ``base_url``, ``file_url``, ``control_url`` and
``token``. It ends on SIGTERM or SIGINT.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys

from tests.botapi.api import BotApi
from tests.botapi.control import Control


async def _serve(port: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    api = BotApi(port=port)
    Control(api)
    async with api:
        where = {
            "base_url": api.base_url,
            "file_url": api.file_url,
            "control_url": f"http://127.0.0.1:{api.port}/control",
            "token": api.token,
        }
        sys.stdout.write(json.dumps(where) + "\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="TCP port on 127.0.0.1; 0: any")
    asyncio.run(_serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
