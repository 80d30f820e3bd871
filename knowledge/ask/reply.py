"""What an answer is: one closed set of outcomes, and the evidence for every statement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.plan.model import Deadline, Figure


class Outcome(StrEnum):
    """How a message was answered."""

    ANSWERED = "answered"
    AMBIGUOUS = "ambiguous"
    NOT_IN_PLAN = "not_in_plan"
    CHITCHAT = "chitchat"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An exact quote of a plan and where it stands.

    `start`/`end` are character offsets into the plan's source; `section` is the section's ordinal
    and `task` the printed task number, each None where the quote stands outside of one.
    """

    plan: str
    section: int | None
    task: int | None
    title: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing that may be meant: what its button says, and what pressing it asks."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A spelling read as another: what was written and what it was taken for."""

    wrote: str
    meant: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What the question was taken to mean."""

    intent: str
    programs: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    corrected: tuple[Correction, ...] = ()
    from_context: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The one answer to a message, the same in every face.

    `text` is plain Simplified Chinese, read first. Figures and deadlines carry their plan's id.
    """

    outcome: Outcome
    text: str
    understood: Understood
    figures: tuple[tuple[str, Figure], ...] = ()
    deadlines: tuple[tuple[str, Deadline], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    choices: tuple[Choice, ...] = ()
    missing: tuple[str, ...] = ()
    ms: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the reply object of the public contract, ready for `json.dumps`."""
        return {
            "outcome": self.outcome.value,
            "text": self.text,
            "figures": [figure_json(plan, figure) for plan, figure in self.figures],
            "deadlines": [deadline_json(plan, deadline) for plan, deadline in self.deadlines],
            "evidence": [
                {
                    "plan": item.plan,
                    "section": item.section,
                    "task": item.task,
                    "title": item.title,
                    "quote": item.quote,
                    "start": item.start,
                    "end": item.end,
                }
                for item in self.evidence
            ],
            "choices": [{"label": item.label, "text": item.text} for item in self.choices],
            "missing": list(self.missing),
            "understood": {
                "intent": self.understood.intent,
                "programs": list(self.understood.programs),
                "terms": list(self.understood.terms),
                "corrected": [
                    {"from": item.wrote, "to": item.meant} for item in self.understood.corrected
                ],
                "from_context": self.understood.from_context,
            },
            "ms": round(self.ms, 3),
        }


def figure_json(plan: str, figure: Figure) -> dict[str, Any]:
    """Return a figure as the contract writes it, for the plan with id `plan`."""
    value = int(figure.value) if figure.value == int(figure.value) else figure.value
    row: dict[str, Any] = {
        "plan": plan,
        "task": figure.task.number,
        "subject": figure.subject,
        "comparator": figure.comparator.value,
        "value": value,
        "unit": figure.unit,
        "quote": figure.quote,
    }
    extras = {
        "section": figure.task.section,
        "upper": figure.upper,
        "baseline": figure.baseline,
        "per": figure.per,
        "due": figure.due,
    }
    return row | {name: extra for name, extra in extras.items() if extra is not None}


def deadline_json(plan: str, deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as the contract writes it, for the plan with id `plan`."""
    return {
        "plan": plan,
        "section": deadline.task.section,
        "task": deadline.task.number,
        "quote": deadline.quote,
        "kind": deadline.kind.value,
        "date": deadline.date.isoformat() if deadline.date else None,
        "rrule": deadline.rrule,
    }


@dataclass(frozen=True, slots=True)
class Context:
    """What the last turns of a conversation left to lean on; JSON-able, so any store can keep it.

    `question` is the last question with a subject (after completion), `intent` and `terms` what
    it was taken to mean, `programs` the names it was about, `tasks` the (plan id, section,
    number) of its evidence, `spans` the (plan id, start, end) it quoted, `choices` the texts last
    offered, `listed` the (plan id, start, end) of what was shown one by one, headings included,
    and `explanation` the lines that tell how the last reply came about.
    """

    question: str = ""
    intent: str = ""
    terms: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    tasks: tuple[tuple[str, int, int], ...] = ()
    spans: tuple[tuple[str, int, int], ...] = ()
    choices: tuple[str, ...] = ()
    explanation: tuple[str, ...] = ()
    listed: tuple[tuple[str, int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return a dictionary of plain lists and strings."""
        return {
            "question": self.question,
            "intent": self.intent,
            "terms": list(self.terms),
            "programs": list(self.programs),
            "tasks": [list(item) for item in self.tasks],
            "spans": [list(item) for item in self.spans],
            "choices": list(self.choices),
            "explanation": list(self.explanation),
            "listed": [list(item) for item in self.listed],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Context:
        """Read what `to_json` wrote; unknown keys are ignored, missing ones are empty."""
        return cls(
            question=str(data.get("question", "")),
            intent=str(data.get("intent", "")),
            terms=tuple(data.get("terms", ())),
            programs=tuple(data.get("programs", ())),
            tasks=tuple((p, s, n) for p, s, n in data.get("tasks", ())),
            spans=tuple((p, s, e) for p, s, e in data.get("spans", ())),
            choices=tuple(data.get("choices", ())),
            explanation=tuple(data.get("explanation", ())),
            listed=tuple((p, s, e) for p, s, e in data.get("listed", ())),
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation: the reply, the context for the next message, what was asked."""

    reply: Reply
    context: Context
    asked: str = ""
