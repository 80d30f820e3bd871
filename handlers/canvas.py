"""Drawing text: a picture that grows downward, with a Chinese font of its own."""

from __future__ import annotations

import io
import re
from functools import cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

# Wide enough for a phone held upright, and sharp on it.
WIDTH = 1080
MARGIN = 48
TALLEST = 4800

_FONT = "NotoSansSC-Subset.otf"
_UNITS = re.compile(r"[A-Za-z0-9.%+\-/]+|.", re.DOTALL)
_NOT_LAST = "（《“‘「『【(["
_NOT_FIRST = "，。、；：？！）》”’」』】,.;:?!)%"

INK = "#1c2430"
QUIET = "#6b7684"
LINE = "#d9dee5"
BAND = "#f4f6f9"
ACCENT = "#1f6feb"
PAPER = "#ffffff"


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return our font at a size in pixels."""
    data = (resources.files("handlers") / "data" / "fonts" / _FONT).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size)


class Canvas:
    """A sheet to draw on from top to bottom, cut to what was used."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH, TALLEST), PAPER)
        self.draw = ImageDraw.Draw(self._image)
        self.y = MARGIN

    @property
    def left(self) -> int:
        """How many pixels are left below."""
        return TALLEST - MARGIN - self.y

    def text(self, x: int, width: int, text: str, size: int, colour: str = INK) -> int:
        """Write a text into a column and return the height it takes; `y` stays."""
        top = self.y
        for line in wrapped(text, size, width):
            self.draw.text((x, top), line, font=font(size), fill=colour)
            top += line_height(size)
        return top - self.y

    def rule(self) -> None:
        """Draw a line across."""
        self.draw.line((MARGIN, self.y, WIDTH - MARGIN, self.y), fill=LINE, width=2)

    def png(self) -> bytes:
        """Return the picture, as tall as what was drawn."""
        used = self._image.crop((0, 0, WIDTH, min(self.y + MARGIN, TALLEST)))
        out = io.BytesIO()
        used.save(out, "PNG", optimize=True)
        return out.getvalue()


def line_height(size: int) -> int:
    """Return the distance of lines of text at a size."""
    return round(size * 1.45)


def height(text: str, size: int, width: int) -> int:
    """Return how tall a text is in a column."""
    return len(wrapped(text, size, width)) * line_height(size)


def wrapped(text: str, size: int, width: int) -> list[str]:
    """Return a text in lines that fit into a column; no mark that closes begins a line."""
    measure = font(size)
    lines: list[str] = []
    line = ""
    for unit in _UNITS.findall(text.replace("\n", " ").strip()):
        if line and unit not in _NOT_FIRST and measure.getlength(line + unit) > width:
            kept = line.rstrip(_NOT_LAST) or line
            lines.append(kept)
            line = line[len(kept) :] + unit.lstrip()
        else:
            line += unit
    return [*lines, line]
