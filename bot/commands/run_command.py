"""`planbot run`: the Telegram bot, with the reminders."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from bot.settings import Settings

HOW_TO_START = """\
planbot: PLANBOT_TOKEN is not set, and the Telegram bot needs one.
  1. In Telegram, talk to @BotFather (https://t.me/BotFather) and send /newbot.
  2. Give the bot a name and a username; BotFather answers with a token.
  3. Set it in the environment or in a file named .env in this folder:
       PLANBOT_TOKEN=the token
  4. Run planbot run again. Without a token, planbot chat works in the terminal.
"""

NO_ADDRESS = """\
planbot: PLANBOT_WEBHOOK_URL is not set, and webhook mode needs it: the public https address that
Telegram is to post to, such as https://example.org/telegram. Where there is none, use
planbot run --mode polling.
"""


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Run the bot until it is stopped; return 2 and say so where something is missing."""
    if settings.token is None:
        sys.stderr.write(HOW_TO_START)
        return 2
    if args.mode == "webhook" and settings.webhook_url is None:
        sys.stderr.write(NO_ADDRESS)
        return 2
    mode = args.mode or ("polling" if settings.webhook_url is None else "webhook")
    # Slow to load, and the advice above has no use for it.
    code: int = import_module("bot.runners").run_bot(settings, mode)
    return code
