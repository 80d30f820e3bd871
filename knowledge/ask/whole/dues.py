"""What is due at a time, what recurs, and what goes on all the time."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.reading.times import Time, find_times
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope
from knowledge.plan.model import Deadline, DeadlineKind


class Dues:
    """Lists what one plan sets a time for, where a question names nothing but the time."""

    def __init__(self, desk: Desk, lists: RecordLists, remains: Remains) -> None:
        """Keep the plan's desk, what words the lists, and what reads the questions."""
        self._desk = desk
        self._plan = desk.plan
        self._lists = lists
        self._remains = remains

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """List all deadlines in the time that is named; None where anything else is."""
        if question.mentions or question.tasks:
            return None
        text = self._remains.numberless(question)
        words = self._remains.words
        asking = words["any_time"].sub(" ", words["any_date"].sub(" ", text))
        if words["no_list"].search(asking):
            return None
        for name, found in (("any_date", self._dated()), ("any_time", self._plan.deadlines)):
            if words[name].search(text):
                rest = find_times(words[name].sub(" ", text))[1]
                named = self._remains.left(rest, "due")
                return None if named else self._listed(question, scope, found)
        if scope and scope.parts and words["times"].search(text):
            rest = words["times"].sub(" ", text)
            named = self._remains.left(rest, "due", "show")
            return None if named else self._listed(question, scope, self._plan.deadlines)
        if question.unit:
            return None
        times, rest = find_times(text)
        if times and not self._remains.words_left(rest, "due"):
            return self._listed(question, scope, self._at(times))
        lasting = words["lasting"].search(text)
        if lasting and not self._remains.words_left(text, "lasting", "due"):
            return self._lasting(question, scope)
        return None

    def _dated(self) -> list[Deadline]:
        return [item for item in self._plan.deadlines if item.kind is DeadlineKind.DATE]

    def _at(self, times: Sequence[Time]) -> list[Deadline]:
        year = self._plan.year
        return [
            item for item in self._plan.deadlines if any(time.holds(item, year) for time in times)
        ]

    def _listed(
        self, question: Question, scope: Scope | None, found: Sequence[Deadline]
    ) -> Draft | None:
        keys = {task.key for task in (scope.tasks if scope else self._plan.tasks)}
        inside = [item for item in found if item.task in keys]
        return self._lists.deadlines(question, inside, "filter") if inside else None

    def _lasting(self, question: Question, scope: Scope | None) -> Draft | None:
        """List what the plan says is done again and again, or is never over."""
        keys = {task.key for task in (scope.tasks if scope else self._plan.tasks)}
        written = self._remains.words["lasting_written"]
        spans = [
            (phrase.span, passage.task)
            for phrase in self._desk.passages.phrases
            if (passage := self._desk.passages.passages[phrase.passage]).task in keys
            and not passage.heading
            and written.search(phrase.key)
        ]
        return self._lists.places(question, "filter", spans) if spans else None
