"""Reads a message against one plan: names, numbers, what is asked, and the words that matter."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from knowledge.ask.evidence import Evidences
from knowledge.ask.question import Intent, Question, Term
from knowledge.ask.reading.alternatives import without_the_other
from knowledge.ask.reading.names import HOLE, How, Mention, Names
from knowledge.ask.reading.phrases import Phrases
from knowledge.ask.reading.references import find_references, ordinals_in_brackets, spelt_numbers
from knowledge.ask.reading.slips import Slips
from knowledge.ask.reading.terms import TermReader
from knowledge.ask.reading.unknown import UnknownNames
from knowledge.ask.reply import Correction
from knowledge.language.cantonese import CantoneseReader
from knowledge.language.lexicon import Attribute, Lexicon
from knowledge.language.pinyin import PinyinReader
from knowledge.language.script import fold, key
from knowledge.language.spelling import Speller
from knowledge.language.words import Words

_QUOTES = re.compile(r"[“”\"‘’'「」『』《》〈〉()（）\[\]【】•·・.．]")
_QUOTED = re.compile(r"[“\"「『《]([^“”\"「」『』《》]{2,20})[”\"」』》]")
_MARKS = re.compile(rf"[^\w+%{HOLE}]+")
_FOLLOWING = re.compile(r"^(那么|那|然后|还有|至于|这|它|该|此)")
_TRAILING = re.compile(r"(呢|咧|嘞|勒|呐|哩)$")
_EVERYDAY = 100
# What is told beside a question (“我是新来的,…”) counts less than the question.
_SHORT_ASIDE = 4
_ASIDE_WEIGHT = 0.7
# Patterns whose words are all spent on asking.
_SPENT = (Intent.WHO, Intent.WHERE)
_CHITCHAT = (Intent.GREETING, Intent.THANKS, Intent.HELP)
_WHOLE = (Intent.EXPLAIN, Intent.ORIGINAL, Intent.MORE, Intent.NEXT, Intent.PREVIOUS)


class Reader:
    """Understands messages about one plan."""

    def __init__(
        self,
        *,
        lexicon: Lexicon,
        words: Words,
        names: Names,
        evidences: Evidences,
        pinyin: PinyinReader,
        speller: Speller,
        phrases: Phrases,
        vocabulary: Collection[str],
        remembered: int = 0,
    ) -> None:
        """Keep the parts that read scripts, names and words.

        The last `remembered` messages need not be read again.
        """
        self._remembered = lru_cache(maxsize=remembered)(self._read)
        self._lexicon = lexicon
        self._names = names
        self._words = words
        self._pinyin = pinyin
        self._slips = Slips(lexicon, words, names, evidences, speller)
        self._unknown = UnknownNames(lexicon, words, names, evidences)
        self._evidences = evidences
        self._cantonese = CantoneseReader(lexicon.cantonese)
        self._terms = TermReader(words, lexicon, evidences, phrases, vocabulary)
        self._attributes = sorted(
            ((asked, attribute) for attribute in lexicon.attributes for asked in attribute.asked),
            key=lambda item: -len(item[0]),
        )
        self._asked_like = [
            (attribute.asked_like, attribute)
            for attribute in lexicon.attributes
            if attribute.asked_like
        ]

    def standard(self, message: str) -> str:
        """Return the message in folded, standard written Chinese."""
        text = spelt_numbers(fold(message))
        text = self._pinyin.read(self._cantonese.read(text))
        for said, written in self._lexicon.questions.turns:
            text = text.replace(said, written)
        return text

    def read(self, message: str) -> Question:
        """Return what `message` asks of the plan."""
        return self._remembered(message)

    def _read(self, message: str) -> Question:
        text = self.standard(message)
        whole = key(text)
        matched = dict(self._lexicon.questions.intents)
        for intent in (*_CHITCHAT, *_WHOLE):
            if matched[intent].search(whole):
                return Question(text, "", intent)
        text = ordinals_in_brackets(text)
        quoted = [key(name) for name in _QUOTED.findall(text)]
        plain = self._plain(self._lexicon.questions.fillers.sub("", text)) or self._plain(text)
        linked = self._names.link(plain)
        mentions = list(linked.mentions)
        corrections: list[Correction] = []
        references = find_references(linked.rest)
        rest = references.rest
        if not mentions:
            rest = self._slips.spelt_names(rest, mentions, corrections)
        unknown = tuple(
            name for name in quoted if name in key(rest) and self._unknown.is_unknown(name)
        )
        unknown += self._unknown.find(rest, unknown)
        for name in unknown:
            rest = rest.replace(name, HOLE)
        rest = self._slips.mended(rest, corrections)
        asking, aside = self._parts(rest)
        asks = frozenset(
            name
            for name, pattern in self._lexicon.questions.intents
            if pattern.search(asking.replace(HOLE, "").strip())
        )
        attributes, _ = self._asked_attributes(asking)
        content = asking
        for intent in _SPENT:
            content = matched[intent].sub(" ", content)
        _, content = self._asked_attributes(content)
        terms = without_the_other(text, self._terms.read(content))
        said = {term.text for term in terms}
        asides = tuple(
            replace(term, weight=term.weight * _ASIDE_WEIGHT, vital=False)
            for term in (self._terms.read(aside) if aside else ())
            if term.forms and term.text not in said
        )
        if not terms and not mentions and not references.tasks and not references.sections:
            terms, asides = asides, ()
        terms = self._partial_names(terms, mentions)
        terms = tuple(term for term in terms if not self._continues(term, mentions))
        terms += self._terms.of_years(references.years)
        question = Question(
            text=text,
            rest=asking,
            intent=Intent.WHAT,
            asks=asks,
            mentions=tuple(mentions),
            terms=terms,
            attributes=attributes,
            unit=self._unit(asking),
            tasks=references.tasks,
            sections=references.sections,
            unknown=unknown,
            years=references.years,
            corrections=tuple(corrections),
            pick=bool(matched[Intent.PICK].search(whole)),
            asides=asides,
            spare=() if terms or not attributes else self._terms.read(asking),
            follows=bool(_FOLLOWING.search(plain) or _TRAILING.search(plain)),
        )
        return replace(question, intent=self._intent(question))

    def is_own(self, word: str) -> bool:
        """Tell whether `word` is of the organisation's own name."""
        return self._terms.is_own(word)

    def cut(self, text: str) -> list[str]:
        """Return the words of a text of the plan."""
        return self._words.cut(text)

    def terms(self, rest: str) -> tuple[Term, ...]:
        """Return the content terms of a stretch of a question already read."""
        return self._terms.read(rest)

    @staticmethod
    def _plain(text: str) -> str:
        return _MARKS.sub(" ", _QUOTES.sub("", text)).strip()

    def _parts(self, rest: str) -> tuple[str, str]:
        """Part the stretches that ask from those that only tell (“我是新来的,…”).

        A stretch asks if it holds a question word or a name; where none does, all of them ask.
        """
        stretches = rest.split(" ")
        asking = [part for part in stretches if self._asks(part)]
        telling = [part for part in stretches if part not in asking]
        if not asking or sum(map(len, telling)) <= _SHORT_ASIDE:
            return rest, ""
        return " ".join(asking), " ".join(telling)

    def _asks(self, stretch: str) -> bool:
        words = {match.group() for match in self._lexicon.questions.asking.finditer(stretch)}
        return HOLE in stretch or bool(words - self._lexicon.questions.particles)

    def _continues(self, term: Term, mentions: list[Mention]) -> bool:
        """Tell whether the plan writes the term right behind a name, as a kind of it."""
        return any(
            self._evidences.texts.find(name.key + term.text)
            for mention in mentions
            for name in mention.names
        )

    def _partial_names(self, terms: tuple[Term, ...], mentions: list[Mention]) -> tuple[Term, ...]:
        """Take terms that stand only in names for mentions of those names."""
        left: list[Term] = []
        for term in terms:
            bare = len(terms) == 1 and not mentions
            rare = self._words.frequency(term.text) < _EVERYDAY
            own = self._terms.is_own(term.text)
            looked_up = len(term.text) >= 2 and not own and (bare or rare)
            holders = self._names.holding(term.text) if looked_up else ()
            if holders and not any(set(holders) & set(known.names) for known in mentions):
                mentions.append(Mention(term.text, holders, How.PART))
            elif not holders:
                left.append(term)
        return tuple(left)

    def _asked_attributes(self, rest: str) -> tuple[tuple[Attribute, ...], str]:
        """Return the attributes asked for, and `rest` without the words that ask for them."""
        found: dict[str, Attribute] = {}
        for asked, attribute in self._attributes:
            if asked in rest:
                found.setdefault(attribute.name, attribute)
                rest = rest.replace(asked, " ")
        for like, attribute in self._asked_like:
            if like.search(rest):
                found.setdefault(attribute.name, attribute)
        return tuple(found.values()), rest

    def _unit(self, rest: str) -> str:
        for name, pattern in self._lexicon.questions.unit_words:
            if pattern.search(rest):
                return name
        return ""

    @staticmethod
    def _intent(question: Question) -> Intent:
        if not key(question.text):
            return Intent.JUNK
        for intent in (
            Intent.WHO,
            Intent.WHERE,
            Intent.WHEN,
            Intent.FIGURE,
            Intent.YESNO,
            Intent.LIST,
        ):
            if intent in question.asks:
                return intent
        return Intent.PROGRAM if question.mentions else Intent.WHAT
