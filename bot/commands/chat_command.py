"""`planbot chat`: a conversation in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence

from bot.commands.running import start_clock
from bot.conversation import Conversation, MemoryContexts
from bot.knowledge_base import load_plans, open_warm_answerer
from bot.samples import sample_questions
from bot.settings import Settings
from bot.terminal.chat import Chat
from bot.terminal.places import Places
from bot.terminal.plain import PlainScreen
from bot.terminal.render import Renderer
from bot.terminal.wording import Wording, load_wording
from knowledge.plan.model import Plan


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Talk until the person, or the pipe, ends it."""
    clock = start_clock(getattr(args, "now", None), settings)
    zone = settings.timezone
    wording = load_wording()
    plans = load_plans(settings)
    answers = open_warm_answerer(settings, plans)
    talk = Conversation(answers, MemoryContexts[str](), clock, zone)
    chat = Chat(talk, Renderer(plans, wording), wording, clock, zone)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        asyncio.run(chat.run(PlainScreen(sys.stdin.buffer, sys.stdout)))
        return 0
    today = clock.now().astimezone(zone).date()
    samples = sample_questions(plans, answers, today)
    asyncio.run(_at_terminal(chat, plans, samples, settings, wording))
    return 0


async def _at_terminal(
    chat: Chat, plans: Sequence[Plan], samples: Sequence[str], settings: Settings, wording: Wording
) -> None:
    from bot.terminal.editor import EditorScreen, open_history  # a pipe has no use for it

    names = {
        name for plan in plans for item in plan.programs for name in (item.name, *item.aliases)
    }
    screen = EditorScreen(names, open_history(settings.data), wording)
    places = Places(plans, wording)
    await screen.show(chat.greeting(map(places.plan, plans), samples))
    await chat.run(screen)
    sys.stdout.write(f"{wording.say('bye')}\n")
