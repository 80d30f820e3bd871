"""The one way from a message to a reply, for every face of the program."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import Protocol

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft, understood
from knowledge.ask.desk import Desk, open_desk
from knowledge.ask.followup import FollowUp
from knowledge.ask.limits import Limits
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.ranking import Meaning, NoMeaning
from knowledge.ask.passages import Passages
from knowledge.ask.question import Intent, Question
from knowledge.ask.reply import Context, Outcome, Reply, Turn, Understood
from knowledge.ask.routing import Router
from knowledge.ask.talk.words import load_talk_words
from knowledge.ask.whole.glance import Sure
from knowledge.ask.wording import Wording, load_wording
from knowledge.language.lexicon import Lexicon
from knowledge.language.script import fold, key
from knowledge.plan.library import newest_first
from knowledge.plan.model import Plan

LONGEST_MESSAGE = 500


class Answers(Protocol):
    """Anything that answers a message."""

    def answer(self, text: str, context: Context, today: dt.date) -> Turn:
        """Answer `text`, said on `today` after `context`."""
        ...


class Answerer:
    """Answers messages from the loaded plans, and from nothing else."""

    def __init__(
        self,
        plans: Sequence[Plan],
        lexicon: Lexicon,
        limits: Limits,
        meaning: Meaning | None = None,
        remembered: int = 0,
    ) -> None:
        """Make every plan ready; the newest is asked first.

        Without a `meaning`, keywords alone decide. What each plan says to the last `remembered`
        questions that needed no turn before them is not looked up again.
        """
        meaning = meaning or NoMeaning()
        self._wording: Wording = load_wording()
        self._desks: list[tuple[Desk, Router]] = []
        self._by_pattern: dict[str, Callable[[Question], Draft | None]] = {}
        self._from_passages: dict[str, Callable[[Question], Draft]] = {}
        for plan in newest_first(plans):
            desk = open_desk(plan, lexicon, remembered)
            router = Router(desk, lexicon, self._wording, limits, meaning)
            self._desks.append((desk, router))
            self._by_pattern[plan.id] = lru_cache(maxsize=remembered)(router.by_pattern)
            self._from_passages[plan.id] = lru_cache(maxsize=remembered)(router.from_passages)
        self._follow_up = FollowUp(self._wording, load_talk_words(), lexicon.questions)

    @property
    def passages(self) -> tuple[Passages, ...]:
        """The passages of every plan, for a ranking by meaning to be made ready for."""
        return tuple(desk.passages for desk, _ in self._desks)

    @property
    def examples(self) -> tuple[Examples, ...]:
        """The texts that questions are compared with, for a ranking by meaning likewise."""
        return tuple(
            examples
            for _, router in self._desks
            for examples in (*router.finder.nearness.examples, router.glance.examples)
        )

    def answer(self, text: str, context: Context, today: dt.date) -> Turn:
        """Answer `text`, said on `today` after `context`."""
        started = time.perf_counter()
        turn = self._answer(text, context)
        elapsed = (time.perf_counter() - started) * 1000
        return Turn(replace(turn.reply, ms=elapsed), turn.context, text)

    def _answer(self, text: str, context: Context) -> Turn:
        invalid = self._invalid(text)
        if invalid is not None:
            return Turn(invalid, context)
        if not self._desks:
            return Turn(self._plain(Outcome.NOT_IN_PLAN, "no_plan", ""), context)
        heard = self._follow_up.heard(text, context, self._order(context)[0][0])
        if heard.back:
            turn = self._answer(heard.back, context)
            found = turn.reply.outcome is Outcome.ANSWERED
            context = turn.context if found else context
        text = heard.text
        best: tuple[Draft, Question, Desk, str | None] | None = None
        for desk, router in self._order(context):
            question = desk.reader.read(text)
            draft, question, filled = self._draft(question, context, desk, router)
            if best is None or _rank(draft) > _rank(best[0]):
                best = (draft, question, desk, filled)
        assert best is not None  # noqa: S101 there is at least one desk
        draft, question, desk, filled = best
        reply = draft.reply
        if filled:
            reply = replace(reply, understood=replace(reply.understood, from_context=filled))
        return Turn(reply, self._follow_up.remembering.after(context, question, draft, desk))

    def _order(self, context: Context) -> list[tuple[Desk, Router]]:
        """Return the desks, that of the conversation's last plan first."""
        last = context.tasks[0][0] if context.tasks else ""
        return sorted(self._desks, key=lambda item: item[0].plan.id != last)

    def _invalid(self, text: str) -> Reply | None:
        if not text.strip():
            return self._plain(Outcome.INVALID, "empty", "")
        if len(text) > LONGEST_MESSAGE:
            return self._plain(Outcome.INVALID, "too_long", "", most=LONGEST_MESSAGE)
        if not fold(text) and not any(char.isprintable() for char in text):
            return self._plain(Outcome.INVALID, "unreadable", "")
        return None

    def _plain(self, outcome: Outcome, sentence: str, intent: str, **values: object) -> Reply:
        return Reply(outcome, self._wording.say(sentence, **values), Understood(intent))

    def _draft(
        self, question: Question, context: Context, desk: Desk, router: Router
    ) -> tuple[Draft, Question, str | None]:
        if question.intent in (Intent.GREETING, Intent.THANKS, Intent.HELP):
            return self._chitchat(question, desk), question, None
        years = [year for year in question.years if not self._has_year(desk, year)]
        if years:
            question = replace(question, years=tuple(years))
            known = [desk.plan.year for desk, _ in self._desks if desk.plan.year]
            return refusal.other_years(question, self._wording, known), question, None
        # Several ways of leaning ask what the message says alone, and it is looked up once.
        whole = self._follow_up.may_be_of_the_whole(question, context)
        glance = router.at_a_glance if whole else _nothing
        alone = cache(partial(self._alone, desk.plan.id, glance, question))
        followed = self._follow_up.complete(question, context, desk, router, alone)
        if followed is not None:
            return followed
        if not key(question.text):
            return refusal.junk(question, self._wording), question, None
        draft = alone()
        refused = draft.reply.outcome is Outcome.NOT_IN_PLAN
        if refused and whole:
            draft = router.glance.answer(question, Sure.LOOSELY) or draft
        return draft, question, None

    def _alone(
        self, plan: str, glance: Callable[[Question], Draft | None], question: Question
    ) -> Draft:
        """Answer a question by itself: by patterns, by examples of the whole, or from passages."""
        known = self._by_pattern[plan](question) or glance(question)
        return known or self._from_passages[plan](question)

    @staticmethod
    def _has_year(desk: Desk, year: int) -> bool:
        return year == desk.plan.year or bool(desk.evidences.texts.find(str(year)))

    def _chitchat(self, question: Question, desk: Desk) -> Draft:
        task = desk.plan.tasks[-1].number if desk.plan.tasks else 1
        if question.intent is Intent.GREETING:
            programs = [p for p in desk.plan.programs if p.kind.value == "program"]
            samples = (
                self._wording.say("samples", first=programs[0].name, task=task)
                if programs
                else self._wording.say("samples_plain", task=task)
            )
            text = self._wording.say("greeting", samples=samples)
        elif question.intent is Intent.THANKS:
            text = self._wording.say("thanks")
        else:
            text = self._wording.say("help", task=task)
        return Draft(Reply(Outcome.CHITCHAT, text, understood(question)))


def _rank(draft: Draft) -> tuple[int, float]:
    """Order drafts of several plans: an answer before a question back before a refusal."""
    order = {Outcome.ANSWERED: 2, Outcome.AMBIGUOUS: 2, Outcome.NOT_IN_PLAN: 1}
    return order.get(draft.reply.outcome, 0), draft.score


def _nothing(question: Question) -> None:
    """Show nothing at a glance to who asks about what was quoted last."""
    del question
