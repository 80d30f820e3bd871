"""What was answered last, said again, in full, or with what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft, Quoting, listed, quoted
from knowledge.ask.compose.phrases import phrase_at
from knowledge.ask.desk import Desk
from knowledge.ask.question import Intent, Question
from knowledge.ask.routing import Router
from knowledge.ask.talk.last import Last
from knowledge.ask.talk.words import TalkWords
from knowledge.ask.wording import Wording
from knowledge.plan.model import Span

_MOST_MORE = 6
_ON_TOPIC = 0.5


class Again:
    """Quotes again from the passages of the last answer."""

    def __init__(self, wording: Wording, words: TalkWords) -> None:
        """Keep the sentences and the patterns of talk."""
        self._wording = wording
        self._words = words

    def answer(self, question: Question, last: Last, desk: Desk) -> Draft:
        """Explain the last answer, quote it in full, or quote what else its task says."""
        if not last.passages:
            name = "nothing_to_explain" if question.intent is Intent.EXPLAIN else "junk"
            return refusal.refuse(question, self._wording.say(name), ())
        if question.intent is Intent.MORE:
            return self._more(question, last, desk)
        text = ""
        if question.intent is Intent.EXPLAIN:
            text = "\n".join(filter(str.strip, last.context.explanation)) or self._wording.say(
                "nothing_to_explain"
            )
        return self.whole(question, last, desk, text)

    @staticmethod
    def whole(question: Question, last: Last, desk: Desk, text: str = "") -> Draft:
        """Quote the whole passages of the last answer."""
        quotings = [Quoting(item.span, item.task) for item in last.passages]
        return Draft(quoted(desk, question, quotings, text=text))

    def _more(self, question: Question, last: Last, desk: Desk) -> Draft:
        """Quote what else the task of the last answer says; of several, what else on the topic."""
        shown = {passage.number for passage in last.passages}
        if len(last.tasks) > 1 and last.question.terms:
            found = desk.evidences.candidates(last.question.terms)
            places = [item.passage for item in found if item.coverage >= _ON_TOPIC]
        else:
            places = [item for item in desk.passages.passages if item.task in last.tasks]
        others = [item for item in places if item.number not in shown and not item.heading]
        if not others:
            return refusal.refuse(question, self._wording.say("nothing_more"), ())
        reply = quoted(
            desk, question, [Quoting(item.span, item.task) for item in others[:_MOST_MORE]]
        )
        text = listed(self._wording, (item.quote for item in reply.evidence))
        return Draft(replace(reply, text=text))

    def beside(self, question: Question, last: Last, desk: Desk, router: Router) -> Draft:
        """Quote the task after the last one, or before it."""
        keys = [task.key for task in desk.plan.tasks]
        step = 1 if question.intent is Intent.NEXT else -1
        at = keys.index(last.tasks[-1 if step > 0 else 0]) + step if last.tasks else -1
        if not 0 <= at < len(keys):
            return refusal.refuse(question, self._wording.say("nothing_more"), ())
        return router.whole.task(question, desk.plan.tasks[at])

    def listing(self, question: Question, last: Last, desk: Desk, router: Router) -> Draft | None:
        """Read out the list that was counted or shown last; None where there was none."""
        if (draft := self._siblings(question, last, desk, router)) is not None:
            return draft
        if (draft := self._figures(question, last, desk)) is not None:
            return draft
        if not self._words.listing.search(question.text) or not last.context.question:
            return None
        if len(last.items) > 1 and any(item.task or item.section for item in last.items):
            return router.answer(last.question)
        return None

    def _siblings(
        self, question: Question, last: Last, desk: Desk, router: Router
    ) -> Draft | None:
        """List the tasks of the part just spoken of; None where that is not asked."""
        if not self._words.siblings.search(question.text):
            return None
        numbers = {key.section for key in last.tasks}
        numbers |= {item.section.number for item in last.items if item.section is not None}
        parts = [item for item in desk.plan.sections if item.number in numbers]
        if len(parts) != 1:
            return None
        tasks = [task for task in desk.plan.tasks if task.section == parts[0].number]
        return router.whole.sections(question, [(parts[0], tasks)])

    def _figures(self, question: Question, last: Last, desk: Desk) -> Draft | None:
        """Quote the numbers of the task just spoken of; None where they are not asked for."""
        if not self._words.figures_of.search(question.text) or len(last.tasks) != 1:
            return None
        quotings = {
            phrase_at(desk, passage, figure.start).span: Quoting(
                phrase_at(desk, passage, figure.start).span, passage.task
            )
            for passage in desk.passages.passages
            if passage.task in last.tasks
            for figure in desk.plan.figures
            if passage.span.covers(figure.start)
        }
        if not quotings:
            missing = self._wording.say("figure_name")
            return refusal.lacks(last.question, self._wording, desk, (missing,), 1.0)
        reply = quoted(desk, question, [quotings[span] for span in sorted(quotings, key=_start)])
        text = listed(self._wording, (item.quote for item in reply.evidence))
        return Draft(replace(reply, text=text))

    def before(self, question: Question, last: Last, desk: Desk) -> Draft | None:
        """Quote where the figure quoted last starts from; None where that is not asked."""
        if not self._words.before.search(question.text) or not last.passages:
            return None
        starts = [figure.start for figure in desk.plan.figures if figure.baseline is not None]
        phrases = [
            (desk.passages.phrases[at], passage)
            for passage in last.passages
            for at in passage.phrases
        ]
        found = [
            Quoting(phrase.span, passage.task)
            for phrase, passage in phrases
            if self._words.from_to.search(phrase.key)
            or any(phrase.span.covers(start) for start in starts)
        ]
        quoted_last = [item for item in found if _overlaps(item.span, last.spans)]
        if not found:
            missing = self._wording.say("before_name")
            return refusal.lacks(last.question, self._wording, desk, (missing,), 1.0)
        return Draft(quoted(desk, question, quoted_last or found))

    def others(self, question: Question, last: Last, desk: Desk) -> Draft | None:
        """Quote what the passages of the last answer say of all others, or of all together.

        None where that is not asked, or they do not say it.
        """
        for asked, told in (
            (self._words.others, self._words.rest_of),
            (self._words.totals, self._words.total_of),
        ):
            if not asked.search(question.text):
                continue
            quotings = [
                Quoting(desk.passages.phrases[at].span, passage.task)
                for passage in last.passages
                for at in passage.phrases
                if told.search(desk.passages.phrases[at].key)
            ]
            if quotings:
                return Draft(quoted(desk, question, quotings))
        return None


def _overlaps(span: Span, spans: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in spans)


def _start(span: Span) -> int:
    return span.start
