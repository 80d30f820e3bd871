"""`planbot ask`: one question, or a stream of messages."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.clock import Clock
from bot.commands.running import UsageError, say, say_json, start_clock
from bot.conversation import Conversation, MemoryContexts
from bot.knowledge_base import load_plans, open_answerer
from bot.message_lines import answer_lines
from bot.settings import Settings
from bot.terminal.render import Renderer
from bot.terminal.wording import load_wording
from knowledge.ask.reply import Outcome

EXIT_CODES = {Outcome.NOT_IN_PLAN: 1, Outcome.INVALID: 2}


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Answer the question of the command line, or the messages of standard input."""
    if args.jsonl and args.text:
        raise UsageError("ask: --jsonl reads standard input and takes no TEXT")
    if not args.jsonl and not args.text:
        raise UsageError("ask: expected a TEXT to answer, or --jsonl")
    clock = start_clock(args.now, settings)
    if args.jsonl:
        return _stream(clock, settings)
    return _one(args, clock, settings)


def _one(args: argparse.Namespace, clock: Clock, settings: Settings) -> int:
    plans = load_plans(settings)
    talk = Conversation(
        open_answerer(settings, plans), MemoryContexts[str](), clock, settings.timezone
    )
    reply = talk.joined(asyncio.run(talk.hear_alone(" ".join(args.text))))
    if args.json:
        say_json(reply.to_json())
    else:
        today = clock.now().astimezone(settings.timezone).date()
        say(Renderer(plans, load_wording()).text(reply, today))
    return EXIT_CODES.get(reply.outcome, 0)


def _stream(clock: Clock, settings: Settings) -> int:
    answerer = open_answerer(settings, load_plans(settings))
    talk = Conversation(answerer, MemoryContexts[str](), clock, settings.timezone)
    asyncio.run(answer_lines(sys.stdin.buffer, say_json, talk))
    return 0
