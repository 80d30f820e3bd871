"""The plans while the bot runs: read again without a restart, and only as a whole."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from bot.knowledge_base import open_warm_answerer
from bot.settings import Settings
from knowledge.ask.answer import Answers
from knowledge.ask.reply import Context, Turn
from knowledge.plan.library import Library, bundled_plans, load_library


@dataclass(frozen=True, slots=True)
class Loaded:
    """The plans, and what answers from them."""

    library: Library
    answers: Answers


class LiveKnowledge:
    """The plans as they are now; an answerer that always answers from the latest.

    Args:
        load: reads the plans; raises PlanFileError where they are faulty.
    """

    def __init__(self, load: Callable[[], Loaded]) -> None:
        self._load = load
        self._loaded: Loaded = load()

    @property
    def answers(self) -> Answers:
        """What answers questions, now and after every reload."""
        return self

    @property
    def library(self) -> Library:
        """The plans."""
        return self._loaded.library

    def answer(self, text: str, context: Context, today: dt.date) -> Turn:
        """Answer `text`, said on `today` after `context`."""
        return self._loaded.answers.answer(text, context, today)

    async def reload(self) -> Library:
        """Read the plans again and return them.

        Raises:
            PlanFileError: they are faulty; those of before stay.
        """
        self._loaded = await asyncio.to_thread(self._load)
        return self.library


def seed(settings: Settings) -> None:
    """Fill the operator's folder of plans with the bundled ones where it is not there yet."""
    folder = settings.plans
    if folder is not None and (not folder.exists() or not any(folder.iterdir())):
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted(bundled_plans().iterdir()):
            if file.is_file() and not file.name.startswith("."):
                shutil.copyfile(file, folder / file.name)


def load(settings: Settings) -> Loaded:
    """Read the plans of the settings; raises PlanFileError where they are faulty."""
    library = load_library(settings.plans or bundled_plans())
    return Loaded(library, open_warm_answerer(settings, library.plans))
