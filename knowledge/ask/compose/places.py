"""Where something stands, whole tasks and whole sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose.draft import Quoting, quoted
from knowledge.ask.desk import Desk
from knowledge.ask.passages import Passage
from knowledge.ask.question import Question
from knowledge.ask.quotes import heading_evidence, section_evidence, spoken
from knowledge.ask.reply import Evidence, Reply
from knowledge.ask.wording import Wording
from knowledge.plan.model import Span, TaskKey


def place_reply(
    desk: Desk, wording: Wording, question: Question, shown: Sequence[tuple[Span, Passage]]
) -> Reply:
    """Return the headings the passages stand under, each place once, and the words shown."""
    passages = [passage for _, passage in shown]
    keys = list(dict.fromkeys(passage.task for passage in passages))
    headings: list[Evidence] = []
    lines: list[str] = []
    for key in keys:
        line, evidences = place(desk, wording, key)
        lines.append(line)
        headings += evidences
    quotings = [Quoting(span, passage.task) for span, passage in shown]
    reply = quoted(desk, question, quotings, extra=headings)
    quotes = [spoken(item.quote) for item in reply.evidence[: len(quotings)]]
    return replace(reply, text="\n".join(dict.fromkeys((*lines, *quotes))))


def place(desk: Desk, wording: Wording, key: TaskKey) -> tuple[str, list[Evidence]]:
    """Return “section › task” in the headings' own words, and the headings as evidence."""
    task = heading_evidence(desk.plan, key)
    section = section_evidence(desk.plan, key.section)
    if section is None:
        return spoken(task.quote), [task]
    line = wording.say("place", section=spoken(section.quote), task=spoken(task.quote))
    return line, [task, section]
