"""Documents that a plan has somebody write or mend, found by the words beside them."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.desk import Desk
from knowledge.ask.question import Intent, Question
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope
from knowledge.plan.model import ProgramKind, TaskKey

_DOINGS = ("making", "mending")


class Drafting:
    """Lists the documents of one plan that are to be made."""

    def __init__(self, desk: Desk, lists: RecordLists, remains: Remains) -> None:
        """Keep the plan's desk, what words the lists, and what reads the questions."""
        self._desk = desk
        self._lists = lists
        self._remains = remains

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """List the documents that are made, or that the plan mentions; None where one is named."""
        words = self._remains.words
        text = self._remains.numberless(question)
        wanted = [name for name in _DOINGS if words[name].search(text)]
        ruled = bool(wanted) and words["rules"].search(text) is not None
        if question.mentions or not (ruled or words["documents"].search(text)):
            return None
        if words["no_list"].search(text):
            return None
        keys = {task.key for task in (scope.tasks if scope else self._desk.plan.tasks)}
        if wanted and not words["no_drafting"].search(text):
            return self._made(question, text, keys, wanted)
        return None if Intent.META in question.asks else self._mentioned(question, text, keys)

    def _made(
        self, question: Question, text: str, keys: set[TaskKey], wanted: Sequence[str]
    ) -> Draft | None:
        """List the phrases in which a document is made or mended."""
        words = self._remains.words
        if self._remains.left(text, *_DOINGS, "documents", "rules", "beside_documents"):
            return None
        written = ["documents_written"]
        written += ["rules_written"] if words["rules"].search(text) else []
        spans = [
            (phrase.span, passage.task)
            for phrase in self._desk.passages.phrases
            if (passage := self._desk.passages.passages[phrase.passage]).task in keys
            and not passage.heading
            and any(words[f"{name}_written"].search(phrase.key) for name in wanted)
            and any(words[name].search(self._desk.plan.quote(phrase.span)) for name in written)
        ]
        return self._lists.places(question, "list", spans) if spans else None

    def _mentioned(self, question: Question, text: str, keys: set[TaskKey]) -> Draft | None:
        """List the titles of all documents."""
        words = self._remains.words
        if not words["listed_documents"].search(words["documents"].sub(" ", text)):
            return None
        if self._remains.left(text, "documents", "beside_documents_listed", "beside_documents"):
            return None
        found = [
            item
            for item in self._desk.plan.programs
            if item.kind is ProgramKind.DOCUMENT and item.task in keys
        ]
        kinds = set(words["documents"].findall(text)) - set(words["any_document"].findall(text))
        of_kind = [item for item in found if any(kind in item.name for kind in kinds)]
        found = of_kind or found
        return self._lists.programs(question, found) if found else None
