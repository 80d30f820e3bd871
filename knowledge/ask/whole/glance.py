"""What is asked of a whole plan in words no pattern knows: by the example that is most alike."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.compose.whole import WholePlan
from knowledge.ask.desk import Desk
from knowledge.ask.meaning.examples import Examples
from knowledge.ask.meaning.ranking import Meaning
from knowledge.ask.question import Question
from knowledge.language.lexicon import Lexicon
from knowledge.plan.model import ProgramKind

# How alike (cosine) a question must be to an example to ask for the same. Questions for one number
# or time sound like those for all of them.
_ALIKE = {"overview": 0.9}
_MORE_ALIKE = 0.93


class Glance:
    """Shows one plan at a glance to whoever asks for that in words of their own."""

    def __init__(
        self,
        desk: Desk,
        whole: WholePlan,
        lists: RecordLists,
        lexicon: Lexicon,
        meaning: Meaning,
    ) -> None:
        """Keep the plan, what shows it, the examples, and what knows meanings."""
        self._plan = desk.plan
        self._is_own = desk.reader.is_own
        self._whole = whole
        self._lists = lists
        self._meaning = meaning
        self._kinds = tuple(kind for kind, texts in lexicon.glances for _ in texts)
        self.examples = Examples.of(text for _, texts in lexicon.glances for text in texts)
        self._shows: dict[str, Callable[[Question], Draft | None]] = {
            "overview": whole.overview,
            "deadlines": self._deadlines,
            "figures": self._figures,
            "names": self._names,
        }

    def answer(self, question: Question) -> Draft | None:
        """Show what the most alike example asks for; None where none is, or a thing is named."""
        named = question.names or question.unknown or question.attributes or question.years
        if named or self._of_a_thing(question):
            return None
        scores = self._meaning.resemblance(self.examples, question.text) or ()
        best, kind = max(zip(scores, self._kinds, strict=False), default=(0.0, ""))
        return self._shows[kind](question) if best >= _ALIKE.get(kind, _MORE_ALIKE) else None

    def _of_a_thing(self, question: Question) -> bool:
        return any(
            term.vital or (term.solid and len(term.text) > 1 and not self._is_own(term.text))
            for term in question.terms
        )

    def _deadlines(self, question: Question) -> Draft | None:
        found = self._plan.deadlines
        return self._lists.deadlines(question, found, "all_deadlines") if found else None

    def _figures(self, question: Question) -> Draft | None:
        return self._lists.figures(question, self._plan.figures) if self._plan.figures else None

    def _names(self, question: Question) -> Draft | None:
        found = [item for item in self._plan.programs if item.kind is not ProgramKind.SLOGAN]
        return self._lists.programs(question, found) if found else None
