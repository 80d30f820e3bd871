"""Everything made ready to answer questions about one plan."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.ask.evidence import Evidences
from knowledge.ask.passages import Passages
from knowledge.ask.reading.names import Names
from knowledge.ask.reading.phrases import Phrases
from knowledge.ask.reading.reader import Reader
from knowledge.language.lexicon import WRITTEN, Group, Lexicon, synonym_table
from knowledge.language.pinyin import PinyinReader
from knowledge.language.script import fold, key
from knowledge.language.sound import is_han
from knowledge.language.spelling import Speller
from knowledge.language.words import Words
from knowledge.plan.model import Plan

_PLAN_WEIGHT = 1e-3
_LEXICON_WEIGHT = 2e-4
_QUESTION_WEIGHT = 5e-3
_COMMON_LEAST = 200
_COMMON_LENGTH = 4
_KEY_FREQUENCY = 20_000
_COMPOUND_LEAST = 2


@dataclass(frozen=True, slots=True)
class Desk:
    """One plan with its passages, names and reader."""

    plan: Plan
    passages: Passages
    evidences: Evidences
    names: Names
    reader: Reader


def with_synonyms(lexicon: Lexicon, plan: Plan) -> Lexicon:
    """Return the lexicon with the keeper's synonyms of this plan added."""
    if not plan.synonyms:
        return lexicon
    extra = synonym_table(Group((said,), (written,), WRITTEN) for said, written in plan.synonyms)
    merged = dict(lexicon.synonyms)
    for word, forms in extra.items():
        merged[word] = (*forms, *merged.get(word, ()))
    return replace(lexicon, synonyms=merged)


def open_desk(plan: Plan, lexicon: Lexicon, remembered: int = 0) -> Desk:
    """Make `plan` ready for questions, the last `remembered` of which are read only once."""
    lexicon = with_synonyms(lexicon, plan)
    passages = Passages(plan)
    evidences = Evidences(passages, lexicon.questions.due_labels)
    words = Words(key(fold(program.name)) for program in plan.programs)
    useful = {
        word: held
        for word, forms in lexicon.synonyms.items()
        if (held := tuple(item for item in forms if evidences.texts.find(item[0])))
    }
    phrases = Phrases(useful, words, lexicon.questions)
    words.add(useful, _KEY_FREQUENCY)
    words.add(lexicon.questions.generic, _KEY_FREQUENCY)
    words.add(compounds(passages, words), _KEY_FREQUENCY)
    names = Names(plan, evidences.texts, words, lexicon.questions.name_endings)
    vocabulary = plan_words(passages, words)
    reader = Reader(
        lexicon=lexicon,
        words=words,
        names=names,
        evidences=evidences,
        pinyin=PinyinReader(
            lambda: pinyin_weights(vocabulary, names, lexicon, words),
            (name.key for name in names.names if not any(map(is_han, name.key))),
        ),
        speller=Speller(vocabulary),
        phrases=phrases,
        vocabulary=[*vocabulary, *name_parts(names)],
        remembered=remembered,
    )
    return Desk(plan, passages, evidences, names, reader)


def plan_words(passages: Passages, words: Words) -> list[str]:
    """Return the words of a plan, single characters joined to their neighbour, each once."""
    found: dict[str, None] = {}
    for passage in passages.passages:
        tokens = words.cut(passage.key)
        for at, token in enumerate(tokens):
            if len(token) > 1:
                found.setdefault(token)
            for other in tokens[at + 1 : at + 2]:
                if len(token) == 1 or len(other) == 1:
                    found.setdefault(token + other)
    return list(found)


def name_parts(names: Names) -> Iterator[str]:
    """Yield the stretches of two to four characters of every name."""
    for name in names.names:
        for size in (2, 3, 4):
            for at in range(len(name.key) - size + 1):
                yield name.key[at : at + size]


def compounds(passages: Passages, words: Words) -> list[str]:
    """Return pairs of characters that the plan uses together again and again as a word."""
    counts: Counter[str] = Counter()
    for passage in passages.passages:
        tokens = words.cut(passage.key)
        counts.update(
            left + right
            for left, right in itertools.pairwise(tokens)
            if len(left) == len(right) == 1 and is_han(left) and is_han(right)
        )
    return [pair for pair, count in counts.items() if count >= _COMPOUND_LEAST]


def pinyin_weights(
    vocabulary: list[str], names: Names, lexicon: Lexicon, words: Words
) -> dict[str, float]:
    """Return the probability of each word that typed pinyin may stand for."""
    total = 6e7
    weights = {
        word: frequency / total for word, frequency in words.common(_COMMON_LEAST, _COMMON_LENGTH)
    }
    for word in lexicon.synonyms:
        weights[word] = max(weights.get(word, 0.0), _LEXICON_WEIGHT)
    for word in vocabulary:
        weights[word] = max(weights.get(word, 0.0), _PLAN_WEIGHT)
    for name in names.names:
        tokens = words.plain(name.key)
        for start in range(len(tokens)):
            for end in range(start + 1, len(tokens) + 1):
                part = "".join(tokens[start:end])
                if len(part) > 2:
                    weights[part] = max(weights.get(part, 0.0), _PLAN_WEIGHT * 2)
        weights[name.key] = _PLAN_WEIGHT * 10
        weights[names.core(name.key)] = _PLAN_WEIGHT * 5
    for word in lexicon.questions.question_list:
        weights[word] = max(weights.get(word, 0.0), _QUESTION_WEIGHT)
    return weights
