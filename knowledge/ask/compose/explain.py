"""Why a reply came out as it did, in lines for a person who asks “为什么”."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.evidence import COVERED, Candidate
from knowledge.ask.question import Question
from knowledge.ask.wording import Wording


def explain(
    question: Question, ranked: Sequence[Candidate], wording: Wording, floor: float
) -> tuple[str, ...]:
    """Return what was read, how the first candidate matched, and who came second.

    Args:
        question: what was asked.
        ranked: the candidates, best first; may be empty.
        wording: the program's sentences.
        floor: the coverage an answer by keywords needs.
    """
    joiner = wording.sentences["joiner"]
    lines: list[str] = []
    names = [name.text for mention in question.mentions for name in mention.names]
    if names:
        lines.append(wording.say("explain_programs", names=wording.list_names(names)))
    lines += [
        wording.say("explain_corrected", wrote=item.wrote, meant=item.meant)
        for item in question.corrections
    ]
    if question.terms:
        terms = joiner.join(term.text for term in question.terms)
        lines.append(wording.say("explain_terms", terms=terms))
    if not ranked:
        return tuple(lines)
    top = ranked[0]
    lines += [
        wording.say("explain_match", term=match.term.text, form=match.form)
        for match in top.matches
        if match.strength >= COVERED and match.form != match.term.text and match.form
    ]
    if top.missing:
        missing = joiner.join(term.text for term in top.missing)
        lines.append(wording.say("explain_missing", terms=missing))
    lines.append(wording.say("explain_score", score=f"{top.coverage:.2f}", floor=f"{floor:.2f}"))
    other = next((item for item in ranked if item.passage.task != top.passage.task), None)
    if other is not None:
        score = f"{other.coverage:.2f}"
        lines.append(wording.say("explain_runner", task=other.passage.task.number, score=score))
    return tuple(lines)
