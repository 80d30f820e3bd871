"""What the program knows: the plans of the settings, and what answers from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.settings import Settings
from knowledge.ask.answer import Answerer
from knowledge.ask.limits import load_limits
from knowledge.language.lexicon import load_lexicon
from knowledge.plan.library import bundled_plans, load_library
from knowledge.plan.model import Plan


def plans_folder(settings: Settings) -> Path:
    """Return the folder the plans are read from."""
    return settings.plans or bundled_plans()


def load_plans(settings: Settings) -> tuple[Plan, ...]:
    """Return every plan of the settings' folder; raises PlanFileError where one is faulty."""
    return load_library(plans_folder(settings)).plans


def answerer_for(plans: Sequence[Plan]) -> Answerer:
    """Make what answers from `plans`."""
    return Answerer(plans, load_lexicon(), load_limits())


def open_answerer(settings: Settings) -> Answerer:
    """Make what answers from the plans of the settings; raises PlanFileError."""
    return answerer_for(load_plans(settings))
