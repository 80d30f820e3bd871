"""What each step from a question to an answer is worth: one at a time is switched off.

`python -m tests.bench.ablation [--half tune] [STEP …]` scores the questions of a half as they
are answered now, and again without each step, and prints how many rows are right and what that
costs. It takes some minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from bot.calibration import RememberingMeaning
from bot.evaluation import Scored, Verdict
from knowledge.ask import finder, judge
from knowledge.ask.compose import found, several
from knowledge.ask.evidence import Evidences
from knowledge.ask.followup import FollowUp
from knowledge.ask.limits import Limits, load_limits
from knowledge.ask.meaning import nearness, phrasings
from knowledge.ask.meaning.embedding import Embedder, is_installed
from knowledge.ask.meaning.ranking import Meaning
from knowledge.ask.meaning.sureness import Model, SignWeights
from knowledge.ask.passages import Passages
from knowledge.ask.reading.names import Names
from knowledge.ask.reading.phrases import Phrases
from knowledge.ask.reading.reader import Reader
from knowledge.ask.reading.terms import TermReader
from knowledge.ask.reading.unknown import UnknownNames
from knowledge.language import script
from knowledge.language.lexicon import Lexicon, load_lexicon
from knowledge.language.pinyin import PinyinReader
from knowledge.language.spelling import Speller
from tests.bench.scoring import GROUPS, HALVES, open_meaning, rows, score, share, verdicts


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run is made with."""

    lexicon: Lexicon
    limits: Limits
    meaning: Meaning | None


_WRONG = (Verdict.WRONG_ANSWER, Verdict.WRONGLY_ANSWERED)
_REFUSED = (Verdict.WRONGLY_REFUSED,)
Change = Callable[[Setup, ExitStack], Setup]


def _words(**changes: Any) -> Change:
    """Return a change of the lexicon."""
    return lambda setup, stack: replace(setup, lexicon=replace(setup.lexicon, **changes))


def _without_floor(setup: Setup, stack: ExitStack) -> Setup:
    return replace(setup, limits=replace(setup.limits, floor=0.0))


def _instead(owner: Any, name: str, other: Any) -> Change:
    """Return a change that puts `other` in the place of an attribute of a class or a module."""

    def change(setup: Setup, stack: ExitStack) -> Setup:
        stack.enter_context(mock.patch.object(owner, name, other))
        return setup

    return change


def _without_cantonese(setup: Setup, stack: ExitStack) -> Setup:
    cantonese = replace(setup.lexicon.cantonese, marks=())
    return replace(setup, lexicon=replace(setup.lexicon, cantonese=cantonese))


def _without_turns(setup: Setup, stack: ExitStack) -> Setup:
    questions = replace(setup.lexicon.questions, turns=())
    return replace(setup, lexicon=replace(setup.lexicon, questions=questions))


def _without_near(setup: Setup, stack: ExitStack) -> Setup:
    """Leave only the strongest synonyms: words for the same, and said for written."""
    strong = {
        word: tuple(item for item in forms if item[1] >= 0.8)
        for word, forms in setup.lexicon.synonyms.items()
    }
    return replace(setup, lexicon=replace(setup.lexicon, synonyms=strong))


def _without_meaning(setup: Setup, stack: ExitStack) -> Setup:
    return replace(setup, meaning=None)


class _WholePassages(Embedder):
    """Likeness of a question and whole passages, whatever their phrases say."""

    def likeness(self, passages: Passages, question: str) -> Sequence[float]:
        scores = self._of(passages).texts @ self._model.query(question)
        return [float(scores[passage.number]) for passage in passages.passages]


def _without_phrases(folder: Path) -> Change:
    def change(setup: Setup, stack: ExitStack) -> Setup:
        if setup.meaning is None:
            return setup
        return replace(setup, meaning=RememberingMeaning(_WholePassages(folder)))

    return change


def _never(*_: object) -> bool:
    return False


def steps(folder: Path) -> Mapping[str, Change]:
    """Return the steps by name, each with what switches it off; `folder` keeps embeddings."""
    return {
        # reading
        "Traditional characters": _instead(script, "to_simplified", lambda text: text),
        "Cantonese": _without_cantonese,
        "pinyin": _instead(PinyinReader, "_read", lambda self, text: text),
        "turns of phrase": _without_turns,
        "names: misspelt": _instead(Names, "misspelt", lambda self, text: None),
        "names: a part for the whole": _instead(
            Reader, "_partial_names", lambda self, terms, mentions: terms
        ),
        "names: unknown ones told by their ending": _instead(
            UnknownNames, "find", lambda self, rest, known: ()
        ),
        "slips of single words": _instead(Speller, "mend", lambda self, wrote: None),
        "asides": _instead(Reader, "_parts", lambda self, rest: (rest, "")),
        "attributes": _words(attributes=()),
        # words
        "synonyms": _words(synonyms={}),
        "near synonyms": _without_near,
        "phrases said apart": _instead(Phrases, "said_in", lambda self, words: iter(())),
        "pieces of words": _instead(TermReader, "_parts", lambda self, word: []),
        "vital words": _words(vital=frozenset()),
        "contrasts": _words(contrasts={}),
        # finding
        "rarity of words": _instead(Evidences, "rarity", lambda self, forms: 1.0),
        "headings count for their sentences": _instead(
            Evidences,
            "_place",
            lambda self, form, passage: float(passage.number in self.texts.find(form)),
        ),
        "focus on one phrase": _instead(
            Evidences, "_phrase_share", staticmethod(lambda phrase, matches: 0.0)
        ),
        # deciding
        "floor of coverage": _without_floor,
        "the head noun must be there": _instead(judge, "misses_head", _never),
        "numbers of another thing": _instead(found, "is_of_other", _never),
        "each of several programs": _instead(several, "names_several", _never),
        "what a task says beside its program": _instead(
            finder.Finder, "_beside", lambda self, question, holding, found: []
        ),
        # meaning
        "meaning": _without_meaning,
        "meaning: phrases beside passages": _without_phrases(folder),
        "meaning: the plan's words in the question": _instead(
            nearness, "in_plan_words", lambda text, terms: text
        ),
        "meaning: words akin": _unranked(lambda signs: replace(signs, kinship=0.0)),
        "meaning: what people say for words": _unranked(lambda signs: replace(signs, said=0.0)),
        "meaning: how people ask, by the keeper": _without_phrasings,
        **{f"meaning: {name}": _without_sign(name, usual) for name, usual in _USUAL.items()},
        # conversation
        "context of the conversation": _instead(
            FollowUp, "complete", lambda self, question, context, desk, router, alone: None
        ),
    }


