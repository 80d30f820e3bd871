"""What the program knows: the plans of the settings, and what answers from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.meaning import BackgroundMeaning
from bot.settings import Settings
from knowledge.ask.answer import Answerer
from knowledge.ask.limits import load_limits
from knowledge.ask.meaning.embedding import is_installed
from knowledge.ask.meaning.ranking import Meaning
from knowledge.language.lexicon import load_lexicon
from knowledge.plan.library import bundled_plans, load_library
from knowledge.plan.model import Plan

# In a process that serves many people; a question takes a few kilobytes.
_REMEMBERED = 1000


def plans_folder(settings: Settings) -> Path:
    """Return the folder the plans are read from."""
    return settings.plans or bundled_plans()


def load_plans(settings: Settings) -> tuple[Plan, ...]:
    """Return every plan of the settings' folder; raises PlanFileError where one is faulty."""
    return load_library(plans_folder(settings)).plans


def answerer_for(
    plans: Sequence[Plan], meaning: Meaning | None = None, remembered: int = 0
) -> Answerer:
    """Make what answers from `plans`; without a `meaning`, keywords alone decide.

    The last `remembered` questions are not looked up again.
    """
    return Answerer(plans, load_lexicon(), load_limits(), meaning, remembered)


def open_answerer(settings: Settings, plans: Sequence[Plan]) -> Answerer:
    """Make what answers from `plans`, with the ranking by meaning where it is installed.

    Its model is loaded by the first question the keywords are unsure of; what it reads of the
    plans is kept in the data folder.
    """
    if not is_installed():
        return answerer_for(plans)
    return answerer_for(plans, BackgroundMeaning(settings.data / "cache"))


def open_warm_answerer(settings: Settings, plans: Sequence[Plan]) -> Answerer:
    """Make what answers from `plans`, and load the ranking by meaning in the background."""
    if not is_installed():
        return answerer_for(plans, remembered=_REMEMBERED)
    meaning = BackgroundMeaning(settings.data / "cache")
    answerer = answerer_for(plans, meaning, _REMEMBERED)
    meaning.warm_up(answerer)
    return answerer
