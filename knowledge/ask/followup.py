"""What a message leans on from the turns before it: which way it does, tried in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft
from knowledge.ask.desk import Desk
from knowledge.ask.question import KINDS, Intent, Question, Term
from knowledge.ask.reply import Context, Outcome
from knowledge.ask.routing import Router
from knowledge.ask.talk.again import Again
from knowledge.ask.talk.bare import Bare
from knowledge.ask.talk.comparing import Comparing
from knowledge.ask.talk.instead import Instead
from knowledge.ask.talk.last import Last
from knowledge.ask.talk.late import Late
from knowledge.ask.talk.near import Near, stays
from knowledge.ask.talk.picking import Picking
from knowledge.ask.talk.remembering import Remembering
from knowledge.ask.talk.words import Heard, TalkWords
from knowledge.ask.whole.glance import Sure
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import QuestionWords

# What is asked of the whole plan leans on nothing.
_OF_THE_WHOLE = frozenset({"meta", "overview", "figures", "deadlines", "names", "count", "due"})
Followed = tuple[Draft, Question, str | None]


class FollowUp:
    """Completes questions that have no subject of their own from the context."""

    def __init__(self, wording: Wording, words: TalkWords, questions: QuestionWords) -> None:
        """Keep the patterns of talk, and what answers each kind of message that leans."""
        self._words = words
        self._unanswered = wording.say("not_found_plain")
        self.remembering = Remembering(wording)
        self._near = Near()
        self._again = Again(wording, words)
        self._bare = Bare(wording, words, self._again)
        self._picking = Picking(wording, words, self._near, self._bare)
        self._instead = Instead(wording, words, questions)
        self._comparing = Comparing(words)
        self._late = Late(words)

    def heard(self, message: str, context: Context, desk: Desk) -> Heard:
        """Return a message as it is to be read after what was said."""
        if not (context.question or context.tasks):
            return Heard(message)
        return self._words.heard(message, desk.reader.standard(message))

    def may_be_of_the_whole(self, question: Question, context: Context) -> bool:
        """Tell whether a message in no known words may ask for the whole plan.

        Once something was quoted, it must say that it is of the whole.
        """
        if question.tasks or question.sections:
            return False
        return not context.tasks or bool(self._words.whole.search(question.text))

    def complete(
        self,
        question: Question,
        context: Context,
        desk: Desk,
        router: Router,
        alone: Callable[[], Draft],
    ) -> Followed | None:
        """Answer from the context what leans on it; None for a question that stands alone."""
        last = Last(context, desk)
        if question.pick and context.choices:
            return *self._picking.choice(question, last, desk, router), None
        if (chosen := self._picking.of_section(question, last, desk)) is not None:
            return router.answer(chosen), chosen, None
        if question.intent in (Intent.NEXT, Intent.PREVIOUS):
            return self._again.beside(question, last, desk, router), question, None
        if question.intent in (Intent.EXPLAIN, Intent.ORIGINAL, Intent.MORE):
            return self._again.answer(question, last, desk), question, context.question or None
        if (draft := self._comparing.answer(question, last, desk, router)) is not None:
            return draft, question, None
        if not context.question:
            return None
        if (picked := self._picking.item(question, last, desk, router)) is not None:
            return *picked, last.subject
        if (draft := self._again.listing(question, last, desk, router)) is not None:
            return draft, last.question, last.subject
        for quoting in (self._again.before, self._again.others):
            if (draft := quoting(question, last, desk)) is not None:
                return draft, last.joined(question), last.subject
        if self._is_of_the_whole(question) or self._is_like_it(question, router):
            return None
        return self._leaning_or_late(question, last, desk, router, alone)

    def _is_of_the_whole(self, question: Question) -> bool:
        """Tell whether the whole plan is asked about; what it is only where that is said."""
        whole = question.asks & _OF_THE_WHOLE
        if whole == {"meta"} and not self._words.paper.search(question.text):
            return False
        return bool(whole) and not question.follows

    def _is_like_it(self, question: Question, router: Router) -> bool:
        """Tell whether a message that says it is of the whole plainly asks for that."""
        if question.follows or Intent.WHERE in question.asks:
            return False
        if not self._words.whole.search(question.text):
            return False
        return router.glance.answer(question, Sure.PLAINLY) is not None

    def _leaning_or_late(
        self,
        question: Question,
        last: Last,
        desk: Desk,
        router: Router,
        alone: Callable[[], Draft],
    ) -> Followed | None:
        """Answer what leans; where all is refused, by the marks of the passages quoted last."""
        if question.bare and (told := self._late.counted(question, last, desk)) is not None:
            return told, last.joined(question), last.subject
        followed = self._leaning(question, last, desk, router, alone)
        draft = followed[0] if followed is not None else alone()
        if draft.reply.outcome is not Outcome.NOT_IN_PLAN:
            return followed
        told = self._late.answer(question, last, desk, router)
        return (told, last.joined(question), last.subject) if told is not None else followed

    def _leaning(
        self,
        question: Question,
        last: Last,
        desk: Desk,
        router: Router,
        alone: Callable[[], Draft],
    ) -> Followed | None:
        completed: tuple[Draft, Question] | None = None
        level = self._words.levels.search(question.text)
        if (question.follows or level) and not question.unknown and not question.tasks:
            if question.mentions:
                return self._another_name(question, last, router)
            completed = self._instead.answer(question, last, desk, router)
        if completed is None and question.bare:
            completed = self._bare.answer(question, last, desk, router)
        elif completed is None:
            completed = self._instead.named(question, last, router)
            if completed is None:
                completed = self._nearest(question, last, desk, router, alone)
        return (*completed, last.subject) if completed is not None else None

    def _nearest(
        self,
        question: Question,
        last: Last,
        desk: Desk,
        router: Router,
        alone: Callable[[], Draft],
    ) -> tuple[Draft, Question] | None:
        """Ask a short message of the last tasks; what points at them is asked of nothing else."""
        named = question.mentions or question.tasks or question.sections
        things = named or question.asides or any(map(_is_thing, question.terms))
        kind = any(kind.value in question.asks for kind in KINDS)
        if (
            kind
            and not things
            and (told := self._bare.of_quoted(question, last, desk, router)) is not None
        ):
            return told
        draft = self._near.answer(question, last, router, alone)
        if draft is not None:
            return draft, question
        if question.thin and not question.asides:
            return self._bare.answer(question, last, desk, router)
        if self._words.pointing.search(question.text) and last.tasks and not named:
            other = alone()
            if other.reply.outcome is Outcome.ANSWERED and stays(other, last.tasks):
                return None
            draft = self._near.of_tasks(question, last.tasks, router)
            return draft or refusal.refuse(question, self._unanswered, ()), question
        return None

    @staticmethod
    def _another_name(question: Question, last: Last, router: Router) -> Followed | None:
        """Ask the last question of another program; None where the plan does not say it of it."""
        asked = last.context.intent
        if question.asks - {"what", "yesno"} or not asked:
            return None
        before = Intent(asked) if asked in set(Intent) else Intent.WHAT
        question = replace(question, intent=before)
        draft = router.answer(question)
        if draft.reply.outcome is Outcome.NOT_IN_PLAN:
            beside = any(
                name.key in passage.key for name in question.names for passage in last.passages
            )
            return (draft, question, None) if beside and before in KINDS else None
        return draft, question, None


def _is_thing(term: Term) -> bool:
    """Tell whether a term names a thing, as foreign words do in whatever word class."""
    return term.solid or term.text.isascii()
