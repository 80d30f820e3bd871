"""Questions answered from all records of a plan: lists, counts, what is due, what it is."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.compose.whole import WholePlan
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question, Term
from knowledge.ask.reading.times import is_at, names_time
from knowledge.ask.whole.remains import Remains, things
from knowledge.ask.whole.scope import Scope
from knowledge.language.lexicon import QuestionWords
from knowledge.language.script import fold, key
from knowledge.plan.model import Deadline, Figure, ProgramKind, TaskKey

_COVERS = 0.6
_LEAST = 2
_DUE = ("due", "list", "names")
_OF_PLAN = ("count", "overview", "meta")


class Records:
    """Answers from the records of one plan."""

    def __init__(
        self,
        desk: Desk,
        whole: WholePlan,
        lists: RecordLists,
        questions: QuestionWords,
        remains: Remains,
    ) -> None:
        """Keep the desk, what words the lists, and the patterns of questions."""
        self._lists = lists
        self._remains = remains
        self._desk = desk
        self._plan = desk.plan
        self._whole = whole
        self._questions = questions
        self._patterns = dict(questions.intents)

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """Answer what is asked of all records; None where a subject of its own is asked of."""
        if question.mentions:
            return None
        keys = {task.key for task in (scope.tasks if scope else self._plan.tasks)}
        for ask, answer in (
            ("count", self._count),
            ("figures", self._figures),
            ("deadlines", self._deadlines),
            ("due", self._due),
            ("overview", self._overview),
            ("meta", self._meta),
            ("names", self._names),
        ):
            asked = ask in question.asks or (ask == "due" and question.asks.intersection(_DUE))
            if asked and (draft := answer(question, scope, keys)) is not None:
                return draft
        return None

    def left(self, question: Question, ask: str) -> tuple[Term, ...]:
        """Return the things a question names besides the words that ask for a list."""
        keywords = self._questions.keywords.get(ask, self._patterns[ask])
        rest = keywords.sub(" ", question.rest)
        return tuple(
            term
            for term in things(self._desk.reader.terms(rest))
            if not self._is_own(term.text, ask)
        )

    def _is_own(self, word: str, ask: str) -> bool:
        """Tell whether a word names whose plan it is, and so no part of the plan."""
        if ask in _OF_PLAN:
            return self._remains.is_own(word)
        return self._desk.reader.is_own(word)

    def _count(self, question: Question, scope: Scope | None, keys: set[TaskKey]) -> Draft | None:
        match = self._patterns["count"].search(question.rest)
        counted = match.group() if match else ""
        kinds = [name for name, words in self._questions.countable if words.search(counted)]
        if not kinds or (scope is None and self.left(question, "count")) or question.tasks:
            return None
        if kinds[0] == "sections" and (scope is None or scope.section is None):
            return self._whole.count_sections(question)
        if kinds[0] == "figures":
            figures = [item for item in self._plan.figures if item.task in keys]
            return self._lists.figures(question, figures)
        if kinds[0] == "deadlines":
            deadlines = [item for item in self._plan.deadlines if item.task in keys]
            return self._lists.deadlines(question, deadlines, "count")
        if kinds[0] in ("sections", "tasks"):
            tasks = [task for task in self._plan.tasks if task.key in keys and task.number]
            return self._whole.count_tasks(question, tasks)
        return self._names(question, scope, keys)

    def _figures(
        self, question: Question, scope: Scope | None, keys: set[TaskKey]
    ) -> Draft | None:
        units = self._questions.units.get(question.unit)
        figures = [
            figure
            for figure in self._plan.figures
            if figure.task in keys and (units is None or figure.unit in units)
        ]
        left = self._left_in(question, "figures", scope)
        times = [term for term in left if self._is_time(term)]
        if times:
            due = self._at(times, keys)
            figures = [item for item in figures if any(_governs(d, item) for d in due)]
        others = [term for term in left if term not in times]
        if others:
            tasks = self._about(others)
            figures = [item for item in figures if item.task in tasks]
        return self._lists.figures(question, figures) if figures else None

    def _deadlines(
        self, question: Question, scope: Scope | None, keys: set[TaskKey]
    ) -> Draft | None:
        left = self._left_in(question, "deadlines", scope)
        tasks = self._about(left) if left else keys
        found = [item for item in self._plan.deadlines if item.task in keys & tasks]
        return self._lists.deadlines(question, found, "all_deadlines") if found else None

    def _due(self, question: Question, scope: Scope | None, keys: set[TaskKey]) -> Draft | None:
        """List what is due at the time a question names, if that is all it names."""
        del scope
        if question.attributes:
            return None
        asks = [ask for ask in _DUE if ask in question.asks]
        left = min((self.left(question, ask) for ask in asks), key=len, default=())
        times = [term for term in self._desk.reader.terms(question.rest) if self._is_time(term)]
        if not times or any(not self._is_time(term) for term in left):
            return None
        found = self._at(times, keys)
        return self._lists.deadlines(question, found, "filter") if found else None

    def _overview(
        self, question: Question, scope: Scope | None, keys: set[TaskKey]
    ) -> Draft | None:
        del keys
        if scope is not None or self.left(question, "overview"):
            return None
        named = [term for term in question.terms if not self._desk.reader.is_own(term.text)]
        own = [term for term in named if self._remains.is_own(term.text)]
        if own and self._remains.words_left(self._patterns["overview"].sub(" ", question.rest)):
            return None
        return self._whole.overview(question)

    def _meta(self, question: Question, scope: Scope | None, keys: set[TaskKey]) -> Draft | None:
        del keys
        if scope is not None or self.left(question, "meta"):
            return None
        if self._remains.words["no_meta"].search(question.text):
            return None
        return self._lists.meta(question)

    def _names(self, question: Question, scope: Scope | None, keys: set[TaskKey]) -> Draft | None:
        if self._left_in(question, "names", scope):
            return None
        kinds = [
            kind
            for kind, words in self._questions.kinds
            if words.search(question.rest) or words.search(question.text)
        ]
        joined = bool(self._questions.either.search(question.text))
        for wanted in [kinds] if joined else [[kind] for kind in kinds]:
            programs = [
                p for p in self._plan.programs if p.task in keys and p.kind.value in wanted
            ]
            if programs:
                return self._lists.programs(question, programs)
        programs = [
            item
            for item in self._plan.programs
            if item.task in keys and item.kind is not ProgramKind.SLOGAN
        ]
        return self._lists.programs(question, programs) if programs else None

    def _left_in(self, question: Question, ask: str, scope: Scope | None) -> tuple[Term, ...]:
        """Return what is left of a question, the title of the section it names taken out."""
        left = self.left(question, ask)
        if scope is None or scope.section is None:
            return left
        title = key(fold(scope.section.title))
        return tuple(term for term in left if term.text not in title)

    def _about(self, terms: Sequence[Term]) -> set[TaskKey]:
        """Return the tasks that say something of `terms`."""
        found = self._desk.evidences.candidates(terms)
        return {item.passage.task for item in found if item.coverage >= _COVERS}

    def _at(self, times: Sequence[Term], keys: set[TaskKey]) -> list[Deadline]:
        """Return the deadlines that fall in every time named."""
        return [
            deadline
            for deadline in self._plan.deadlines
            if deadline.task in keys
            and all(
                is_at(deadline, term.text, self._plan.year) or _says(deadline, term)
                for term in times
            )
        ]

    def _is_time(self, term: Term) -> bool:
        if term.text.isdigit() or len(term.text) < _LEAST:
            return False
        return names_time(term.text) or any(_says(item, term) for item in self._plan.deadlines)


def _says(deadline: Deadline, term: Term) -> bool:
    return any(form in key(fold(deadline.quote)) for form, _ in term.forms)


def _governs(deadline: Deadline, figure: Figure) -> bool:
    return any(span.covers(figure.start) for span in deadline.governs)
