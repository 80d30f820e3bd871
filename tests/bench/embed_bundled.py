"""Embed the bundled plans anew, into the folder that comes with the program.

Run with `make embeddings` after a bundled plan, or the way passages are cut, has changed.
"""

from __future__ import annotations

from pathlib import Path

import knowledge.ask
from knowledge.ask.embedding import Embedder
from knowledge.ask.passages import Passages
from knowledge.plan.library import bundled_plans, load_library


def main() -> None:
    """Replace every embedding in the folder."""
    folder = Path(knowledge.ask.__file__).with_name("data") / "embeddings"
    for file in folder.glob("*.npy"):
        file.unlink()
    embedder = Embedder(folder)
    for plan in load_library(bundled_plans()).plans:
        embedder.prepare(Passages(plan))


if __name__ == "__main__":
    main()
