"""What a message was understood to ask, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.ask.reading.names import Mention, Name
from knowledge.ask.reply import Correction
from knowledge.language.lexicon import Attribute

# A doing that stands in few passages tells what is asked about as well as a thing does.
_TELLING = 0.4


class Intent(StrEnum):
    """What kind of thing is asked for."""

    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    EXPLAIN = "explain"
    ORIGINAL = "original"
    MORE = "more"
    NEXT = "next"
    PREVIOUS = "previous"
    PICK = "pick"
    FIGURE = "figure"
    WHEN = "when"
    WHAT = "what"
    PROGRAM = "program"
    WHERE = "where"
    WHO = "who"
    LIST = "list"
    YESNO = "yesno"
    TASK = "task_by_number"
    SECTION = "section_by_number"
    TOPIC = "topic"
    FIGURES = "all_figures"
    DEADLINES = "all_deadlines"
    DUE = "filter"
    COUNT = "count"
    META = "meta"
    OVERVIEW = "overview"
    NAMES = "all_programs"
    JUNK = "junk"


# The kinds of thing that a passage can be seen to hold by the plan's marks.
KINDS = (Intent.FIGURE, Intent.WHEN, Intent.WHO)


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question.

    `weight` is its share of the question; `forms` are the words a plan may write for it with
    their strengths; `vital` marks numbers and places, without which nothing is an answer; `solid`
    marks the things a question is about (nouns, numbers), as against what happens to them;
    `others` are words that exclude it.
    """

    text: str
    weight: float
    forms: tuple[tuple[str, float], ...]
    vital: bool = False
    solid: bool = True
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """A message read against one plan.

    `asks` are all patterns of the lexicon that matched, `intent` the one that counts; `unit` the
    kind of number asked for; `pick` tells that the message may choose by number among what was
    offered; `tasks` and `sections` are numbers referred to (-1 for the last); `unknown` are names
    of programs no plan has; `years` are the years named; `follows` tells that the wording leans
    on the turn before (“那…呢”). `asides` are the terms told beside what is asked;
    `spare` the words that ask for an attribute, read as terms where nothing else is named.
    """

    text: str
    rest: str
    intent: Intent
    asks: frozenset[str] = frozenset()
    mentions: tuple[Mention, ...] = ()
    terms: tuple[Term, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    unit: str = ""
    tasks: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    corrections: tuple[Correction, ...] = ()
    pick: bool = False
    follows: bool = False
    asides: tuple[Term, ...] = ()
    spare: tuple[Term, ...] = ()

    @property
    def names(self) -> tuple[Name, ...]:
        """The names the question mentions, each once."""
        return tuple(dict.fromkeys(name for item in self.mentions for name in item.names))

    @property
    def head(self) -> Term | None:
        """The thing the question is after: the last it names, None where it names none."""
        solid = [term for term in self.terms if term.solid and len(term.text) > 1]
        return solid[-1] if solid else None

    @property
    def thin(self) -> bool:
        """Tell whether the question names no thing: at most what happens to one."""
        named = self.mentions or self.tasks or self.sections or self.unknown
        return not (named or any(map(_tells, self.terms)))

    @property
    def bare(self) -> bool:
        """Tell whether the question has no subject of its own."""
        return not (self.mentions or self.terms or self.tasks or self.sections or self.unknown)


def _tells(term: Term) -> bool:
    """Tell whether a term names a thing: one character alone may be a doing (学) just as well."""
    return (term.solid and len(term.text) > 1) or term.weight >= _TELLING
