"""HTML as Telegram takes it: escaped, within its limits, split at the ends of clauses.

A text is built of blocks of styled spans and only then written as HTML, so that no tag can be cut
in two and nothing that people wrote can become a tag.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

# Telegram's limits, in UTF-16 units and entities of a message.
LONGEST = 4096
MOST_ENTITIES = 100
LONGEST_COPY = 256

# Clauses end with these; where there is none a list is cut, and else wherever it must be.
_ENDS = re.compile(r"[。;;!!??\n]")
_PAUSES = re.compile(r"[,,、:: ]")
# A quote longer than this is folded.
_FOLD = 160


class Style(Enum):
    """How a span looks; the value is its tag."""

    PLAIN = ""
    BOLD = "b"
    UNDERLINE = "u"
    ITALIC = "i"
    CODE = "code"


class Shape(Enum):
    """What a block is."""

    PARAGRAPH = ("", "")
    QUOTE = ("<blockquote>", "</blockquote>")
    FOLDED = ("<blockquote expandable>", "</blockquote>")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Block:
    """Spans that stand together on lines of their own."""

    spans: tuple[Span, ...]
    shape: Shape = Shape.PARAGRAPH

    @property
    def units(self) -> int:
        """How much of the limit the text takes."""
        return units("".join([span.text for span in self.spans]))

    @property
    def entities(self) -> int:
        """How many entities it has."""
        styled = sum(span.style is not Style.PLAIN for span in self.spans)
        return styled + (self.shape is not Shape.PARAGRAPH)

    def html(self) -> str:
        """Return the block as HTML."""
        opening, closing = self.shape.value
        return opening + "".join(map(_span_html, self.spans)) + closing


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str, style: Style = Style.PLAIN) -> Block:
    """Return a paragraph in one style."""
    return Block((Span(text, style),))


def escape(text: str) -> str:
    """Return text as HTML that shows it."""
    return html.escape(_sound(text), quote=False)


def quote(spans: Sequence[Span]) -> Block:
    """Return a quote, folded where it is long."""
    block = Block(tuple(spans), Shape.QUOTE)
    return replace(block, shape=Shape.FOLDED) if block.units > _FOLD else block


def marked(text: str, marks: Iterable[tuple[str, Style]]) -> tuple[Span, ...]:
    """Return `text` as spans in which each of these words is marked wherever it stands.

    Where two overlap the one named first is marked.
    """
    styles = [Style.PLAIN] * len(text)
    for word, style in marks:
        at = text.find(word) if word else -1
        while at >= 0:
            end = at + len(word)
            if all(found is Style.PLAIN for found in styles[at:end]):
                styles[at:end] = [style] * len(word)
            at = text.find(word, end)
    spans: list[Span] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or styles[at] is not styles[start]:
            spans.append(Span(text[start:at], styles[start]))
            start = at
    return tuple(spans)


def paged(blocks: Iterable[Block], longest: int = LONGEST) -> list[str]:
    """Return HTML messages that hold the blocks, each within Telegram's limits.

    Args:
        blocks: what to say, in order; a blank one separates.
        longest: most UTF-16 units of a message.
    """
    pages: list[list[Block]] = [[]]
    used = entities = 0
    for block in blocks:
        for piece in _pieces(block, longest):
            over = used + piece.units + 1 > longest or entities + piece.entities > MOST_ENTITIES
            if pages[-1] and over:
                pages.append([])
                used = entities = 0
            pages[-1].append(piece)
            used += piece.units + 1
            entities += piece.entities
    texts = ("\n".join(block.html() for block in page).strip("\n") for page in pages)
    return [text for text in texts if text.strip()]


def cut(text: str, longest: int) -> str:
    """Return the beginning of `text` within so many UTF-16 units, whole clauses where it can."""
    if units(text) <= longest:
        return text
    return text[: _border(text, longest - 1)].rstrip() + "…"


def _pieces(block: Block, longest: int) -> Iterator[Block]:
    """Yield the block in pieces that each fit into a message by themselves."""
    if block.units <= longest and block.entities < MOST_ENTITIES:
        yield block
        return
    left = list(block.spans)
    while left:
        text = "".join(span.text for span in left)
        count = len(text) if units(text) <= longest else max(1, _border(text, longest))
        head, left = _split(left, count)
        head, rest = _few(head)
        left = rest + left
        yield Block(tuple(head), block.shape)
        if left and not "".join(span.text for span in left).strip():
            return


def _few(spans: list[Span]) -> tuple[list[Span], list[Span]]:
    """Return as many spans as a message may have entities, and the rest."""
    styled = 0
    for at, span in enumerate(spans):
        styled += span.style is not Style.PLAIN
        if styled >= MOST_ENTITIES:
            return spans[:at], spans[at:]
    return spans, []


def _split(spans: list[Span], count: int) -> tuple[list[Span], list[Span]]:
    """Return the first `count` characters of the spans, and the rest."""
    head: list[Span] = []
    for at, span in enumerate(spans):
        if count <= 0:
            return head, spans[at:]
        if len(span.text) > count:
            head.append(replace(span, text=span.text[:count]))
            return head, [replace(span, text=span.text[count:]), *spans[at + 1 :]]
        head.append(span)
        count -= len(span.text)
    return head, []


def _border(text: str, longest: int) -> int:
    """Return where to cut `text` so that what stands before fits: behind a clause if possible."""
    fits = 0
    size = 0
    for char in text:
        size += 1 + (ord(char) > 0xFFFF)
        if size > longest:
            break
        fits += 1
    for pattern in (_ENDS, _PAUSES):
        ends = [found.end() for found in pattern.finditer(text, 0, fits)]
        if ends and ends[-1] > fits // 3:
            return ends[-1]
    return fits


def _span_html(span: Span) -> str:
    text = escape(span.text)
    tag = span.style.value
    return f"<{tag}>{text}</{tag}>" if tag and text.strip() else text


def _sound(text: str) -> str:
    """Return text without halves of surrogate pairs, which cannot be sent."""
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")
