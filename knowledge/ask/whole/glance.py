"""What is asked of a whole plan in words no pattern knows: by the example that is most alike."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cached_property

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.compose.whole import WholePlan
from knowledge.ask.desk import Desk
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.ranking import Meaning
from knowledge.ask.question import Question, Term
from knowledge.ask.whole.remains import Remains, things
from knowledge.ask.whole.surveys import Surveys
from knowledge.language.lexicon import Lexicon
from knowledge.language.script import fold, key
from knowledge.plan.model import Program, ProgramKind

# Examples of this kind ask for one thing or for nothing that a plan tells: what is like them is
# no question for the whole.
_OTHER = "other"
# Questions for one number or time sound like those for all of them: where the passages do not
# answer, only those for the overview may be less alike to their example than plainly.
_LOOSE = frozenset({"overview"})


class Sure(Enum):
    """How alike (cosine) a question must be to an example, and how much less to any other."""

    PLAINLY = (0.93, 0.015)
    LOOSELY = (0.91, 0.0)


class Glance:
    """Shows one plan at a glance to whoever asks for that in words of their own."""

    def __init__(
        self,
        desk: Desk,
        whole: WholePlan,
        lists: RecordLists,
        surveys: Surveys,
        lexicon: Lexicon,
        meaning: Meaning,
        remains: Remains,
    ) -> None:
        """Keep the plan, what shows it, the examples, and what knows meanings."""
        self._desk = desk
        self._plan = desk.plan
        self._lists = lists
        self._meaning = meaning
        self._remains = remains
        self._kinds = tuple(kind for kind, texts in lexicon.glances for _ in texts)
        self._texts = lexicon.glances
        self.examples = Examples.of(text for _, texts in lexicon.glances for text in texts)
        self._shows: dict[str, Callable[[Question], Draft | None]] = {
            "overview": whole.overview,
            "sections": whole.count_sections,
            "tasks": lambda question: whole.count_tasks(
                question, [task for task in self._plan.tasks if task.number]
            ),
            "both": whole.count_both,
            "meta": lists.meta,
            "deadlines": self._deadlines,
            "figures": self._figures,
            "percent": lambda question: surveys.amounts.of_unit(question, "percent"),
            "money": lambda question: surveys.amounts.of_unit(question, "money"),
            "names": self._names,
            "documents": self._documents,
            "owners": surveys.duties.everyone,
        }

    def answer(self, question: Question, sure: Sure) -> Draft | None:
        """Show what the most alike example asks for; None where none is, or a thing is named."""
        if question.unknown or question.attributes or question.tasks or question.sections:
            return None
        if any(year != self._plan.year for year in question.years):
            return None
        text = self._remains.impersonal(question.text)
        named = self._named(question, text)
        if any(self._is_written(term) and term.text not in self._words for term in named):
            return None
        best, kind, other = self._likest(text)
        least, apart = sure.value
        plainly, _ = Sure.PLAINLY.value
        if best < (least if kind in _LOOSE else max(least, plainly)) or best - other < apart:
            return None
        if best >= plainly:
            named = [term for term in named if term.text not in self._asking[kind]]
        return None if named else self._shows[kind](question)

    def _likest(self, text: str) -> tuple[float, str, float]:
        """Return how alike a text is to an example, of which kind, and to one of another need."""
        scores = self._meaning.resemblance(self.examples, text) or ()
        ranked = list(zip(scores, self._kinds, strict=False))
        best, kind = max((pair for pair in ranked if pair[1] != _OTHER), default=(0.0, ""))
        other = max((score for score, name in ranked if name == _OTHER), default=0.0)
        return best, kind, other

    def _named(self, question: Question, text: str) -> list[Term]:
        """Return the things and doings a question names besides the organisation itself.

        What it leans on in the turns before counts too, though it is not in its text.
        """
        said = [Term(item.wrote, 1.0, (), solid=True) for item in question.mentions]
        said += [term for term in question.terms if self._tells(term)]
        whole = key(question.text)
        return [
            term
            for term in said
            if not self._remains.is_own(term.text)
            and (term.text in text or term.text not in whole)
        ]

    def _tells(self, term: Term) -> bool:
        """Tell whether a word is of a thing, or of a doing that the plan writes of."""
        return (len(term.text) > 1 and self._is_written(term)) or bool(things((term,)))

    def _is_written(self, term: Term) -> bool:
        return bool(self._desk.evidences.texts.find(term.text))

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words that the examples of any kind are told in."""
        return frozenset().union(*self._asking.values())

    @cached_property
    def _asking(self) -> dict[str, frozenset[str]]:
        """The words that the examples of each kind are told in."""
        return {
            kind: frozenset(
                term.text for text in texts for term in self._desk.reader.terms(key(fold(text)))
            )
            for kind, texts in self._texts
        }

    def _deadlines(self, question: Question) -> Draft | None:
        found = self._plan.deadlines
        return self._lists.deadlines(question, found, "all_deadlines") if found else None

    def _figures(self, question: Question) -> Draft | None:
        return self._lists.figures(question, self._plan.figures) if self._plan.figures else None

    def _names(self, question: Question) -> Draft | None:
        return self._listed(question, lambda item: item.kind is not ProgramKind.SLOGAN)

    def _documents(self, question: Question) -> Draft | None:
        return self._listed(question, lambda item: item.kind is ProgramKind.DOCUMENT)

    def _listed(self, question: Question, wanted: Callable[[Program], bool]) -> Draft | None:
        found = [item for item in self._plan.programs if wanted(item)]
        return self._lists.programs(question, found) if found else None
