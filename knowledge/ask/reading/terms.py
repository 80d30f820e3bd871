"""The content words of a question, with their weights and what a plan may write for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.ask.evidence import Evidences
from knowledge.ask.question import Term
from knowledge.ask.reading.names import HOLE
from knowledge.ask.reading.phrases import Phrases
from knowledge.language.lexicon import WRITTEN, Lexicon
from knowledge.language.script import fold, key
from knowledge.language.sound import is_han
from knowledge.language.words import Words

_TAG_WEIGHTS = {"n": 1.0, "v": 0.6, "a": 0.55, "d": 0.25, "t": 0.8, "m": 0.8, "q": 0.3}
_SOLID_TAGS = ("n", "vn", "an", "j", "l", "i", "s")
_NAME_TAGS = ("ns", "nt", "nz")
_EMPTY_TAGS = frozenset(
    {"u", "ul", "uj", "uz", "ug", "ud", "uv", "p", "c", "y", "e", "o", "r", "x"}
)
_UNKNOWN_TAG_WEIGHT = 0.9
_SINGLE_WEIGHT = 0.3
# The organisation's own name tells nothing apart in its own plan.
_OWN_WEIGHT = 0.3
_PART_STRENGTH = 0.75
_DATE_STRENGTH = 0.9
# Too little to be covered by the task that a passage stands in.
_YEAR_STRENGTH = 0.85
_DATE = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|底|初|末|份|[上中下]旬)?")
_WHOLE = re.compile(
    r"\d{1,2}月(?:\d{1,2}[日号]|底|初|末|份|[上中下]旬)?|\d+(?:\.\d+)?[万亿千百]?%?|第?[一二三四1-4]季度"
    r"|第[一二三四五六七八九十百\d]+[届次期批]"
)
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+[届次期批]")
_COUNTED = re.compile(r"[一两几][个户张人名条家次天年月位项只台辆间亩斤份批]月?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:万|亿|千|百)?%?")


class TermReader:
    """Finds the terms of questions about one plan."""

    def __init__(
        self,
        words: Words,
        lexicon: Lexicon,
        evidences: Evidences,
        phrases: Phrases,
        vocabulary: Collection[str],
    ) -> None:
        """Keep what terms are read with.

        `vocabulary` are the words of the plan, single characters joined to their neighbours.
        """
        self._vocabulary = frozenset(vocabulary)
        self._words = words
        self._phrases = phrases
        self._lexicon = lexicon
        self._evidences = evidences
        plan = evidences.passages.plan
        self._own = frozenset(
            word for word in words.cut(key(fold(plan.issuer + plan.title))) if len(word) > 1
        )

    def is_own(self, word: str) -> bool:
        """Tell whether `word` is of the organisation's own name."""
        return word in self._own

    def read(self, rest: str) -> tuple[Term, ...]:
        """Return the terms of `rest`, a question without its names, in order, each once."""
        questions = self._lexicon.questions
        text = questions.asking.sub(" ", rest)
        terms: dict[str, Term] = {}
        for run in re.split(rf"[\s{HOLE}]+", text):
            for word in self._tokens(run):
                if word not in terms:
                    terms[word] = self._term(word)
        for phrase in self._phrases.said_in(terms):
            for word in phrase.words:
                terms[word] = self._with_forms(terms[word], phrase.forms)
        return tuple(term for term in terms.values() if term.weight > 0)

    def of_years(self, years: Sequence[int]) -> tuple[Term, ...]:
        """Return years other than the plan's own as terms, without which nothing is an answer."""
        own = self._evidences.passages.plan.year
        return tuple(
            Term(str(year), 1.0, ((str(year), _YEAR_STRENGTH),), vital=True)
            for year in years
            if year != own and self._evidences.texts.find(str(year))
        )

    def _tokens(self, run: str) -> list[str]:
        """Cut a run into words, joining single characters into strings the plan holds."""
        tokens = [token for token in self._cut(run) if token.strip()]
        joined: list[str] = []
        for token in tokens:
            if joined and self._joins(joined[-1], token):
                joined[-1] += token
            else:
                joined.append(token)
        bare = [self._bare(token) for token in joined]
        return [token for token in bare if token and self._is_content(token)]

    def _cut(self, run: str) -> list[str]:
        """Cut a run into words, dates and numbers (6月底, 8万, 95%) in one piece."""
        pieces: list[str] = []
        at = 0
        for match in _WHOLE.finditer(run):
            pieces += self._words.cut(run[at : match.start()])
            pieces.append(match.group())
            at = match.end()
        return pieces + self._words.cut(run[at:])

    def _bare(self, token: str) -> str:
        """Return a token without the general words it ends in; "" where it is general itself."""
        generic = self._lexicon.questions.generic
        if token in generic or _COUNTED.fullmatch(token):
            return ""
        if self._evidences.texts.find(token) or len(token) < 3:
            return token
        parts = self._words.plain(token)
        if len(token) == 3 and not generic.issuperset(parts):
            return token
        while parts and parts[-1] in generic:
            parts.pop()
        return "".join(parts)

    def _joins(self, left: str, right: str) -> bool:
        if len(left) > 1 and len(right) > 1:
            return False
        generic = self._lexicon.questions.generic
        if left in generic or right in generic:
            return False
        return left + right in self._vocabulary

    def _is_content(self, token: str) -> bool:
        if _NUMBER.fullmatch(token):
            return True
        if not any(char.isalnum() for char in token):
            return False
        return not (len(token) == 1 and self._words.tag(token) in _EMPTY_TAGS)

    def _telling(self, char: str) -> Term:
        """Return a single character that tells things apart (男, 女): words begin with it."""
        expanded = [form for form, _ in self._lexicon.expand(char)]
        begun = [word for word in self._vocabulary if len(word) > 1 and word.startswith(char)]
        forms = tuple(
            (form, 1.0) for form in sorted({*expanded, *begun}) if self._evidences.texts.find(form)
        )
        return Term(char, 1.0, forms, vital=True)

    def _term(self, word: str) -> Term:
        if len(word) == 1 and word in self._lexicon.contrasts:
            return self._telling(word)
        vital = (
            bool(_NUMBER.fullmatch(word) or _ORDINAL.fullmatch(word))
            or word in self._lexicon.vital
            or (self._tag(word) in _NAME_TAGS and len(word) > 1)
        )
        forms = [(word, 1.0), *self._lexicon.expand(word)]
        if _DATE.fullmatch(word):
            forms.append((word[: word.index("月") + 1], _DATE_STRENGTH))
        if vital or word in self._lexicon.contrasts:
            forms = [item for item in forms if item[1] >= WRITTEN]
        known = [(form, strength) for form, strength in forms if self._evidences.texts.find(form)]
        if (not known or known[0][1] < 1.0) and word not in self._lexicon.contrasts:
            known += self._parts(word)
        rarity = self._evidences.rarity([form for form, _ in known])
        weight = self._weight(word) * rarity
        if word in self._own:
            weight, vital = weight * _OWN_WEIGHT, False
        others = self._lexicon.contrasts.get(word, frozenset())
        return Term(word, weight, tuple(known), vital, self._is_solid(word), others)

    def _with_forms(self, term: Term, forms: Sequence[tuple[str, float]]) -> Term:
        """Return `term` with further words a plan may write for it."""
        known = {form for form, _ in term.forms}
        more = (*term.forms, *(item for item in forms if item[0] not in known))
        rarity = self._evidences.rarity([form for form, _ in more])
        return replace(term, forms=more, weight=self._weight(term.text) * rarity)

    def _is_solid(self, word: str) -> bool:
        if _NUMBER.fullmatch(word):
            return True
        tag = self._words.tag(word)
        return tag.startswith(_SOLID_TAGS) if tag else len(word) > 2 and is_han(word[0])

    def _weight(self, word: str) -> float:
        if _NUMBER.fullmatch(word):
            return 1.0
        if len(word) == 1:
            return _SINGLE_WEIGHT
        tag = self._tag(word)
        if tag.startswith(_NAME_TAGS):
            return 1.2
        if tag == "vn":
            return 0.8
        return _TAG_WEIGHTS.get(tag[:1], _UNKNOWN_TAG_WEIGHT)

    def _tag(self, word: str) -> str:
        return "n" if word in self._lexicon.common else self._words.tag(word)

    def _parts(self, word: str) -> list[tuple[str, float]]:
        """Return the pieces of a word the plan does not hold whole, by their share of it."""
        if len(word) < 3 or not all(map(is_han, word)):
            return []
        parts: dict[str, float] = {}
        for size in range(len(word) - 1, 1, -1):
            for at in range(len(word) - size + 1):
                piece = word[at : at + size]
                if piece in self._lexicon.questions.generic:
                    continue
                share = _PART_STRENGTH * size / len(word)
                for form, strength in ((piece, 1.0), *self._lexicon.expand(piece)):
                    if self._evidences.texts.find(form):
                        parts[form] = max(parts.get(form, 0.0), share * strength)
        return list(parts.items())
