"""How well each passage of a plan covers what a question asks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.ask.index import SubstringIndex, WordIndex
from knowledge.ask.passages import Passage, Passages, Phrase
from knowledge.ask.question import Term
from knowledge.language.script import fold
from knowledge.plan.model import Deadline, TaskKey

# Where a term stands relative to the passage, and how much of its weight that is worth.
IN_TITLE = 0.8
IN_TASK = 0.5
IN_SECTION = 0.4
COVERED = 0.45


@dataclass(frozen=True, slots=True)
class Match:
    """How a term is covered: by which form, and how strongly (0 to 1)."""

    term: Term
    form: str
    strength: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its coverage (0 to 1) of a question's terms."""

    passage: Passage
    coverage: float
    score: float
    matches: tuple[Match, ...]

    @property
    def missing(self) -> tuple[Term, ...]:
        """Return the terms the passage does not cover."""
        return tuple(match.term for match in self.matches if match.strength < COVERED)

    @property
    def about_other(self) -> bool:
        """Tell whether a word the question cannot do without is missing, or excluded here."""
        return any(
            match.term.vital or any(other in self.passage.key for other in match.term.others)
            for match in self.matches
            if match.strength < COVERED
        )


class Evidences:
    """The passages of one plan, searchable by the forms of terms."""

    def __init__(self, passages: Passages, due_labels: re.Pattern[str] | None = None) -> None:
        """Index the passages' texts; `due_labels` open the lines that say when a task is due."""
        self.passages = passages
        self.texts = WordIndex([passage.key for passage in passages.passages])
        self._sections = SubstringIndex(
            [section.title for section in passages.plan.sections] or [""]
        )
        self._due_lines = _due_lines(passages, due_labels) if due_labels is not None else {}
        self._tasks_of: dict[str, tuple[frozenset[TaskKey], frozenset[TaskKey]]] = {}

    def due_lines(self, task: TaskKey) -> tuple[Passage, ...]:
        """Return the passages of a task's labelled lines that say when it is due."""
        return self._due_lines.get(task, ())

    def is_due_line(self, passage: Passage) -> bool:
        """Tell whether a passage stands on such a line."""
        return passage in self.due_lines(passage.task)

    def in_due_lines(self, deadlines: Iterable[Deadline]) -> list[Deadline]:
        """Return the deadlines that such lines set."""
        return [
            item
            for item in deadlines
            if any(line.span.covers(item.start) for line in self.due_lines(item.task))
        ]

    def rarity(self, forms: Iterable[str]) -> float:
        """Return the inverse document frequency of a term's forms together, scaled to 0…1."""
        found: set[int] = set()
        for form in forms:
            found |= self.texts.find(form)
        size = len(self.passages.passages)
        idf = math.log(1 + (size - len(found) + 0.5) / (len(found) + 0.5))
        return idf / math.log(1 + (size + 0.5) / 0.5)

    def _tasks(self, form: str) -> tuple[frozenset[TaskKey], frozenset[TaskKey]]:
        """Return the tasks whose heading holds `form`, and those that hold it anywhere."""
        known = self._tasks_of.get(form)
        if known is None:
            passages = [self.passages.passages[number] for number in self.texts.find(form)]
            known = (
                frozenset(passage.task for passage in passages if passage.heading),
                frozenset(passage.task for passage in passages),
            )
            self._tasks_of[form] = known
        return known

    def _place(self, form: str, passage: Passage) -> float:
        if passage.number in self.texts.find(form):
            return 1.0
        titles, tasks = self._tasks(form)
        if passage.task in titles:
            return IN_TITLE
        if passage.task in tasks:
            return IN_TITLE if self.is_due_line(passage) else IN_TASK
        return IN_SECTION if form in passage.section else 0.0

    def match(self, term: Term, passage: Passage) -> Match:
        """Return how `passage` covers `term` best."""
        best = Match(term, "", 0.0)
        for form, strength in term.forms:
            if strength > best.strength:
                worth = strength * self._place(form, passage)
                if worth > best.strength:
                    best = Match(term, form, worth)
        return best

    def candidate(self, number: int, terms: Sequence[Term]) -> Candidate:
        """Return one passage as a candidate, however little it covers."""
        total = sum(term.weight for term in terms) or 1.0
        return self._candidate(self.passages.passages[number], terms, total)

    def candidates(self, terms: Sequence[Term]) -> list[Candidate]:
        """Return every passage that holds a form of a term, best covered first."""
        total = sum(term.weight for term in terms)
        if not total:
            return []
        numbers: set[int] = set()
        for term in terms:
            for form, _ in term.forms:
                numbers |= self.texts.find(form)
        found = [
            self._candidate(self.passages.passages[number], terms, total) for number in numbers
        ]
        found.sort(key=lambda item: (-item.score, item.passage.number))
        return found

    def _candidate(self, passage: Passage, terms: Sequence[Term], total: float) -> Candidate:
        matches = tuple(self.match(term, passage) for term in terms)
        coverage = sum(match.strength * match.term.weight for match in matches) / total
        focus = max(
            (self._phrase_share(self.passages.phrases[at], matches) for at in passage.phrases),
            default=0.0,
        )
        score = coverage + 0.1 * focus / total - (0.01 if passage.heading else 0.0)
        return Candidate(passage, coverage, score, matches)

    @staticmethod
    def _phrase_share(phrase: Phrase, matches: Sequence[Match]) -> float:
        return sum(
            match.strength * match.term.weight
            for match in matches
            if match.form and match.form in phrase.key
        )

    def best_phrase(self, candidate: Candidate) -> Phrase:
        """Return the phrase of a candidate that holds most of the question."""
        return max(self.phrase_shares(candidate), key=lambda item: item[1])[0]

    def phrase_shares(self, candidate: Candidate) -> list[tuple[Phrase, float]]:
        """Return the phrases of a candidate, each with the weight of the terms it holds."""
        return [
            (phrase, self._phrase_share(phrase, candidate.matches))
            for phrase in self.passages.phrases_of(candidate.passage)
        ]


def _due_lines(passages: Passages, labels: re.Pattern[str]) -> dict[TaskKey, tuple[Passage, ...]]:
    """Return the passages of each task that stand on a line such a label opens."""
    source = passages.plan.source
    found: dict[TaskKey, tuple[Passage, ...]] = {}
    last: Passage | None = None
    for passage in passages.passages:
        goes_on = last is not None and "\n" not in source[last.span.end : passage.span.start]
        inside = not source[: passage.span.start].rstrip(" \t\u3000").endswith(("\n", "\r"))
        opens = not inside and labels.match(fold(source[passage.span.start : passage.span.end]))
        if passage.heading or not (opens or goes_on):
            last = None
            continue
        last = passage
        found[passage.task] = (*found.get(passage.task, ()), passage)
    return found
