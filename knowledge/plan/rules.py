"""What must hold between the parts of a deadline, wherever it was written."""

from __future__ import annotations

from dateutil.rrule import rrulestr
from yaml.nodes import Node

from knowledge.plan.model import Deadline, DeadlineKind
from knowledge.plan.nodes import NodeReader
from knowledge.plan.wording import problem_text


def check_deadline(reader: NodeReader, node: Node, deadline: Deadline) -> None:
    """Note where a deadline's date and rule do not fit its kind."""
    fits = {
        DeadlineKind.DATE: deadline.date is not None and deadline.rrule is None,
        DeadlineKind.RECURRING: deadline.rrule is not None and deadline.date is None,
        DeadlineKind.OPEN: deadline.date is None and deadline.rrule is None,
    }
    if not fits[deadline.kind]:
        expected = problem_text(f"deadline_{deadline.kind.value}")
        reader.report(node, "deadline_kind", kind=deadline.kind.value, expected=expected)
    if deadline.rrule is not None and not _is_rule(deadline.rrule):
        reader.report(node, "rrule", found=deadline.rrule)


def _is_rule(text: str) -> bool:
    try:
        rrulestr(text)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return True
