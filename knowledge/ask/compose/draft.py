"""The parts every reply is put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.quotes import (
    deadlines_in,
    evidence,
    figures_in,
    heading_evidence,
    spoken,
)
from knowledge.ask.reply import Choice, Evidence, Outcome, Reply, Understood
from knowledge.ask.wording import Wording
from knowledge.plan.model import Span, TaskKey


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply in the making: what was found for one question at one desk.

    `score` compares the drafts of several plans; `notes` explain the reply when asked why;
    `sureness` is how sure a passage chosen by its meaning is to answer, None where words chose it.
    """

    reply: Reply
    score: float = 1.0
    notes: tuple[str, ...] = ()
    sureness: float | None = None


@dataclass(frozen=True, slots=True)
class Quoting:
    """A stretch to quote and the task it stands in."""

    span: Span
    task: TaskKey


def understood(question: Question, intent: str = "", context: str | None = None) -> Understood:
    """Return what the reply says it understood."""
    return Understood(
        intent=intent or question.intent.value,
        programs=tuple(
            dict.fromkeys(name.text for item in question.mentions for name in item.names)
        ),
        terms=tuple(term.text for term in question.terms)
        + tuple(attribute.name for attribute in question.attributes),
        corrected=question.corrections,
        from_context=context,
    )


def quoted(
    desk: Desk,
    question: Question,
    quotings: Sequence[Quoting],
    *,
    text: str = "",
    intent: str = "",
    extra: Iterable[Evidence] = (),
) -> Reply:
    """Return an answer made of quotes; `text` defaults to the quotes themselves, a line each."""
    items = [evidence(desk.plan, item.span, item.task) for item in quotings]
    unique = list({(item.start, item.end): item for item in (*items, *extra)}.values())
    spans = [Span(item.start, item.end) for item in items]
    return Reply(
        outcome=Outcome.ANSWERED,
        text=text or "\n".join(dict.fromkeys(spoken(item.quote) for item in items)),
        understood=understood(question, intent),
        figures=figures_in(desk.plan, spans),
        deadlines=deadlines_in(desk.plan, spans),
        evidence=tuple(unique),
    )


def listed(wording: Wording, quotes: Iterable[str]) -> str:
    """Return quotes as the lines of a list, each once."""
    return "\n".join(wording.say("item", quote=spoken(quote)) for quote in dict.fromkeys(quotes))


def grouped(desk: Desk, wording: Wording, reply: Reply) -> Reply:
    """Return a reply of several quotes as a list, each task's under its heading."""
    tasks = {(item.section, item.task) for item in reply.evidence}
    if len(tasks) < 2:
        return replace(reply, text=listed(wording, (item.quote for item in reply.evidence)))
    lines: list[str] = []
    headings: dict[TaskKey, Evidence] = {}
    for item in reply.evidence:
        key = TaskKey(item.section or 0, item.task or 0)
        if key not in headings:
            headings[key] = heading_evidence(desk.plan, key)
            lines.append(spoken(headings[key].quote))
        if item.quote not in headings[key].quote:
            lines.append(wording.say("item", quote=spoken(item.quote)))
    evidence = {(item.start, item.end): item for item in (*reply.evidence, *headings.values())}
    return replace(reply, text="\n".join(lines), evidence=tuple(evidence.values()))


def choices_of(names: Iterable[str]) -> tuple[Choice, ...]:
    """Return a choice for each name, which asks for it."""
    return tuple(Choice(name, name) for name in names)
