"""All places of a matter, for questions that ask where in a plan it is without saying “有关”."""

from __future__ import annotations

import re

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.question import Question, Term
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope
from knowledge.ask.whole.topics import Topics
from knowledge.language.script import fold, key
from knowledge.plan.model import Task

_QUOTED = re.compile(r"[“\"「『《]([^“”\"「」『』《》]{2,12})[”\"」』》]")
_LEAST = 2
_SEVERAL = 2


class Everywhere:
    """Lists the places of one plan that a question wants all of."""

    def __init__(self, desk: Desk, lists: RecordLists, topics: Topics, remains: Remains) -> None:
        """Keep the plan's desk, what words the lists, and what finds the matters."""
        self._desk = desk
        self._lists = lists
        self._topics = topics
        self._remains = remains

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """List what is said of the one matter that is left of a question for places."""
        words = self._remains.words
        if question.tasks or question.attributes:
            return None
        text = self._remains.numberless(question)
        if words["no_topic"].search(text) or not words["all_places"].search(text):
            return None
        tasks = scope.tasks if scope else self._desk.plan.tasks
        return self._by_letter(question, tasks) or self._by_name(question, text, tasks)

    def _by_letter(self, question: Question, tasks: tuple[Task, ...]) -> Draft | None:
        """List the phrases that hold one of the words a question quotes."""
        wanted = [key(fold(word)) for word in _QUOTED.findall(question.text)]
        if not wanted:
            return None
        rest = _QUOTED.sub(" ", question.text)
        if self._remains.left(rest, "all_places", "beside_places", "beside_topic"):
            return None
        keys = {task.key for task in tasks}
        spans = [
            (phrase.span, passage.task)
            for phrase in self._desk.passages.phrases
            if (passage := self._desk.passages.passages[phrase.passage]).task in keys
            and any(word in phrase.key for word in wanted)
        ]
        return self._lists.places(question, "topic", spans) if spans else None

    def _by_name(self, question: Question, text: str, tasks: tuple[Task, ...]) -> Draft | None:
        """List the passages that hold the matter, where it is told by words the plan knows."""
        words = self._remains.words
        for name in ("all_places", "beside_places", "beside_topic"):
            text = words[name].sub(" ", text)
        matter = " ".join(piece for piece in text.split() if self._tells(piece))
        if len(matter) < _LEAST:
            return None
        keys = {task.key for task in tasks}
        found = self._topics.holding(matter, keys)
        found = self._saying_all(found, matter)
        return self._topics.quoted(question, found) if found else None

    def _saying_all(self, found: list[Candidate], matter: str) -> list[Candidate]:
        """Return the passages that hold doings as well as things, with those below a heading."""
        parts = [self._terms(part) for part in self._topics.parts(matter)]
        saying = {
            item.passage.number: item
            for item in found
            if any(
                terms and all(self._topics.is_here(item, term) for term in terms)
                for terms in parts
            )
        }
        headed = {item.passage.task for item in saying.values() if item.passage.heading}
        return [
            item
            for item in found
            if item.passage.number in saying
            or (item.passage.task in headed and not item.passage.heading)
        ]

    def _terms(self, text: str) -> list[Term]:
        return [
            term
            for term in self._desk.reader.terms(text)
            if len(term.text) >= _SEVERAL and not self._remains.is_own(term.text)
        ]

    def _tells(self, piece: str) -> bool:
        """Tell whether a piece names something besides the organisation itself."""
        return bool(self._terms(piece))
