"""The figure a question asks for, quoted with what it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.phrases import merged, phrase_at, stretch
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate, Match
from knowledge.ask.passages import Passage, Phrase
from knowledge.ask.question import Question
from knowledge.language.lexicon import QuestionWords
from knowledge.language.script import fold, key
from knowledge.plan.model import Figure, Span

_LEAST_SHARE = 0.34
_OWN_SHARE = 0.6
_WHOLE = 0.95
# Figures whose words hold nearly as much are both told: one is in the words of the question,
# the other in words akin.
_AS_GOOD = 0.85
_LONGEST_LABEL = 6
_HAN_DIGITS = "一二三四五六七八九十百千"
# How plans write how long a thing lasts.
LASTING = re.compile(
    r"(?<![\d每隔])(\d{1,2}|[一二两三四五六七八九十]+)"
    r"(年(?![级度])|个月|周(?!年)|天|(个?工作)?日内|个?小时|分钟)"
)
# What of them is asked for by a measure: a day may be a working day.
AGE = re.compile(r"\d周?岁")
_COUNTS = {"年": "年", "月": "月", "周": "周", "天": "天日", "小时": "时", "分钟": "分"}
_MEASURED = {"days": LASTING, "age": AGE}
_COUNTED = re.compile(r"(?:几|多少)个?(年|月|周|天|小时|分钟)")


class FigureQuotes:
    """Quotes figures of one plan."""

    def __init__(self, desk: Desk, questions: QuestionWords) -> None:
        """Keep the desk, and the tables of units and of what a plan says of each one."""
        self._desk = desk
        self._questions = questions
        self._units = frozenset[str]().union(*questions.units.values())

    def quote(self, question: Question, candidate: Candidate) -> Draft | None:
        """Quote the candidate's figures that are of what is asked; None where none is."""
        figures = self.of_kind(question, candidate.passage)
        found = self._asked(question, candidate, figures)
        if not found:
            numbered = self._numbered(question, candidate)
            return numbered or (None if figures else self._lasting(question, candidate))
        spans = [self._span(candidate, figure) for figure in found]
        quotings = [Quoting(span, candidate.passage.task) for span in merged(spans)]
        return Draft(quoted(self._desk, question, quotings), candidate.coverage)

    def holds(self, question: Question, candidate: Candidate) -> bool:
        """Tell whether the candidate holds a figure of the kind asked for."""
        return bool(self.of_kind(question, candidate.passage))

    def of_kind(self, question: Question, passage: Passage) -> list[Figure]:
        """Return the figures of a passage that are of the kind asked for."""
        found = [
            figure
            for figure in self._desk.plan.figures
            if passage.span.covers(figure.start)
            and self._is_kind(question, figure)
            and self._is_of_each(question, passage, figure)
        ]
        return self._measured(question, found)

    def _measured(self, question: Question, figures: list[Figure]) -> list[Figure]:
        """Return the figures counted in the measure word that is asked with (几件, 多少家).

        Where none is, those that are counted in no unit of people, money, times and the like.
        """
        asked = [
            figure
            for figure in figures
            if figure.unit and re.search(f"[几少]{re.escape(figure.unit)}", question.text)
        ]
        if asked or not self._questions.measure.search(question.text):
            return asked or figures
        if question.unit:
            return figures
        return [figure for figure in figures if figure.unit not in self._units]

    def _is_of_each(self, question: Question, passage: Passage, figure: Figure) -> bool:
        """Tell whether a figure is of each one, where that is asked: a total is no answer."""
        if "each" not in question.asks:
            return True
        phrase = phrase_at(self._desk, passage, figure.start)
        text = phrase.key + key(fold(figure.subject))
        return self._questions.tells_of_each(question.text, text)

    def _numbered(self, question: Question, candidate: Candidate) -> Draft | None:
        """Quote a phrase that numbers a thing asked of, as in 第二届 or 20周年."""
        for phrase, _ in self._desk.evidences.phrase_shares(candidate):
            for match in own_matches(question, candidate):
                form = re.escape(match.form)
                if (
                    match.form
                    and re.search(rf"[\d{_HAN_DIGITS}]{form}", phrase.key)
                    and re.search(rf"[几少哪]{re.escape(match.term.text)}", question.text)
                ):
                    quoting = Quoting(phrase.span, candidate.passage.task)
                    return Draft(quoted(self._desk, question, [quoting]), candidate.coverage)
        return None

    def _lasting(self, question: Question, candidate: Candidate) -> Draft | None:
        """Quote the one phrase that counts a length of time or an age, which are no targets.

        Where a program is named or the question has words of its own, it holds one of them.
        """
        if question.unit not in _MEASURED:
            return None
        measured = _MEASURED[question.unit]
        asked = _COUNTED.search(question.text)
        forms = {match.form for match in candidate.matches if match.form}
        phrases = [
            phrase
            for phrase, _ in self._desk.evidences.phrase_shares(candidate)
            if any(form in phrase.key for form in forms)
            and any(
                asked is None or any(char in found.group() for char in _COUNTS[asked[1]])
                for found in measured.finditer(phrase.key)
            )
        ]
        if len(phrases) != 1:
            return None
        quoting = Quoting(phrases[0].span, candidate.passage.task)
        return Draft(quoted(self._desk, question, [quoting]), candidate.coverage)

    def _is_kind(self, question: Question, figure: Figure) -> bool:
        return not question.unit or figure.unit in self._questions.units[question.unit]

    def _asked(
        self, question: Question, candidate: Candidate, figures: Sequence[Figure]
    ) -> list[Figure]:
        """Return the figures whose own words hold most of what is asked."""
        matches = own_matches(question, candidate)
        if not matches:
            return [figure for figure in figures if self._is_of_name(question, candidate, figure)]
        named = [match for match in candidate.matches if match.form]
        scored = [(self._share(candidate, named, figure), figure) for figure in figures]
        best, figure = max(scored, key=lambda item: item[0], default=(0.0, None))
        own = self._share(candidate, matches, figure) if figure else 0.0
        enough = best >= _LEAST_SHARE * _weight(named) or own >= _OWN_SHARE * _weight(matches)
        if best > 0 and not enough and self._tells_of_name(question, candidate, figure):
            enough = True
        if not enough or best <= 0:
            return list(figures) if self._is_only(question, candidate, figures) else []
        return [figure for share, figure in scored if share >= best * _AS_GOOD]

    def _tells_of_name(
        self, question: Question, candidate: Candidate, figure: Figure | None
    ) -> bool:
        """Tell whether a passage holds all that is asked of a name, and a figure of that name."""
        held = {match.term.text for match in candidate.matches if match.form}
        things = [term.text for term in question.terms if term.solid]
        return (
            figure is not None
            and bool(question.mentions)
            and held.issuperset(things)
            and self._is_of_name(question, candidate, figure)
        )

    def _is_only(
        self, question: Question, candidate: Candidate, figures: Sequence[Figure]
    ) -> bool:
        """Tell whether a passage that holds all that is asked has one figure of the kind asked."""
        kind = question.unit or self._questions.measure.search(question.text)
        if not kind or len(figures) != 1 or candidate.coverage < _WHOLE:
            return False
        return not question.mentions or self._is_of_name(question, candidate, figures[0])

    def _share(self, candidate: Candidate, matches: Sequence[Match], figure: Figure) -> float:
        phrase = phrase_at(self._desk, candidate.passage, figure.start)
        own = phrase.key + key(fold(figure.subject + figure.quote))
        return sum(_strength_in(match, own) * match.term.weight for match in matches)

    def _is_of_name(self, question: Question, candidate: Candidate, figure: Figure) -> bool:
        """Tell whether a figure is of the program named, where nothing else is asked of it.

        It is if its phrase or subject names the program, or if it follows the phrase in which the
        program stands alone and no other program is named on the way.
        """
        phrase = phrase_at(self._desk, candidate.passage, figure.start)
        subject = key(fold(figure.subject))
        names = [name.key for mention in question.mentions for name in mention.names]
        others = [name.key for name in self._desk.names.names if name.key not in names]
        for name in names:
            if name in phrase.key or name in subject or (len(subject) >= 4 and subject in name):
                return True
            before = self._phrases_before(candidate, phrase)
            while before and self._is_label(before[0]):
                before = before[1:]
            if not before or name not in before[0].key:
                continue
            between = "".join(item.key for item in (*before, phrase)).replace(name, "")
            if not any(other in between for other in others):
                return True
        return False

    def _is_label(self, phrase: Phrase) -> bool:
        """Tell whether a phrase only labels what follows (目标:)."""
        text = self._desk.plan.quote(phrase.span)
        return len(text) <= _LONGEST_LABEL and text.endswith((":", "："))

    def _phrases_before(self, candidate: Candidate, phrase: Phrase) -> list[Phrase]:
        """Return the phrases of the passage from its first to the one before `phrase`."""
        phrases = self._desk.passages.phrases_of(candidate.passage)
        return phrases[: phrases.index(phrase)]

    def _span(self, candidate: Candidate, figure: Figure) -> Span:
        own = phrase_at(self._desk, candidate.passage, figure.start)
        shares = self._desk.evidences.phrase_shares(candidate)
        best = max(shares, key=lambda item: item[1])[0]
        own_share = next(share for phrase, share in shares if phrase is own)
        best_share = next(share for phrase, share in shares if phrase is best)
        return own.span if own_share >= best_share else stretch(own.span, best.span)


def _strength_in(match: Match, text: str) -> float:
    """Return how well a text holds a matched word, in the form found or in another."""
    if match.form and match.form in text:
        return match.strength
    return max((strength for form, strength in match.term.forms if form in text), default=0.0)


def _weight(matches: Sequence[Match]) -> float:
    return sum(match.strength * match.term.weight for match in matches if match.form)


def own_matches(question: Question, candidate: Candidate) -> list[Match]:
    """Return the matches of a question's own terms, names left out."""
    own = {term.text for term in question.terms}
    return [match for match in candidate.matches if match.term.text in own]
