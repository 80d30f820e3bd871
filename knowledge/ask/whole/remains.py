"""What a question still names when the words that ask for a list are taken out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ask.question import Question, Term
from knowledge.ask.reading.reader import Reader
from knowledge.ask.reading.references import find_references
from knowledge.ask.reading.times import names_time
from knowledge.language.lexicon import Lexicon
from knowledge.language.script import fold, key
from knowledge.plan.model import Plan

_QUOTES = re.compile(r"[“”\"‘’'「」『』《》〈〉()（）\[\]【】•·・.．]")
_MARKS = re.compile(r"[^\w+%]+")
_YEAR = re.compile(r"\d{4}年?")
_OF_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)年?度?的?")
_LEAST = 2
# Into how many words the name of a body may be cut.
_MOST_WORDS = 6


def things(terms: Sequence[Term]) -> list[Term]:
    """Return the terms that name things or times, single characters left out."""
    return [
        term
        for term in terms
        if term.vital or names_time(term.text) or (term.solid and len(term.text) > 1)
    ]


class Remains:
    """Reads what is left of questions about one plan."""

    def __init__(self, plan: Plan, reader: Reader, lexicon: Lexicon) -> None:
        """Keep the reader, and the words that ask without naming anything."""
        self._reader = reader
        self._fillers = lexicon.questions.fillers
        self.words = lexicon.whole
        heading = _YEAR.split(key(fold(plan.title)))
        self._names = [name for name in (key(fold(plan.issuer)), *heading) if len(name) >= _LEAST]
        self._begins = ["".join(token[0] for token in reader.cut(name)) for name in self._names]
        # What stands before the year of a title is whose plan it is.
        bodies = (key(fold(plan.issuer)), *(heading[:1] if len(heading) > 1 else ()))
        self._issuers = [name for name in bodies if len(name) >= _LEAST]

    def text(self, question: Question) -> str:
        """Return all of a message without its marks, its polite words and what it tells aside."""
        plain = self.all_of(question)
        if not question.asides or question.corrections:
            return plain
        told = [term.text for term in question.asides]
        asked = [piece for piece in question.rest.split(" ") if len(piece) > 1]
        asking = [
            part
            for part in plain.split(" ")
            if any(piece in part for piece in asked)
            or self.words["part"].search(part)
            or not any(word in part for word in told)
        ]
        return " ".join(asking)

    def all_of(self, question: Question) -> str:
        """Return all of a message without its marks and its polite words."""
        plain = self._fillers.sub("", question.text)
        return _MARKS.sub(" ", _QUOTES.sub("", plain)).strip()

    def numberless(self, question: Question) -> str:
        """Return the text without the numbers of tasks, parts and years, months in digits."""
        return find_references(self.text(question)).rest

    def left(self, text: str, *names: str) -> list[Term]:
        """Return the things a text names beside the words listed under `names`."""
        for name in names:
            text = self.words[name].sub(" ", text)
        return [term for term in things(self._reader.terms(text)) if not self.is_own(term.text)]

    def words_left(self, text: str, *names: str) -> list[Term]:
        """Return all words of a text beside those listed, doings and kinds too."""
        for name in names:
            text = self.words[name].sub(" ", text)
        return [
            term
            for term in self._reader.terms(text)
            if len(term.text) > 1 and not self.is_own(term.text)
        ]

    def impersonal(self, text: str) -> str:
        """Return a text without whose plan it is and for which year."""
        words = self._reader.cut(_OF_YEAR.sub("", text))
        kept: list[str] = []
        at = 0
        while at < len(words):
            ends = range(min(len(words), at + _MOST_WORDS), at, -1)
            end = next((end for end in ends if self._is_issuer("".join(words[at:end]))), at)
            kept += words[at : end + 1] if end == at else ()
            at = max(end, at + 1)
        return "".join(kept).strip(" ,的")

    def _is_issuer(self, word: str) -> bool:
        return len(word) >= _LEAST and any(
            word in name or (self.words["body"].search(word) and runs_through(word, name))
            for name in self._issuers
        )

    def is_own(self, word: str) -> bool:
        """Tell whether `word` is the organisation's name, a short form or a word of it."""
        if self._reader.is_own(word):
            return True
        if len(word) < _LEAST:
            return False
        return any(
            word in name or (self.words["body"].search(word) and runs_through(word, name))
            for name in self._names
        ) or any(runs_through(word, begins) for begins in self._begins)


def runs_through(word: str, name: str) -> bool:
    """Tell whether the characters of `word` stand in `name` in the same order."""
    rest = iter(name)
    return all(char in rest for char in word)
