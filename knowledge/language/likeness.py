"""How far a typed word is from a name: by characters, by sound and by shape.

A semi-global alignment (the name against any stretch of the text) in the manner of Sellers, 1980,
with costs that are low where a reader's ear or eye would take one character for the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.language.shape import alike
from knowledge.language.sound import folded, is_han, syllable

SAME_SOUND = 0.15
NEAR_SOUND = 0.35
SAME_SHAPE = 0.4
OTHER = 1.6
# A digit is never a slip for another digit: “100” and “200” are two names.
DIGIT = 4.0
MISSING = 0.6
EXTRA = 0.45


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best place of a name in a text: likeness from 0 to 1, and the stretch it covers."""

    likeness: float
    start: int
    end: int


def substitution(wrote: str, meant: str) -> float:
    """Return the cost of reading `wrote` as `meant`, 0 for the same character."""
    if wrote == meant:
        return 0.0
    if not (is_han(wrote) and is_han(meant)):
        return DIGIT if wrote.isdigit() or meant.isdigit() else OTHER
    sound, other = syllable(wrote), syllable(meant)
    if sound == other:
        return SAME_SOUND
    if folded(sound) == folded(other):
        return NEAR_SOUND
    return SAME_SHAPE if alike(wrote, meant) else OTHER


def align(name: str, weights: tuple[float, ...], text: str) -> Alignment:
    """Find the stretch of `text` most like `name`.

    `weights` gives each character of the name its share; the likeness is one less the cost of the
    best alignment over the sum of the weights, never below 0.
    """
    width = len(text) + 1
    previous = [(0.0, at) for at in range(width)]
    for row, (char, weight) in enumerate(zip(name, weights, strict=True)):
        gap = (DIGIT if char.isdigit() else MISSING) * weight
        current = [(previous[0][0] + gap, 0)]
        for at in range(1, width):
            cost, start = previous[at - 1]
            best = (cost + substitution(text[at - 1], char) * weight, start)
            missing = (previous[at][0] + gap, previous[at][1])
            extra = (current[at - 1][0] + EXTRA, current[at - 1][1])
            current.append(min(best, missing, extra) if row else min(best, missing))
        previous = current
    end = min(range(width), key=lambda at: (previous[at][0], at))
    cost, start = previous[end]
    return Alignment(max(0.0, 1.0 - cost / sum(weights)), start, end)