# What the signs of a passage chosen by meaning usually are.
_USUAL = {
    "distinctness": 3.0,
    "known": 3.0,
    "doubt": -0.01,
    "elsewhere": 0.5,
    "said": 0.05,
    "asked": 0.08,
    "votes": 0.5,
    "untold": 0.07,
    "length": 14.0,
    "number": 0.4,
    "named": 0.1,
    "unmet": 0.1,
}


def _unranked(weights: Callable[[SignWeights], SignWeights]) -> Change:
    """Return a change that takes one thing out of the ranking by meaning."""

    def change(setup: Setup, stack: ExitStack) -> Setup:
        signs = weights(setup.limits.signs)
        return replace(setup, limits=replace(setup.limits, signs=signs))

    return change


def _without_phrasings(setup: Setup, stack: ExitStack) -> Setup:
    """Take away what the keepers wrote of how people ask, and of what is not told."""
    nothing = phrasings.Heard({}, 0.0, {})
    stack.enter_context(mock.patch.object(phrasings.Phrasings, "heard", return_value=nothing))
    return setup


def _without_sign(name: str, usual: float) -> Change:
    """Return a change that takes a sign for what it usually is, so that only telling is lost."""

    def change(setup: Setup, stack: ExitStack) -> Setup:
        signs = setup.limits.signs
        plain, phrased = (_unread(model, name, usual) for model in (signs.plain, signs.phrased))
        signs = replace(signs, plain=plain, phrased=phrased)
        return replace(setup, limits=replace(setup.limits, signs=signs))

    return change


def _unread(model: Model, name: str, usual: float) -> Model:
    bias = model.bias + getattr(model.weights, name) * usual
    return Model(bias, replace(model.weights, **{name: 0.0}))


def run(change: Change | None, setup: Setup, half: str) -> list[list[Scored]]:
    """Score a half with one step switched off, or with all of them for None."""
    with ExitStack() as stack:
        changed = change(setup, stack) if change else setup
        return score(rows(half), changed.meaning, changed.lexicon, changed.limits)


def line(name: str, results: list[list[Scored]], before: list[list[Scored]]) -> str:
    """Return a row of the table: right rows in all and by group, less what they were before."""

    def change(now: int, then: int) -> str:
        return f"{now - then:+d}" if now != then else "0"

    cells = [change(_right(results), _right(before))]
    for chosen in GROUPS.values():
        now, then = share(results, chosen), share(before, chosen)
        cells.append(change(now.right, then.right))
    cells += [
        change(verdicts(results, *wanted), verdicts(before, *wanted))
        for wanted in (_WRONG, _REFUSED)
    ]
    return f"| {name} | {' | '.join(cells)} |"


def _right(results: list[list[Scored]]) -> int:
    return share(results, lambda row: True).right


def _first(results: list[list[Scored]]) -> str:
    everything = share(results, lambda row: True)
    cells = [f"{everything.right}/{everything.rows}"]
    for chosen in GROUPS.values():
        found = share(results, chosen)
        cells.append(f"{found.right}/{found.rows}")
    cells += [str(verdicts(results, *wanted)) for wanted in (_WRONG, _REFUSED)]
    return f"| **nothing** | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ablation")
    parser.add_argument("steps", nargs="*", metavar="STEP", help="by default all")
    parser.add_argument("--half", choices=HALVES, default="test")
    args = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        known = steps(Path(folder))
        unknown = [name for name in args.steps if name not in known]
        if unknown:
            parser.error(f"no step {unknown[0]!r}; the steps: {', '.join(known)}")
        setup = Setup(load_lexicon(), load_limits(), open_meaning(Path(folder)))
        titles = ("switched off", "right rows", *GROUPS, "wrong answers", "wrong refusals")
        _say(f"| {' | '.join(titles)} |\n|{' --- |' * len(titles)}")
        before = run(None, setup, args.half)
        _say(_first(before))
        for name in args.steps or known:
            _say(line(name, run(known[name], setup, args.half), before))
    with_model = "with" if is_installed() else "without"
    _say(f"\n{time.perf_counter() - started:.0f} s, {with_model} the ranking by meaning")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
