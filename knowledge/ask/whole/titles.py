"""Parts of a plan that a question calls by their title instead of their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.ask.desk import Desk
from knowledge.ask.question import Question, Term
from knowledge.ask.whole.remains import Remains, runs_through
from knowledge.language.lexicon import WRITTEN, Lexicon
from knowledge.language.script import fold, key
from knowledge.plan.model import Section

_LEAST = 2
# How a part may be called, the plainest first; the last two ask as well.
_CALLED = ("part", "field", "counted", "listed")
_ASKING = ("counted", "listed")
_LISTS = frozenset({"list", "count", "overview", "due", "names", "figures", "deadlines", "topic"})


@dataclass(frozen=True, slots=True)
class Titled:
    """A part called by its title, and the question without the title."""

    section: Section
    question: Question


class Titles:
    """Finds the parts of one plan by what their titles hold."""

    def __init__(self, desk: Desk, lexicon: Lexicon, remains: Remains) -> None:
        """Read the titles of the plan's parts and of its tasks."""
        self._desk = desk
        self._lexicon = lexicon
        self._remains = remains
        self._sections = [(item, key(fold(item.title))) for item in desk.plan.sections]
        self._tasks = [key(fold(task.title)) for task in desk.plan.tasks]

    def find(self, question: Question) -> Titled | None:
        """Return the one part whose title holds all that stands before “那部分” and the like."""
        if question.sections:
            return None
        texts = dict.fromkeys((self._remains.text(question), self._remains.all_of(question)))
        found = (self._titled(question, text) for text in texts)
        return next((titled for titled in found if titled is not None), None)

    def _titled(self, question: Question, text: str) -> Titled | None:
        """Return the part that a text calls by its title."""
        for name in _CALLED:
            match = self._remains.words[name].search(text)
            if match is None:
                continue
            start, words = self._named(text[: match.start()])
            if not words:
                continue
            section = self._holding(words, sure=name == "part")
            if name == "listed" and not self._is_written(section, words):
                continue
            rest = f"{text[:start]} {text[match.end() :]}"
            listed = question.asks & _LISTS or not self._remains.left(rest, "show")
            if section is None or (name != "part" and not listed):
                continue
            if name in _ASKING:
                rest = f"{text[:start]} {text[match.start() :]}"
            return Titled(section, self._without(question, rest))
        return None

    @staticmethod
    def _is_written(section: Section | None, words: Sequence[Term]) -> bool:
        """Tell whether words stand side by side in the title of a section."""
        said = "".join(term.text for term in words)
        return section is not None and len(said) > _LEAST and said in key(fold(section.title))

    def _without(self, question: Question, rest: str) -> Question:
        """Return the question without the title it names."""
        rest = rest.strip()
        return replace(
            question,
            text=rest,
            rest=rest,
            mentions=(),
            unknown=(),
            corrections=(),
            asides=(),
            attributes=(),
            terms=self._desk.reader.terms(rest),
        )

    def _named(self, before: str) -> tuple[int, list[Term]]:
        """Return where the name ends that `before` closes with, and its words."""
        stretches = before.split(" ")
        for at in range(len(stretches) - 1, -1, -1):
            terms = self._desk.reader.terms(stretches[at])
            words = [term for term in terms if len(term.text) > 1]
            if words:
                return len(" ".join(stretches[:at])), words
        return 0, []

    def _holding(self, words: Sequence[Term], *, sure: bool) -> Section | None:
        """Return the one section whose title holds every telling word; None for none or more.

        Where the question does not plainly call it a part, no task's heading may hold them too.
        """
        telling = [term for term in words if not self._remains.is_own(term.text)] or list(words)
        found = [item for item, title in self._sections if self._holds(title, telling)]
        if len(found) != 1 or sum(len(term.text) for term in telling) < _LEAST:
            return None
        said = [term.text for term in telling]
        if not sure and any(all(word in title for word in said) for title in self._tasks):
            return None
        return found[0]

    def _holds(self, title: str, words: Sequence[Term]) -> bool:
        held = [term for term in words if self._is_in(term, title)]
        missing = [term for term in words if term not in held]
        return bool(held) and not any(term.solid or term.forms for term in missing)

    def _is_in(self, term: Term, title: str) -> bool:
        forms = [term.text]
        forms += [
            form for form, strength in self._lexicon.expand(term.text) if strength >= WRITTEN
        ]
        if any(form in title for form in forms):
            return True
        if not term.forms and self._is_short(term.text, title):
            return True
        return any(len(form) > 3 and runs_through(form, title) for form in forms)

    def _is_short(self, word: str, title: str) -> bool:
        """Tell whether each character of `word` begins a word of the title, in this order."""
        begins = "".join(token[0] for token in self._desk.reader.cut(title) if token)
        return len(word) > 1 and runs_through(word, begins)
