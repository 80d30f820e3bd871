"""Where something stands, whole tasks and whole sections."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.compose.draft import Quoting, quoted
from knowledge.ask.desk import Desk
from knowledge.ask.passages import Passage
from knowledge.ask.question import Question
from knowledge.ask.quotes import heading_evidence, section_evidence, spoken
from knowledge.ask.reply import Evidence, Reply
from knowledge.ask.wording import Wording
from knowledge.plan.model import TaskKey


def place_reply(
    desk: Desk, wording: Wording, question: Question, passages: Sequence[Passage]
) -> Reply:
    """Return the headings the passages stand under, each place once."""
    keys = list(dict.fromkeys(passage.task for passage in passages))
    headings: list[Evidence] = []
    lines: list[str] = []
    for key in keys:
        line, evidences = place(desk, wording, key)
        lines.append(line)
        headings += evidences
    quotings = [Quoting(passage.span, passage.task) for passage in passages]
    return quoted(desk, question, quotings, text="\n".join(lines), extra=headings)


def place(desk: Desk, wording: Wording, key: TaskKey) -> tuple[str, list[Evidence]]:
    """Return “section › task” in the headings' own words, and the headings as evidence."""
    task = heading_evidence(desk.plan, key)
    section = section_evidence(desk.plan, key.section)
    if section is None:
        return spoken(task.quote), [task]
    line = wording.say("place", section=spoken(section.quote), task=spoken(task.quote))
    return line, [task, section]
