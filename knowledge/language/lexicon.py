"""The general lexicon: synonyms, attributes and question words, read from data files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from knowledge.language.script import fold

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SAME = 0.95
WRITTEN = 0.85
NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Group:
    """Words people say, and what a plan may write for each of them, with a strength of 0 to 1."""

    said: tuple[str, ...]
    written: tuple[str, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Attribute:
    """A thing people ask of a program that a plan may or may not state.

    A passage can state it only if it holds one of `told_by`, or something like `told_like`. What
    is like `asked_like` asks for it too; its words may ask for other things beside.
    """

    name: str
    asked: tuple[str, ...]
    told_by: tuple[str, ...]
    asked_like: re.Pattern[str] | None = None
    told_like: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Cantonese:
    """How Cantonese is told and read; see the data file for the meaning of each list."""

    marks: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    verbs: tuple[str, ...]
    copula_not_after: str
    copula_not_before: str


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Words that carry no subject, and the patterns that tell what is asked for."""

    fillers: re.Pattern[str]
    turns: tuple[tuple[str, str], ...]
    particles: frozenset[str]
    keywords: Mapping[str, re.Pattern[str]]
    generic: frozenset[str]
    asking: re.Pattern[str]
    intents: tuple[tuple[str, re.Pattern[str]], ...]
    units: Mapping[str, frozenset[str]]
    unit_words: tuple[tuple[str, re.Pattern[str]], ...]
    measure: re.Pattern[str]
    which: re.Pattern[str]
    doers: tuple[str, ...]
    name_endings: tuple[str, ...]
    common_names: frozenset[str]
    either: re.Pattern[str]
    of_each: re.Pattern[str]
    of_each_period: re.Pattern[str]
    per_period: re.Pattern[str]
    ends: re.Pattern[str]
    due_labels: re.Pattern[str]
    countable: tuple[tuple[str, re.Pattern[str]], ...]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    question_list: tuple[str, ...]

    def tells_of_each(self, asked: str, text: str) -> bool:
        """Tell whether a text of a plan says of each one what is asked of each one or period."""
        if self.of_each.search(text):
            return True
        return bool(self.per_period.search(asked) and self.of_each_period.search(text))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the program knows of Chinese that is true of no plan in particular.

    `synonyms` maps a word people say to the words a plan may write for it, each with a strength
    between 0 and 1. `contrasts` are the words that exclude a word; `vital` those without which
    nothing is an answer; `common` those that are no names, whatever the dictionary says. `whole`
    are the patterns of what is asked of the whole plan, by name; `glances` are examples of it, by
    kind.
    """

    synonyms: Mapping[str, tuple[tuple[str, float], ...]]
    attributes: tuple[Attribute, ...]
    cantonese: Cantonese
    questions: QuestionWords
    contrasts: Mapping[str, frozenset[str]]
    vital: frozenset[str]
    common: frozenset[str]
    whole: Mapping[str, re.Pattern[str]]
    glances: tuple[tuple[str, tuple[str, ...]], ...]

    def expand(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return what a plan may write for `word`, the word itself not included."""
        return self.synonyms.get(word, ())


