"""Short messages, asked first of what was spoken of last."""

from __future__ import annotations

from collections.abc import Callable, Collection

from knowledge.ask.compose.draft import Draft
from knowledge.ask.evidence import COVERED, Candidate
from knowledge.ask.question import KINDS, Intent, Question
from knowledge.ask.reply import Outcome
from knowledge.ask.routing import Router
from knowledge.ask.talk.last import Last
from knowledge.language.lexicon import WRITTEN
from knowledge.language.script import fold, key
from knowledge.plan.model import TaskKey

# Longer messages say themselves what they are about.
_SHORT = 16
_AS_GOOD = 0.03
# How sure a passage of the last tasks, chosen by meaning, must be to answer.
_SURE = 0.12


class Near:
    """Answers short messages from the tasks of the last answer."""

    def answer(
        self, question: Question, last: Last, router: Router, alone: Callable[[], Draft]
    ) -> Draft | None:
        """Answer from the last tasks what they tell as well as the plan does elsewhere.

        What they do not tell so is asked without them; where that is refused, or would be
        answered only by its meaning and from another task, they are asked by meaning. None where
        the message is better read alone.
        """
        if not self._leans(question) or not last.tasks:
            return None
        if (draft := self._by_words(question, last, router)) is not None:
            return draft
        other = alone()
        if other.reply.outcome is Outcome.ANSWERED and (
            other.sureness is None or stays(other, last.tasks)
        ):
            return None
        if other.reply.outcome is Outcome.AMBIGUOUS or not self._of_a_kind(question):
            return None
        return self._by_meaning(question, last.tasks, router)

    def of_tasks(
        self, question: Question, keys: Collection[TaskKey], router: Router
    ) -> Draft | None:
        """Answer from some tasks alone, None where they do not tell."""
        found = [item for item in router.content.candidates(question) if item.passage.task in keys]
        if found and not router.judge.falls_short(question, found[0]):
            draft = router.content.found.answer(question, found)
            if draft.reply.outcome is Outcome.ANSWERED:
                return draft
        return self._by_meaning(question, keys, router)

    @staticmethod
    def _leans(question: Question) -> bool:
        named = question.mentions or question.tasks or question.sections or question.unknown
        return not named and len(question.text) <= _SHORT

    @staticmethod
    def _of_a_kind(question: Question) -> bool:
        """Tell whether a kind of thing is asked for that a passage can be seen to hold."""
        return bool(question.attributes) or any(kind.value in question.asks for kind in KINDS)

    def _by_words(self, question: Question, last: Last, router: Router) -> Draft | None:
        found = router.content.candidates(question)
        most = max((item.coverage for item in found), default=0.0)
        inside = [
            item
            for item in last.within(found)
            if item.coverage >= most - _AS_GOOD and _own(item) and not item.about_other
        ]
        if not inside or router.judge.falls_short(question, inside[0]):
            return None
        draft = router.content.found.answer(question, inside)
        return draft if draft.reply.outcome is Outcome.ANSWERED else None

    def _by_meaning(
        self, question: Question, keys: Collection[TaskKey], router: Router
    ) -> Draft | None:
        if any(term.vital and not term.forms for term in question.terms):
            return None
        if question.head is not None and not question.head.forms and not question.unit:
            return None
        draft = router.content.by_meaning_in(question, keys, _SURE)
        if draft is None or _is_of_other(question, draft):
            return None
        told = question.unit or question.attributes or question.intent is not Intent.FIGURE
        return draft if told or _names(question, draft) else None


def _own(item: Candidate) -> bool:
    """Tell whether the passage itself holds what covers it, and not only its task."""
    return any(
        match.form and match.form in item.passage.key and match.strength >= COVERED
        for match in item.matches
    )


def _names(question: Question, draft: Draft) -> bool:
    """Tell whether a draft quotes a thing that the question names."""
    quotes = "".join(key(fold(item.quote)) for item in draft.reply.evidence)
    return any(
        strength >= WRITTEN and form in quotes
        for term in question.terms
        if len(term.text) > 1
        for form, strength in ((term.text, 1.0), *term.forms)
    )


def _is_of_other(question: Question, draft: Draft) -> bool:
    """Tell whether the plan writes words of the question as they are, but none where it quotes."""
    quotes = "".join(key(fold(item.quote)) for item in draft.reply.evidence)
    written = [
        term.text
        for term in question.terms
        if len(term.text) > 1 and any(form == term.text for form, _ in term.forms)
    ]
    return bool(written) and not any(word in quotes for word in written)


def stays(draft: Draft, keys: Collection[TaskKey]) -> bool:
    """Tell whether a draft quotes nothing but some tasks."""
    return all(
        item.task is not None and TaskKey(item.section or 0, item.task) in keys
        for item in draft.reply.evidence
    )
