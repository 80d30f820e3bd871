"""Another thing put in the place of the one asked about last (“那…呢”)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.question import KINDS, Intent, Question, Term
from knowledge.ask.reply import Outcome
from knowledge.ask.routing import Router
from knowledge.ask.talk.last import Last
from knowledge.ask.talk.near import stays
from knowledge.ask.talk.words import TalkWords
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import WRITTEN, QuestionWords
from knowledge.language.script import fold, key

_COVERED = 0.6
_AS_GOOD = 0.03
# A thing named alone, and no message of its own.
_SHORT = 6


class Instead:
    """Asks the last question of another thing."""

    def __init__(self, wording: Wording, words: TalkWords, questions: QuestionWords) -> None:
        """Keep the sentences, the patterns of talk, and the units by what they count."""
        self._wording = wording
        self._words = words
        self._units = questions.units

    def answer(
        self, question: Question, last: Last, desk: Desk, router: Router
    ) -> tuple[Draft, Question] | None:
        """Ask the last question of the thing named: of the last tasks, then of the whole plan.

        A kind of thing (a figure, a time, who is responsible) that the plan does not say of it is
        refused. None where the message asks something of its own.
        """
        level = self._words.levels.search(question.text)
        if level is not None and not question.asks & {kind.value for kind in KINDS}:
            term = Term(level["level"], 1.0, ((level["level"], 1.0),), vital=True)
            question = replace(question, terms=(term,))
        if question.asks - {"what", "yesno"} or question.attributes or not question.terms:
            return None
        before = last.context.intent
        asked = Intent(before) if before in set(Intent) else Intent.WHAT
        near = [
            item
            for item in last.within(desk.evidences.candidates(question.terms))
            if item.coverage >= _COVERED and not item.about_other
        ]
        near.sort(key=lambda item: item.passage.heading)
        if asked not in KINDS or not _told(asked, last):
            same = self._same(question, asked, near, desk, router)
            if same is None and level is not None:
                return refusal.refuse(question, self._absent(question), ()), question
            return same
        asking = replace(question, intent=asked, asks=question.asks | {asked.value})
        literal = [item for item in near if _is_literal(item)]
        if literal:
            draft = router.content.found.answer(asking, literal)
            if self._tells(asking, last, draft):
                return draft, asking
        draft = router.answer(asking)
        if self._tells(asking, last, draft) and (level is None or stays(draft, last.tasks)):
            return draft, asking
        beside = [
            item
            for item in literal
            if not item.passage.heading and item.passage not in last.passages
        ]
        if beside:
            return router.content.found.words.quote(question, beside), question
        missing = self._wording.say("when_name" if asked is Intent.WHEN else "figure_name")
        if asked is Intent.WHO:
            missing = self._wording.say("who_name")
        return self._lacks(asking, desk, missing), asking

    def named(
        self, question: Question, last: Last, router: Router
    ) -> tuple[Draft, Question] | None:
        """Answer the last question of a thing named alone (“中学”), if the last tasks tell."""
        before = last.context.intent
        kind = next((kind for kind in KINDS if kind.value == before), None)
        if kind is None or question.asks - {"what"} or len(question.text) > _SHORT:
            return None
        if not _told(kind, last):
            return None
        asking = replace(question, intent=kind, asks=question.asks | {kind.value})
        literal = [
            item
            for item in last.within(router.content.candidates(asking))
            if item.coverage >= _COVERED and not item.about_other and _is_literal(item)
        ]
        if not literal:
            return None
        draft = router.content.found.answer(asking, literal)
        return (draft, asking) if draft.reply.outcome is Outcome.ANSWERED else None

    def _absent(self, question: Question) -> str:
        names = self._wording.list_names(term.text for term in question.terms)
        return self._wording.say("not_found", missing=names)

    def _lacks(self, question: Question, desk: Desk, missing: str) -> Draft:
        absent = [term.text for term in question.terms if not term.forms]
        if absent:
            return refusal.not_found(question, self._wording, desk, absent)
        return refusal.lacks(question, self._wording, desk, (missing,), 1.0)

    @staticmethod
    def _same(
        question: Question,
        asked: Intent,
        near: Sequence[Candidate],
        desk: Desk,
        router: Router,
    ) -> tuple[Draft, Question] | None:
        """Ask what is said of the thing, if the last tasks name it as well as any other."""
        most = max(
            (item.coverage for item in desk.evidences.candidates(question.terms)), default=0
        )
        near = [item for item in near if item.coverage >= most - _AS_GOOD]
        if not near:
            return None
        for intent in dict.fromkeys((asked, Intent.WHAT)):
            draft = router.content.found.answer(replace(question, intent=intent), near)
            if draft.reply.outcome is Outcome.ANSWERED:
                return draft, question
        return None

    def _tells(self, question: Question, last: Last, draft: Draft) -> bool:
        """Tell whether a draft answers of the thing named, and of nothing that only resembles it.

        In the last tasks it does where the plan writes the thing so, or counts the same; elsewhere
        both are needed.
        """
        if draft.reply.outcome is not Outcome.ANSWERED:
            return False
        here, written = stays(draft, last.tasks), _writes(question, draft)
        if here and written:
            return True
        return (here or written) and self._is_alike(question, last, draft)

    def _is_alike(self, question: Question, last: Last, draft: Draft) -> bool:
        """Tell whether a figure from elsewhere is of the kind the last one was.

        Shares are always of something: they are alike only where the thing named is a share.
        """
        if question.intent is not Intent.FIGURE or not last.figures:
            return True
        head = question.terms[-1].text
        kinds = {self._kind(figure.unit) for figure in last.figures}
        found = {self._kind(figure.unit) for _, figure in draft.reply.figures}
        measured = bool(self._words.measures.search(head))
        return measured or (kinds != {"percent"} and bool(kinds & found))

    def _kind(self, unit: str) -> str:
        return next((name for name, units in self._units.items() if unit in units), unit)


def _writes(question: Question, draft: Draft) -> bool:
    """Tell whether a draft quotes the things named one right after another, as in the message."""
    named = "".join(term.text for term in question.terms)
    return any(named in key(fold(item.quote)) for item in draft.reply.evidence)


def _told(kind: Intent, last: Last) -> bool:
    """Tell whether the last answer told the kind of thing asked for, by the plan's marks."""
    if kind is Intent.WHO:
        return True
    return bool(last.figures if kind is Intent.FIGURE else last.times)


def _is_literal(item: Candidate) -> bool:
    """Tell whether a passage writes the things named, not only what is close to them."""
    return all(
        match.strength >= WRITTEN and match.form in item.passage.key
        for match in item.matches
        if match.term.solid
    )