def read_yaml(file: Traversable) -> Any:
    """Return the content of a YAML data file."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 safe loader


def load_lexicon(folder: Traversable | None = None) -> Lexicon:
    """Read the lexicon's data files from `folder`, by default those of the package."""
    folder = folder or resources.files("knowledge.language") / "data"
    groups: list[Group] = []
    synonyms = folder / "synonyms"
    for file in sorted(synonyms.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            groups.extend(map(read_group, read_yaml(file)))
    attributes = tuple(
        Attribute(
            row["name"],
            tuple(map(fold, row["asked"])),
            tuple(fold(str(w)) for w in row["told_by"]),
            _any_of(row.get("asked_like")),
            _any_of(row.get("told_like")),
        )
        for row in read_yaml(folder / "attributes.yaml")
    )
    contrasts = read_yaml(folder / "contrasts.yaml")
    return Lexicon(
        synonyms=synonym_table(groups),
        attributes=attributes,
        cantonese=_cantonese(read_yaml(folder / "cantonese.yaml")),
        questions=_question_words(read_yaml(folder / "questions.yaml")),
        contrasts=_contrasts(contrasts["exclusive"]),
        vital=frozenset(contrasts["vital"]),
        common=frozenset(contrasts["common"]),
        whole=dict(_patterns(read_yaml(folder / "whole.yaml"))),
        glances=tuple(
            (kind, tuple(map(str, texts)))
            for kind, texts in read_yaml(folder / "glances.yaml").items()
        ),
    )


def read_group(text: str) -> Group:
    """Read a line of a synonym file.

    `a = b = c` are interchangeable; `a, b > c, d`: people say a or b, plans write c or d;
    `a, b ~ c`: c is close to what is said. Raises ValueError for anything else.
    """
    for sign, strength in (("=", SAME), (">", WRITTEN), ("~", NEAR)):
        if sign not in text:
            continue
        if sign == "=":
            words = _words(text, sign)
            group = Group(words, words, strength)
        else:
            said, _, written = text.partition(sign)
            group = Group(_words(said, ","), _words(written, ","), strength)
        if len({*group.said, *group.written}) < 2 or not (group.said and group.written):
            break
        return group
    raise ValueError(text)


def _words(text: str, sign: str) -> tuple[str, ...]:
    return tuple(word for part in text.split(sign) if (word := part.strip().lower()))


def synonym_table(groups: Iterable[Group]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return, for every word of the groups, the words it may stand for, strongest first."""
    table: dict[str, dict[str, float]] = {}
    for group in groups:
        for word in group.said:
            others = table.setdefault(word, {})
            for other in group.written:
                if other != word:
                    others[other] = max(group.strength, others.get(other, 0.0))
    return {
        word: tuple(sorted(others.items(), key=lambda item: (-item[1], item[0])))
        for word, others in table.items()
    }


def _contrasts(groups: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    """Return, for each word of the groups, the words that exclude it."""
    table: dict[str, set[str]] = {}
    for group in groups:
        for word in map(str, group):
            table.setdefault(word, set()).update(map(str, group))
    return {word: frozenset(others - {word}) for word, others in table.items()}


def _cantonese(data: Mapping[str, Any]) -> Cantonese:
    return Cantonese(
        marks=tuple(data["marks"]),
        words=tuple((old, new) for old, new in data["words"]),
        verbs=tuple(data["verbs"]),
        copula_not_after=data["copula_not_after"],
        copula_not_before=data["copula_not_before"],
    )


def _question_words(data: Mapping[str, Any]) -> QuestionWords:
    return QuestionWords(
        fillers=_alternatives(data["fillers"]),
        particles=frozenset(data["particles"]),
        keywords={name: _alternatives(words) for name, words in data["keywords"].items()},
        turns=tuple((said, written) for said, written in data["turns"]),
        generic=frozenset(data["generic"]),
        asking=_alternatives(data["asking"]),
        intents=_patterns(data["intents"]),
        units={name: frozenset(units) for name, units in data["units"].items()},
        unit_words=_patterns(data["unit_words"]),
        measure=re.compile("|".join(data["measure"])),
        which=re.compile("|".join(data["which"])),
        doers=tuple(data["doers"]),
        name_endings=tuple(sorted(data["name_endings"], key=len, reverse=True)),
        common_names=frozenset(data["common_names"]),
        either=_alternatives(data["either"]),
        of_each=_alternatives(data["of_each"]),
        of_each_period=_alternatives(data["of_each_period"]),
        per_period=_alternatives(data["per_period"]),
        ends=_alternatives(data["ends"]),
        due_labels=re.compile(rf"\W*(?:{_alternatives(data['due_labels']).pattern})\W"),
        countable=_patterns(data["countable"]),
        kinds=_patterns(data["kinds"]),
        question_list=tuple(
            dict.fromkeys(
                (*data["asking"], *data["fillers"], *data["generic"], *data["pinyin_words"])
            )
        ),
    )


def _patterns(table: Mapping[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile("|".join(patterns))) for name, patterns in table.items())


def _any_of(patterns: list[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None


def _alternatives(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))
