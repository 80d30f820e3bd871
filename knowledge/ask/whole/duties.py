"""What a body has to do by the plan's own marks of who is responsible."""

from __future__ import annotations

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope
from knowledge.language.script import fold, key
from knowledge.plan.model import Owner, Span, TaskKey

# Where a list is asked for, doings beside a body's name tell nothing of what it is of.
_LISTED = frozenset({"list", "due", "count", "overview", "names"})
_LEAST = 2


class Duties:
    """Lists what the bodies named by one plan are responsible for."""

    def __init__(self, desk: Desk, lists: RecordLists, remains: Remains) -> None:
        """Gather the plan's owners by name."""
        self._desk = desk
        self._lists = lists
        self._remains = remains
        self._owners: dict[str, list[Owner]] = {}
        for owner in desk.plan.owners:
            name = remains.words["each_body"].sub("", key(fold(owner.name)))
            if len(name) >= _LEAST and not remains.is_own(name):
                self._owners.setdefault(name, []).append(owner)
        self._said = {name: name for name in self._owners}
        for name in self._owners:
            self._said.setdefault(remains.words["level_of_body"].sub("", name), name)

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """List all that a body has to do; None where a question names more than the body."""
        if not self._owners or question.tasks:
            return None
        text = self._remains.numberless(question)
        if (draft := self._all(question, text, scope)) is not None:
            return draft
        named, rest = self._named(text)
        if not named:
            return None
        words = self._remains.words
        if words["of_body"].search(rest) or words["no_list"].search(rest):
            return None
        listed = question.asks.intersection(_LISTED)
        left = self._remains.left if listed else self._remains.words_left
        if left(rest, "duties"):
            return None
        keys = {task.key for task in (scope.tasks if scope else self._desk.plan.tasks)}
        owners = [owner for name in named for owner in self._in_role(name, rest)]
        spans = [part for owner in owners if owner.task in keys for part in self._duties(owner)]
        spans.sort(key=lambda item: item[0].start)
        return self._lists.places(question, "filter", spans) if spans else None

    def _all(self, question: Question, text: str, scope: Scope | None) -> Draft | None:
        """List who does what in the whole plan, where a question names no body and no work."""
        words = self._remains.words
        rest = words["all_owners"].sub(" ", text)
        if rest == text or self._remains.left(rest, "beside_owners", "show"):
            return None
        return self.everyone(question, scope)

    def everyone(self, question: Question, scope: Scope | None = None) -> Draft | None:
        """List who does what; None where the plan does not mark it."""
        keys = {task.key for task in (scope.tasks if scope else self._desk.plan.tasks)}
        spans = [
            part
            for owner in self._desk.plan.owners
            if owner.task in keys
            for part in self._duties(owner)
        ]
        spans.sort(key=lambda item: item[0].start)
        return self._lists.places(question, "filter", spans) if spans else None

    def _named(self, text: str) -> tuple[list[str], str]:
        """Return the bodies a text names, and the text without them."""
        named: list[str] = []
        for said in sorted(self._said, key=len, reverse=True):
            if said in text:
                named.append(self._said[said])
                text = text.replace(said, " ")
        return named, text

    def _in_role(self, name: str, rest: str) -> list[Owner]:
        """Return the owner's marks in the role that is asked for, all where none is.

        Who alone is responsible leads.
        """
        owners = self._owners[name]
        words = self._remains.words
        if words["leading"].search(rest) and not words["helping"].search(rest):
            alone = [item for item in owners if not words["helping"].search(item.role or "")]
            return alone or owners
        asked = [owner for owner in owners if owner.role and key(fold(owner.role))[:2] in rest]
        return asked or owners

    def _duties(self, owner: Owner) -> list[tuple[Span, TaskKey]]:
        """Return the clauses that a mark governs, or else the one it stands in."""
        spans = owner.governs or (Span(owner.start, owner.end),)
        return [
            (passage.span, passage.task)
            for passage in self._desk.passages.passages
            if not passage.heading
            and passage.task == owner.task
            and any(s.start < passage.span.end and passage.span.start < s.end for s in spans)
        ]
