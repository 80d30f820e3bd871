"""What a message leans on from the turns before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft, Quoting, listed, quoted
from knowledge.ask.compose.places import place_reply
from knowledge.ask.desk import Desk
from knowledge.ask.passages import Passage
from knowledge.ask.question import Intent, Question
from knowledge.ask.references import number
from knowledge.ask.reply import Context, Outcome
from knowledge.ask.routing import Router
from knowledge.ask.wording import Wording
from knowledge.plan.model import TaskKey

_COVERED = 0.6
_MOST_MORE = 6
# What is asked of the whole plan leans on nothing.
_OF_THE_WHOLE = frozenset({"meta", "overview", "figures", "deadlines", "names", "count", "due"})
Followed = tuple[Draft, Question, str | None]


class FollowUp:
    """Completes questions that have no subject of their own from the context."""

    def __init__(self, wording: Wording) -> None:
        """Keep the sentences."""
        self._wording = wording

    def complete(
        self, question: Question, context: Context, desk: Desk, router: Router
    ) -> Followed | None:
        """Answer from the context what leans on it; None for a question that stands alone."""
        if question.pick and context.choices:
            return self._pick(question, context, desk, router)
        if question.pick and len(context.spans) > 1:
            return self._one_of(question, context, desk), question, None
        if question.intent in (Intent.NEXT, Intent.PREVIOUS):
            return self._beside(question, context, desk, router), question, None
        if question.intent in (Intent.EXPLAIN, Intent.ORIGINAL, Intent.MORE):
            return self._again(question, context, desk), question, context.question or None
        if not context.question or (question.asks & _OF_THE_WHOLE and not question.follows):
            return None
        if question.bare:
            return self._bare(question, context, desk, router)
        if question.thin:
            followed = self._in_last(question, context, desk, router)
            return followed or self._bare(question, context, desk, router)
        if question.follows and not question.unknown and not question.tasks:
            return self._substituted(question, context, desk, router)
        return None

    # -- completing ------------------------------------------------------------------------

    def _pick(self, question: Question, context: Context, desk: Desk, router: Router) -> Followed:
        """Take the choice that was picked by its number."""
        digits = re.search(r"[一二三四五六七八九十\d]+", question.text)
        at = number(digits.group()) - 1 if digits else -1
        if at >= len(context.choices):
            draft = refusal.junk(question, self._wording)
            return draft, question, None
        chosen = desk.reader.read(context.choices[at])
        return router.answer(chosen), chosen, None

    def _one_of(self, question: Question, context: Context, desk: Desk) -> Draft:
        """Quote the passage of the last answer that was picked by its number."""
        passages = self._passages(context, desk)
        digits = re.search(r"[一二三四五六七八九十\d]+", question.text)
        at = number(digits.group()) - 1 if digits else -1
        if not passages or at >= len(passages):
            return refusal.junk(question, self._wording)
        passage = passages[at]
        return Draft(quoted(desk, question, [Quoting(passage.span, passage.task)]))

    def _bare(
        self, question: Question, context: Context, desk: Desk, router: Router
    ) -> Followed | None:
        """Give a question without a subject the last one."""
        asks = bool(question.asks - {"what"} or question.attributes or question.follows)
        if not asks:
            return None
        before = desk.reader.read(context.question)
        if "where" in question.asks and (passages := self._passages(context, desk)):
            reply = place_reply(
                desk, self._wording, question, [(passage.span, passage) for passage in passages]
            )
            return Draft(reply), question, self._subject(context)
        joined = replace(
            question,
            mentions=before.mentions,
            terms=(*before.terms, *question.terms),
            tasks=before.tasks,
            sections=before.sections,
            corrections=(),
        )
        held = {item.number for item in self._passages(context, desk)}
        near = [c for c in router.content.candidates(joined) if c.passage.number in held]
        if near and not joined.unknown:
            draft = router.content.from_candidates(joined, near)
            if draft.reply.outcome is Outcome.ANSWERED:
                return draft, joined, self._subject(context)
        return router.answer(joined), joined, self._subject(context)

    def _in_last(
        self, question: Question, context: Context, desk: Desk, router: Router
    ) -> Followed | None:
        """Answer what names only a doing from the tasks of the last answer, if they tell."""
        keys = self._tasks(context, desk)
        before = desk.reader.read(context.question)
        joined = replace(
            question, mentions=before.mentions, terms=(*before.terms, *question.terms)
        )
        near = [item for item in router.content.candidates(joined) if item.passage.task in keys]
        told = [
            item for item in near if all(m.form for m in item.matches if m.term in question.terms)
        ]
        if not told:
            return None
        draft = router.content.from_candidates(joined, told)
        if draft.reply.outcome is not Outcome.ANSWERED:
            return None
        return draft, joined, self._subject(context)

    def _beside(self, question: Question, context: Context, desk: Desk, router: Router) -> Draft:
        """Quote the task after the last one, or before it."""
        keys = [task.key for task in desk.plan.tasks]
        last = [key for key in keys if key in self._tasks(context, desk)]
        step = 1 if question.intent is Intent.NEXT else -1
        at = keys.index(last[-1 if step > 0 else 0]) + step if last else -1
        if not 0 <= at < len(keys):
            return refusal.refuse(question, self._wording.say("nothing_more"), ())
        return router.whole.task(question, desk.plan.tasks[at])

    @staticmethod
    def _tasks(context: Context, desk: Desk) -> set[TaskKey]:
        """Return the tasks of the last answer that are this plan's."""
        return {TaskKey(s, task) for plan, s, task in context.tasks if plan == desk.plan.id}

    def _substituted(
        self, question: Question, context: Context, desk: Desk, router: Router
    ) -> Followed | None:
        """Ask the last question of another subject: first near the last answer, then anywhere."""
        own = question.asks - {"what", "yesno"}
        if question.mentions:
            if own or not context.intent:
                return None
            before = Intent(context.intent) if context.intent in set(Intent) else Intent.WHAT
            draft = router.answer(replace(question, intent=before))
            if draft.reply.outcome is Outcome.NOT_IN_PLAN:
                return None
            return draft, question, None
        keys = self._tasks(context, desk)
        near = [
            item
            for item in desk.evidences.candidates(question.terms)
            if item.passage.task in keys and item.coverage >= _COVERED
        ]
        if question.attributes:
            return None
        if not near:
            asked = Intent(context.intent) if context.intent in set(Intent) else Intent.WHAT
            if own or asked not in (Intent.WHEN, Intent.FIGURE, Intent.WHO):
                return None
            draft = router.answer(replace(question, intent=asked))
            found = draft.reply.outcome is Outcome.ANSWERED
            return (draft, question, None) if found else None
        intents = [question.intent] if own else []
        if context.intent in set(Intent):
            intents.append(Intent(context.intent))
        for intent in (*intents, Intent.WHAT):
            draft = router.content.from_candidates(replace(question, intent=intent), near)
            if draft.reply.outcome is Outcome.ANSWERED:
                return draft, question, self._subject(context)
        return None

    @staticmethod
    def _subject(context: Context) -> str:
        return "、".join(context.programs or context.terms) or context.question

    # -- saying again ----------------------------------------------------------------------

    def _again(self, question: Question, context: Context, desk: Desk) -> Draft:
        passages = self._passages(context, desk)
        if not passages:
            name = "nothing_to_explain" if question.intent is Intent.EXPLAIN else "junk"
            return refusal.refuse(question, self._wording.say(name), ())
        if question.intent is Intent.EXPLAIN:
            text = "\n".join(filter(str.strip, context.explanation)) or self._wording.say(
                "nothing_to_explain"
            )
            quotings = [Quoting(item.span, item.task) for item in passages]
            return Draft(quoted(desk, question, quotings, text=text))
        if question.intent is Intent.ORIGINAL:
            quotings = [Quoting(item.span, item.task) for item in passages]
            return Draft(quoted(desk, question, quotings))
        return self._more(question, context, desk, passages)

    def _more(
        self, question: Question, context: Context, desk: Desk, passages: Sequence[Passage]
    ) -> Draft:
        """Quote what else the task of the last answer says."""
        shown = {passage.number for passage in passages}
        keys = {passage.task for passage in passages}
        others = [
            item
            for item in desk.passages.passages
            if item.task in keys and item.number not in shown and not item.heading
        ]
        if not others:
            return refusal.refuse(question, self._wording.say("nothing_more"), ())
        reply = quoted(
            desk, question, [Quoting(item.span, item.task) for item in others[:_MOST_MORE]]
        )
        text = listed(self._wording, (item.quote for item in reply.evidence))
        return Draft(replace(reply, text=text))

    @staticmethod
    def _passages(context: Context, desk: Desk) -> list[Passage]:
        """Return the passages the last answer quoted."""
        found: dict[int, Passage] = {}
        for plan, start, end in context.spans:
            if plan != desk.plan.id:
                continue
            for passage in desk.passages.passages:
                if passage.span.start < end and start < passage.span.end:
                    found.setdefault(passage.number, passage)
        return list(found.values())

    # -- remembering -----------------------------------------------------------------------

    def remember(self, context: Context, question: Question, draft: Draft, desk: Desk) -> Context:
        """Return the context after a reply."""
        reply = draft.reply
        if reply.outcome in (Outcome.CHITCHAT, Outcome.INVALID):
            return context
        if question.intent in (Intent.EXPLAIN, Intent.ORIGINAL, Intent.MORE, Intent.PICK):
            return context
        choices = tuple(choice.text for choice in reply.choices)
        if reply.outcome is Outcome.NOT_IN_PLAN and not question.mentions:
            return replace(context, choices=choices or context.choices)
        subject = question.text if not question.bare else context.question
        if question.text and not desk.reader.read(question.text).bare:
            subject = question.text
        else:
            subject = context.question
        spans = tuple(
            (item.plan, item.start, item.end) for item in reply.evidence if item.task is not None
        )
        tasks = tuple(
            dict.fromkeys(
                (item.plan, item.section or 0, item.task)
                for item in reply.evidence
                if item.task is not None
            )
        )
        return Context(
            question=subject,
            intent=question.intent.value,
            terms=tuple(term.text for term in question.terms),
            programs=tuple(name.text for item in question.mentions for name in item.names[:1]),
            tasks=tasks or context.tasks,
            spans=spans or context.spans,
            choices=choices,
            explanation=draft.notes or (self._wording.say("explain_records"),),
        )
