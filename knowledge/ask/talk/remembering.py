"""What is kept of a conversation after each reply, for the next message to lean on."""

from __future__ import annotations

from dataclasses import replace

from knowledge.ask.compose.draft import Draft
from knowledge.ask.desk import Desk
from knowledge.ask.question import Intent, Question
from knowledge.ask.reply import Context, Evidence, Outcome, Reply
from knowledge.ask.wording import Wording

# Messages that only say where what they ask for stands.
_PLACES = (Intent.PICK, Intent.NEXT, Intent.PREVIOUS)
# How much of what was picked stands for it as a subject.
_SUBJECT = 60


class Remembering:
    """Keeps what was spoken of."""

    def __init__(self, wording: Wording) -> None:
        """Keep how a quote is explained that no note explains."""
        self._explained = wording.say("explain_records")

    def after(self, context: Context, question: Question, draft: Draft, desk: Desk) -> Context:
        """Return the context after a reply."""
        reply = draft.reply
        if reply.outcome in (Outcome.CHITCHAT, Outcome.INVALID):
            return context
        if question.intent in (Intent.EXPLAIN, Intent.ORIGINAL, Intent.MORE):
            return context
        choices = tuple(choice.text for choice in reply.choices)
        if reply.outcome is Outcome.NOT_IN_PLAN and (context.question or not question.mentions):
            return self._refused(context, question, choices)
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
        if question.intent in _PLACES and reply.outcome is Outcome.ANSWERED:
            return replace(
                context,
                question=_named(reply.evidence[0]),
                intent=Intent.WHAT.value,
                terms=(),
                tasks=tasks or context.tasks,
                spans=spans or context.spans,
            )
        read = desk.reader.read(question.text)
        leans = read.bare or (read.thin and bool(context.question))
        return Context(
            question=context.question if leans and context.question else question.text,
            intent=question.intent.value,
            terms=tuple(term.text for term in question.terms),
            programs=tuple(name.text for item in question.mentions for name in item.names[:1]),
            tasks=tasks or context.tasks,
            spans=spans or context.spans,
            choices=choices,
            explanation=draft.notes or (self._explained,),
            listed=self._listed(context, reply, tasks),
        )

    @staticmethod
    def _listed(
        context: Context, reply: Reply, tasks: tuple[tuple[str, int, int], ...]
    ) -> tuple[tuple[str, int, int], ...]:
        """Return what can be picked from: a list stays while only one of its things is told of."""
        one = len(reply.evidence) == 1
        if one and len(context.listed) > 1 and set(tasks) <= set(context.tasks):
            return context.listed
        return tuple((item.plan, item.start, item.end) for item in reply.evidence)

    @staticmethod
    def _refused(context: Context, question: Question, choices: tuple[str, ...]) -> Context:
        """Return the context after a refusal: the subject stays, a first one is kept as asked."""
        choices = choices or context.choices
        if question.mentions:
            names = tuple(name.text for item in question.mentions for name in item.names[:1])
            if names != context.programs:
                return replace(
                    context,
                    question=question.text,
                    intent=Intent.WHAT.value,
                    terms=tuple(term.text for term in question.terms),
                    programs=names,
                    choices=choices,
                )
        if not context.question and any(term.forms for term in question.terms):
            return replace(context, question=question.text, choices=choices)
        if question.follows:
            return replace(context, choices=choices)
        return replace(context, intent=Intent.WHAT.value, choices=choices)


def _named(item: Evidence) -> str:
    """Return what stands for a thing picked as a subject: a task's title, else its words."""
    return item.title if item.title and item.title in item.quote else item.quote[:_SUBJECT]
