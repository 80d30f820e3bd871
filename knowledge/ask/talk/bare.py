"""Questions that name no thing, asked of what was spoken of last."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.phrases import merged, phrase_at
from knowledge.ask.compose.places import place_reply
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.question import KINDS, Intent, Question
from knowledge.ask.reply import Outcome
from knowledge.ask.routing import Router
from knowledge.ask.talk.again import Again
from knowledge.ask.talk.held import Held
from knowledge.ask.talk.last import Last
from knowledge.ask.talk.near import stays
from knowledge.ask.talk.words import TalkWords
from knowledge.ask.wording import Wording
from knowledge.plan.model import Owner, Span

_LEAST = 3
# From this coverage on a passage says by itself what is asked.
_LITERAL = 0.95
# From this weight on a word the plan does not know changes what is asked.
_UNKNOWN = 0.75
_WHICH = re.compile("哪|什么|啥")


class Bare:
    """Answers questions without a subject of their own."""

    def __init__(self, wording: Wording, words: TalkWords, again: Again) -> None:
        """Keep the sentences, the patterns of talk, and what quotes the last answer in full."""
        self._wording = wording
        self._again = again
        self._held = Held(words)

    def answer(
        self, question: Question, last: Last, desk: Desk, router: Router
    ) -> tuple[Draft, Question] | None:
        """Ask of the last answer's passages, then of its tasks, then with its subject anywhere.

        None where the message asks nothing.
        """
        asks = question.asks - {"what"}
        if not (asks or question.attributes or question.follows or _WHICH.search(question.text)):
            return None
        if "where" in question.asks and last.passages:
            shown = [(passage.span, passage) for passage in last.passages]
            return Draft(place_reply(desk, self._wording, question, shown)), question
        joined = last.joined(question)
        found = [
            item
            for item in router.content.candidates(joined)
            if _holds(item, question) and _tells(item, question, desk)
        ]
        for near in (self._quoted(last, found), self._of_tasks(last, found)):
            if near and not joined.unknown:
                draft = router.content.found.answer(joined, near)
                if draft.reply.outcome is Outcome.ANSWERED:
                    return draft, joined
        told = None
        if not joined.mentions:
            told = self._held.answer(question, last, desk, router)
        if told is not None:
            return told, joined
        if question.intent is Intent.WHO and last.passages:
            return self._who(joined, last, desk), joined
        if (
            question.bare
            and asks <= {"list", "yesno", "meta"}
            and not question.attributes
            and last.passages
        ):
            if len(question.text) < _LEAST:
                return None
            return self._again.whole(joined, last, desk), joined
        return self._anywhere(question, last, desk, router), joined

    def _anywhere(self, question: Question, last: Last, desk: Desk, router: Router) -> Draft:
        """Ask of the last subject, wherever the plan tells of it, and of the last task if not."""
        joined = last.joined(question)
        draft = router.answer(joined)
        refused = draft.reply.outcome is Outcome.NOT_IN_PLAN
        strays = draft.reply.outcome is Outcome.ANSWERED and not stays(draft, last.tasks)
        if strays and (joined.mentions or not last.tasks):
            return draft
        if strays or refused:
            told = self._held.of_words(question, last, desk)
            listed = question.asks == {"list", "what"} and not question.attributes
            if told is None and listed and _enumerates(last):
                told = self._again.whole(joined, last, desk)
            return told or (draft if refused else self._lacks(joined, desk))
        return draft

    def _lacks(self, question: Question, desk: Desk) -> Draft:
        """Refuse what is asked of the last subject, though the plan says it of another."""
        missing = [item.name for item in question.attributes]
        missing += [
            self._wording.say(f"{kind.value}_name")
            for kind in KINDS
            if kind.value in question.asks and not missing
        ]
        if not missing:
            return refusal.refuse(question, self._wording.say("not_found_plain"), ())
        return refusal.lacks(question, self._wording, desk, missing, 1.0)

    def of_quoted(
        self, question: Question, last: Last, desk: Desk, router: Router
    ) -> tuple[Draft, Question] | None:
        """Ask what only names a doing of the passages quoted last; None if they do not tell.

        Where a passage of the last tasks names that doing itself, it is not asked of others.
        """
        own = last.within(router.content.candidates(question))
        unknown = any(not t.forms and t.weight >= _UNKNOWN for t in question.terms)
        if unknown or any(item.coverage >= _LITERAL for item in own):
            return None
        joined = last.joined(question)
        near = self._quoted(last, router.content.candidates(joined))
        near = [item for item in near if not item.about_other and _tells(item, question, desk)]
        if not near or (not last.question.terms and not last.question.mentions):
            return None
        draft = router.content.found.answer(joined, near)
        return (draft, joined) if draft.reply.outcome is Outcome.ANSWERED else None

    @staticmethod
    def _quoted(last: Last, found: list[Candidate]) -> list[Candidate]:
        held = {passage.number for passage in last.passages}
        return [item for item in found if item.passage.number in held]

    @staticmethod
    def _of_tasks(last: Last, found: list[Candidate]) -> list[Candidate]:
        """Return the candidates of the last tasks that say themselves what was spoken of."""
        return [
            item
            for item in found
            if item.passage.task in last.tasks
            and any(
                match.form in item.passage.key
                for match in item.matches
                if match.form and len(match.term.text) > 1
            )
        ]

    def _who(self, question: Question, last: Last, desk: Desk) -> Draft:
        """Quote whom the plan marks as responsible for what was quoted last, or refuse."""
        owners = [item for item in desk.plan.owners if _governs(item, last)]
        if not owners:
            return refusal.lacks(
                question, self._wording, desk, (self._wording.say("who_name"),), 1.0
            )
        spans = [*last.spans[:1]]
        for owner in owners:
            passage = desk.passages.at(owner.start)
            if passage is not None:
                spans.append(phrase_at(desk, passage, owner.start).span)
        task = owners[0].task
        quotings = [Quoting(span, task) for span in merged(sorted(spans, key=_start))]
        return Draft(quoted(desk, replace(question, intent=Intent.WHO), quotings))


def _enumerates(last: Last) -> bool:
    """Tell whether the last answer is from one passage, which names one thing after another."""
    return len(last.passages) == 1 and "、" in last.passages[0].text


def _holds(item: Candidate, question: Question) -> bool:
    """Tell whether a passage says what a question that asks for no kind of thing names."""
    own = {term.text for term in question.terms}
    return any(kind.value in question.asks for kind in KINDS) or all(
        match.form in item.passage.key if match.form else False
        for match in item.matches
        if match.term.text in own
    )


def _tells(item: Candidate, question: Question, desk: Desk) -> bool:
    """Tell whether a passage holds the words of a question that the plan writes as they are."""
    words = [term.text for term in question.terms if len(term.text) > 1]
    return all(word in item.passage.key or not desk.evidences.texts.find(word) for word in words)


def _governs(owner: Owner, last: Last) -> bool:
    stretches = [*last.spans, *(passage.span for passage in last.passages)]
    return any(
        part.start < span.end and span.start < part.end
        for span in stretches
        for part in (*owner.governs, Span(owner.start, owner.end))
    )


def _start(span: Span) -> int:
    return span.start
