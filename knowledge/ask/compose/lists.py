"""Lists of what a plan records: figures, deadlines, names, and places found by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose.draft import Draft, grouped, listed, understood
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.quotes import deadlines_in, evidence, figures_in, heading_evidence, spoken
from knowledge.ask.reply import Evidence, Outcome, Reply
from knowledge.ask.wording import Wording
from knowledge.language.script import fold, key
from knowledge.plan.model import Deadline, Figure, Plan, Program, Span, TaskKey

_LONG = 110
# So much beside a time is no more than what happens then.
_BARE = 8
_BRACKETS = re.compile(r"\([^()]*\)?")
_TITLE_MARKS = "《》"


class RecordLists:
    """Lists records of one plan, each by what it says of them."""

    def __init__(self, desk: Desk, wording: Wording) -> None:
        """Keep the desk and the sentences."""
        self._desk = desk
        self._plan = desk.plan
        self._wording = wording

    def figures(self, question: Question, figures: Sequence[Figure]) -> Draft:
        """Quote the phrase of every figure."""
        spans = [(self._phrase(figure.start, figure.end), figure.task) for figure in figures]
        head = self._head("count_figures", len(figures), len(set(spans)))
        return self._records(question, "all_figures", head, spans)

    def deadlines(self, question: Question, deadlines: Sequence[Deadline], intent: str) -> Draft:
        """Quote every deadline with what it governs."""
        spans = _outermost([(self._governed(item), item.task) for item in deadlines])
        head = self._head("count_deadlines", len(deadlines), len(set(spans)))
        draft = self._records(question, intent, head, spans)
        rows = tuple((self._plan.id, deadline) for deadline in deadlines)
        return replace(draft, reply=replace(draft.reply, deadlines=rows))

    def programs(self, question: Question, programs: Sequence[Program]) -> Draft:
        """List names, with the places they stand as evidence."""
        unique = list({program.name: program for program in programs}.values())
        evidences = [
            evidence(self._plan, self._marked(program), program.task) for program in unique
        ]
        head = self._wording.say("count_programs", count=len(unique))
        return listed_reply(self._desk, self._wording, question, "all_programs", evidences, head)

    def places(
        self, question: Question, intent: str, spans: Sequence[tuple[Span, TaskKey]]
    ) -> Draft:
        """Quote stretches of tasks, saying how many there are."""
        unique = list(dict.fromkeys(spans))
        head = self._wording.say("count_hits", count=len(unique))
        draft = self._records(question, intent, head, unique)
        if len({task for _, task in unique}) > 1:
            return draft
        heading = heading_evidence(self._plan, unique[0][1])
        lines = draft.reply.text.split("\n")
        text = "\n".join((*lines[:1], spoken(heading.quote), *lines[1:]))
        found = (heading, *draft.reply.evidence)
        return replace(draft, reply=replace(draft.reply, text=text, evidence=found))

    def notes(self, question: Question, spans: Sequence[Span]) -> Draft:
        """Quote what stands beside the plan's tasks, a line each."""
        evidences = [evidence(self._plan, span, None) for span in spans]
        return listed_reply(self._desk, self._wording, question, "meta", evidences)

    def heads(self) -> list[Span]:
        """Return where the title stands, and the issuer where the plan names it."""
        spans = [self._plan.title_span or _first(self._plan, self._plan.title)]
        spans.append(_first(self._plan, self._plan.issuer))
        return [span for span in spans if span is not None]

    def meta(self, question: Question) -> Draft:
        """Quote the title, and the issuer where the plan names it."""
        evidences = [evidence(self._plan, span, None) for span in self.heads()]
        lines = [spoken(item.quote) for item in evidences]
        reply = Reply(
            outcome=Outcome.ANSWERED,
            text="\n".join(dict.fromkeys(lines)),
            understood=understood(question, "meta"),
            evidence=tuple(evidences),
        )
        return Draft(reply)

    def _marked(self, program: Program) -> Span:
        """Return where a name stands, with the marks of a title round it."""
        source = self._plan.source
        span = Span(program.start - 1, program.end + 1)
        whole = source[max(span.start, 0) : span.end]
        return span if whole[:1] + whole[-1:] == _TITLE_MARKS else Span(program.start, program.end)

    def _phrase(self, start: int, end: int) -> Span:
        for phrase in self._desk.passages.phrases:
            if phrase.span.covers(start):
                return Span(phrase.span.start, max(end, phrase.span.end))
        return Span(start, end)

    def _governed(self, deadline: Deadline) -> Span:
        start = self._phrase(deadline.start, deadline.end)
        passage = self._desk.passages.at(deadline.start)
        if passage is not None and self._desk.evidences.is_due_line(passage):
            return self._with_subject(start, deadline)
        end = max([start.end, *(span.end for span in deadline.governs)])
        begin = min([start.start, *(span.start for span in deadline.governs)])
        span = Span(begin, end) if end - begin <= _LONG else start
        return self._with_subject(span, deadline)

    def _with_subject(self, span: Span, deadline: Deadline) -> Span:
        """Return a stretch from the beginning of its clause where it only says “10月底前完成”."""
        passage = self._desk.passages.at(span.start)
        words = _BRACKETS.sub("", fold(self._plan.quote(span)))
        told = len(key(words)) - len(key(fold(deadline.quote)))
        if passage is None or told > _BARE or span.end - passage.span.start > 2 * _LONG:
            return span
        return Span(passage.span.start, span.end)

    def _head(self, name: str, count: int, places: int) -> str:
        """Return how many records there are, and in how many places where these are fewer."""
        if places == count:
            return self._wording.say(name, count=count)
        return self._wording.say(f"{name}_in", count=count, places=places)

    def _records(
        self, question: Question, intent: str, head: str, spans: Sequence[tuple[Span, TaskKey]]
    ) -> Draft:
        """Quote records, each task's under its heading, with the line `head` before them."""
        unique = dict.fromkeys(spans)
        evidences = [evidence(self._plan, span, task) for span, task in unique]
        draft = listed_reply(self._desk, self._wording, question, intent, evidences)
        reply = grouped(self._desk, self._wording, draft.reply)
        return replace(draft, reply=replace(reply, text=f"{head}\n{reply.text}"))


def listed_reply(
    desk: Desk,
    wording: Wording,
    question: Question,
    intent: str,
    evidences: Sequence[Evidence],
    head: str = "",
) -> Draft:
    """Answer with quotes as the lines of a list, below the line `head`."""
    lines = [head] if head else []
    lines.append(listed(wording, (item.quote for item in evidences)))
    spans = [Span(item.start, item.end) for item in evidences]
    reply = Reply(
        outcome=Outcome.ANSWERED,
        text="\n".join(line for line in lines if line),
        understood=understood(question, intent),
        evidence=tuple(evidences),
        figures=figures_in(desk.plan, spans),
        deadlines=deadlines_in(desk.plan, spans),
    )
    return Draft(reply)


def _outermost(spans: Sequence[tuple[Span, TaskKey]]) -> list[tuple[Span, TaskKey]]:
    """Leave out the stretches that stand within another."""
    every = {span for span, _ in spans}
    return [
        (span, task)
        for span, task in spans
        if not any(other != span and other.holds(span) for other in every)
    ]


def _first(plan: Plan, text: str) -> Span | None:
    at = plan.source.find(text) if text else -1
    return Span(at, at + len(text)) if at >= 0 else None
