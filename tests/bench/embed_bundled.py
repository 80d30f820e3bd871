"""Embed the bundled plans anew, into the folder that comes with the program.

Run with `make embeddings` after a bundled plan, its keeper's phrasings, the lexicon, or the way
passages are cut has changed.
"""

from __future__ import annotations

from pathlib import Path

import knowledge.ask
from knowledge.ask.answer import Answerer
from knowledge.ask.limits import load_limits
from knowledge.ask.meaning.embedding import Embedder
from knowledge.ask.meaning.examples import Examples
from knowledge.language.lexicon import load_lexicon
from knowledge.plan.library import bundled_plans, load_library


def main() -> None:
    """Replace every embedding in the folder."""
    folder = Path(knowledge.ask.__file__).with_name("data") / "embeddings"
    for file in folder.glob("*.np?"):
        file.unlink()
    embedder = Embedder(folder)
    plans = load_library(bundled_plans()).plans
    answerer = Answerer(plans, load_lexicon(), load_limits(), embedder)
    for passages in answerer.passages:
        embedder.prepare(passages)
    embedder.learn(Examples.of(text for held in answerer.examples for text in held.texts))


if __name__ == "__main__":
    main()
