"""All that a plan says of a matter, for questions that ask what has to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.words import WordQuotes
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.question import Question, Term
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope
from knowledge.language.lexicon import NEAR, QuestionWords
from knowledge.plan.model import TaskKey

_FLOOR = 0.6
_MOST = 24
_SEVERAL = 2
_TWO_PLACES = 4
# The least strength of a piece of a word that the plan does not hold whole.
_PIECE = 0.45


class Topics:
    """Lists every passage of one plan about a matter."""

    def __init__(
        self, desk: Desk, words: WordQuotes, questions: QuestionWords, remains: Remains
    ) -> None:
        """Keep the plan's desk, what quotes passages, and what reads the questions."""
        self._desk = desk
        self._words = words
        self._either = questions.either
        self._remains = remains

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """List what is said of the matter a question names as such; None where it names none."""
        if question.tasks:
            return None
        text = self._remains.numberless(question)
        if self._remains.words["no_topic"].search(text):
            return None
        match = self._remains.words["about"].search(text)
        if match is None:
            return None
        topic = next(filter(None, match.groups()))
        keys = {task.key for task in (scope.tasks if scope else self._desk.plan.tasks)}
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        if self._remains.left(rest, "beside_topic"):
            return None
        found = self.holding(topic, keys)
        return self.quoted(question, found) if found else None

    def loosely(self, question: Question, terms: Sequence[Term]) -> Draft | None:
        """List every passage that covers most of the terms, or None where none does."""
        either = self._either.search(question.text)
        found = [
            item
            for item in self._desk.evidences.candidates(terms)
            if not item.passage.heading
            and (
                item.coverage >= _FLOOR
                or (either and any(match.strength >= _FLOOR for match in item.matches))
            )
        ]
        return self.quoted(question, found[:_MOST]) if found else None

    def quoted(self, question: Question, found: Sequence[Candidate]) -> Draft:
        """Quote all of several passages, in the plan's order."""
        found = sorted(found, key=lambda item: item.passage.number)
        draft = self._words.quote_all(question, found)
        about = replace(draft.reply.understood, intent="topic")
        return replace(draft, reply=replace(draft.reply, understood=about))

    def holding(self, topic: str, keys: set[TaskKey]) -> list[Candidate]:
        """Return the passages that hold a matter, or a word for it."""
        found = self._literally(topic, keys)
        for matter in self._matters(topic) if not found else ():
            for item in self._desk.evidences.candidates(matter):
                if item.passage.task in keys and all(self.is_here(item, term) for term in matter):
                    found.setdefault(item.passage.number, item)
        headed = {item.passage.task for item in found.values() if item.passage.heading}
        under = [
            Candidate(passage, _FLOOR, _FLOOR, ())
            for passage in self._desk.passages.passages
            if passage.task in headed and not passage.heading and passage.number not in found
        ]
        bodies = [item for item in found.values() if not item.passage.heading]
        return [*bodies, *under][:_MOST] or list(found.values())

    def _literally(self, topic: str, keys: set[TaskKey]) -> dict[int, Candidate]:
        """Return the passages that hold a name of several words as it is written."""
        if len(self._desk.reader.terms(topic)) < _SEVERAL:
            return {}
        return {
            passage.number: Candidate(passage, 1.0, 1.0, ())
            for passage in self._desk.passages.passages
            if passage.task in keys and topic in passage.key
        }

    def parts(self, topic: str) -> list[str]:
        """Return the names joined in a topic, two names of places written as one taken apart."""
        parts = [part for piece in topic.split(" ") for part in self._either.split(piece)]
        found: list[str] = []
        for part in parts:
            half = len(part) // 2
            halves = [part[:half], part[half:]]
            places = len(part) == _TWO_PLACES and all(self._is_place(item) for item in halves)
            found += [part, *(halves if places else [])]
        return found

    def _is_place(self, word: str) -> bool:
        terms = self._desk.reader.terms(word)
        return len(terms) == 1 and terms[0].vital

    def _matters(self, topic: str) -> list[list[Term]]:
        """Return the matters a topic names, each as the terms a passage must hold."""
        matters = []
        for part in self.parts(topic):
            told = [
                term
                for term in self._desk.reader.terms(part)
                if len(term.text) > 1 and not self._remains.is_own(term.text)
            ]
            terms = [term for term in told if term.solid or term.vital] or told
            if terms and all(term.forms for term in terms):
                matters.append(terms)
        return matters

    @staticmethod
    def is_here(item: Candidate, term: Term) -> bool:
        """Tell whether a passage itself holds a term or a word for it, or else a piece of it."""
        whole = [form for form, strength in term.forms if strength >= NEAR]
        forms = whole or [form for form, strength in term.forms if strength >= _PIECE]
        return any(form in item.passage.key for form in forms)
