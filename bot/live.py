"""The plans while the bot runs: read again without a restart, and only as a whole."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.knowledge_base import open_warm_answerer, plans_folder
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
        stamp: returns something that changes with the files of the plans.
    """

    def __init__(
        self, load: Callable[[], Loaded], stamp: Callable[[], object] | None = None
    ) -> None:
        self._load = load
        self._stamp = stamp or (lambda: None)
        self._stamped = self._stamp()
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
        self._stamped = self._stamp()
        self._loaded = await asyncio.to_thread(self._load)
        return self.library

    async def refresh(self) -> bool:
        """Read the plans again where their files changed; tell whether they had.

        Raises:
            PlanFileError: they are faulty; those of before stay until the files change again.
        """
        if self._stamp() == self._stamped:
            return False
        await self.reload()
        return True


def stamp(settings: Settings) -> object:
    """Return the names, times and sizes of the plans' files."""
    folder = plans_folder(settings)
    try:
        found = [(path.name, path.stat()) for path in folder.iterdir() if path.is_file()]
    except OSError:
        return None
    return sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


def seed(settings: Settings) -> None:
    """Fill the operator's folder of plans with the bundled ones where it is not there yet."""
    folder = settings.plans
    if folder is None or _filled(folder):
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        # All or nothing: another replica may be at it as well, and either may be killed.
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as room:
            whole = Path(room) / folder.name
            _copy_bundled(whole)
            whole.replace(folder)
    except OSError:
        if _filled(folder):
            return
        # A folder that is mounted cannot be replaced, only filled.
        _copy_bundled(folder)


def _filled(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())


def _copy_bundled(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for file in sorted(bundled_plans().iterdir()):
        if file.is_file() and not file.name.startswith("."):
            shutil.copyfile(file, folder / file.name)


def load(settings: Settings) -> Loaded:
    """Read the plans of the settings; raises PlanFileError where they are faulty."""
    library = load_library(plans_folder(settings))
    loaded = Loaded(library, open_warm_answerer(settings, library.plans))
    set_apart()
    return loaded


def set_apart() -> None:
    """Let the garbage collector pass over all that is there by now.

    It stays anyway, and going through it took a tenth of a second, in which nobody was answered.
    What a reload replaces is collected by the next one.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
