"""Replies to questions that name several things: which is meant, or an answer of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose.draft import Draft, choices_of, understood
from knowledge.ask.compose.phrases import phrase_at
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.quotes import evidence
from knowledge.ask.reading.names import How
from knowledge.ask.reply import Outcome, Reply
from knowledge.ask.wording import Wording
from knowledge.language.script import fold, key


def may_mean_several(question: Question) -> bool:
    """Tell whether a word of the question fits several names."""
    return any(len(item.names) > 1 and item.how is not How.EXACT for item in question.mentions)


def names_several(question: Question) -> bool:
    """Tell whether several programs are named, each beyond doubt."""
    return len(question.mentions) > 1 and all(
        len(item.names) == 1 and item.how is not How.PART for item in question.mentions
    )


def ask_back(question: Question, desk: Desk, wording: Wording) -> Draft:
    """Ask which of the names that fit is meant, showing where each stands."""
    evidences = [
        evidence(desk.plan, phrase_at(desk, passage, name.records[0].start).span, passage.task)
        for name in question.names
        if (passage := desk.passages.at(name.records[0].start)) is not None
    ]
    names = [name.text for name in question.names]
    reply = Reply(
        outcome=Outcome.AMBIGUOUS,
        text=wording.say("ambiguous", names=wording.list_names(names)),
        understood=understood(question),
        evidence=tuple(evidences),
        choices=choices_of(names),
    )
    return Draft(reply)


def tells_of_all(question: Question, draft: Draft) -> bool:
    """Tell whether one answer quotes every name asked about."""
    if draft.reply.outcome is not Outcome.ANSWERED:
        return False
    quotes = "".join(key(fold(item.quote)) for item in draft.reply.evidence)
    return all(name.key in quotes for name in question.names)


def joined(question: Question, drafts: Sequence[Draft]) -> Draft:
    """Join the replies about each name; a refusal of all where none is answered."""
    answered = [item for item in drafts if item.reply.outcome is Outcome.ANSWERED]
    if not answered:
        return drafts[0]
    evidences = {
        (item.start, item.end): item for draft in answered for item in draft.reply.evidence
    }
    reply = replace(
        answered[0].reply,
        text="\n".join(dict.fromkeys(draft.reply.text for draft in drafts)),
        understood=understood(question),
        evidence=tuple(evidences.values()),
        figures=tuple(dict.fromkeys(row for d in answered for row in d.reply.figures)),
        deadlines=tuple(dict.fromkeys(row for d in answered for row in d.reply.deadlines)),
        missing=tuple(name for draft in drafts for name in draft.reply.missing),
    )
    return replace(answered[0], reply=reply)
