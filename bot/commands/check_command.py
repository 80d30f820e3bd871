"""`planbot check`: whether plan files and lexicons can be used."""

from __future__ import annotations

import argparse

from bot.commands.running import say
from bot.knowledge_base import plans_folder
from bot.settings import Settings
from knowledge.lexicon_check import bundled_lexicon, check_lexicon, is_lexicon
from knowledge.plan.check import check_paths


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print each problem as `file:line: what is wrong`, and return 1 if there is one."""
    paths = args.paths or [plans_folder(settings), bundled_lexicon()]
    problems = check_paths([path for path in paths if not is_lexicon(path)])
    for path in paths:
        if is_lexicon(path):
            problems += check_lexicon(path)
    for problem in problems:
        say(str(problem))
    return 1 if problems else 0
