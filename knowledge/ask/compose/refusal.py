"""Replies to what the plan does not say."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.compose.draft import Draft, choices_of, understood
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.quotes import evidence
from knowledge.ask.reply import Evidence, Outcome, Reply
from knowledge.ask.wording import Wording
from knowledge.plan.model import Span

_MOST_NEAR = 3


def refuse(
    question: Question,
    text: str,
    missing: Sequence[str],
    *,
    evidences: Sequence[Evidence] = (),
    near: Sequence[str] = (),
    score: float = 0.0,
) -> Draft:
    """Return a refusal that names what is missing."""
    reply = Reply(
        outcome=Outcome.NOT_IN_PLAN,
        text=text,
        understood=understood(question),
        evidence=tuple(evidences),
        choices=choices_of(near),
        missing=tuple(missing),
    )
    return Draft(reply, score)


def junk(question: Question, wording: Wording) -> Draft:
    """Refuse a message in which nothing could be read."""
    return refuse(question, wording.say("junk"), ())


def not_found(question: Question, wording: Wording, desk: Desk, missing: Sequence[str]) -> Draft:
    """Refuse what no passage covers, naming the words that are not in the plan.

    Words that all stand in the plan, but in no one passage, are said not to stand together.
    """
    absent = [word for word in missing if not desk.evidences.texts.find(word)]
    if absent:
        text = wording.say("not_found", missing=wording.list_names(absent))
        return refuse(question, text, absent)
    asked = [term.text for term in question.terms]
    if len(asked) > 1:
        text = wording.say("not_together", missing=wording.list_names(asked))
        return refuse(question, text, missing or asked)
    return refuse(question, wording.say("not_found_plain"), missing)


def unknown_names(question: Question, wording: Wording, desk: Desk) -> Draft:
    """Refuse names no plan has, offering those that resemble them."""
    near = [name.text for wrote in question.unknown for name in desk.names.near(wrote, _MOST_NEAR)]
    near = list(dict.fromkeys(near))[:_MOST_NEAR]
    text = wording.say("not_found", missing=wording.list_names(question.unknown))
    if near:
        text += wording.say("near", names=wording.list_names(near))
    return refuse(question, text, question.unknown, near=near)


def lacks(
    question: Question, wording: Wording, desk: Desk, missing: Sequence[str], score: float
) -> Draft:
    """Refuse a thing the plan does not say of what the question names.

    Evidence is given only where a program was named, and says what the plan does say of it.
    """
    names = [name for mention in question.mentions for name in mention.names[:1]]
    if not names:
        known = [term.text for term in question.terms if term.forms and term.text not in missing]
        if not known:
            text = wording.say("not_found", missing=wording.list_names(missing))
        else:
            text = wording.say(
                "lacks",
                subject=wording.list_names(known),
                missing=wording.sentences["joiner"].join(missing),
            )
        return refuse(question, text, missing, score=score)
    evidences = []
    for name in names[:2]:
        for record in name.records[:1]:
            passage = desk.passages.at(record.start)
            if passage is not None:
                phrase = next(
                    (
                        desk.passages.phrases[at].span
                        for at in passage.phrases
                        if desk.passages.phrases[at].span.start
                        <= record.start
                        < desk.passages.phrases[at].span.end
                    ),
                    passage.span,
                )
                evidences.append(evidence(desk.plan, Span(phrase.start, phrase.end), passage.task))
    text = wording.say(
        "lacks",
        subject=wording.list_names(name.text for name in names),
        missing=wording.sentences["joiner"].join(missing),
    )
    return refuse(question, text, missing, evidences=evidences, score=score)


def other_years(question: Question, wording: Wording, years: Sequence[int]) -> Draft:
    """Refuse a year none of the loaded plans is about."""
    missing = [wording.say("year_name", year=year) for year in question.years]
    text = wording.say(
        "other_year", missing=wording.list_names(missing), years="、".join(map(str, years))
    )
    return refuse(question, text, missing)
