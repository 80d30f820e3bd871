"""From an HTML page to its text, a line a block."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag
from bs4.exceptions import ParserRejectedMarkup

from knowledge.importer.errors import DocumentError
from knowledge.importer.labels import find_label
from knowledge.importer.lines import split_lines
from knowledge.importer.words import error

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "textarea"}
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hr", "html", "legend", "main", "nav", "ol", "p", "pre",
        "section", "table", "ul",
    }
)  # fmt: skip
_LINES = frozenset({"li", "tr", "option", "caption"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read_html(markup: str, path: Path) -> str:
    """Return the visible text of an HTML page, blocks divided by blank lines.

    Items of ordered lists carry their numbers, as a browser shows them, and headings without a
    number Markdown's marks. Raises DocumentError for markup no parser takes, naming `path`.
    """
    parts: list[str] = []
    try:
        _walk(BeautifulSoup(markup, "html.parser"), parts)
    except (ParserRejectedMarkup, AssertionError, RecursionError) as fault:
        raise DocumentError(error("html", path=path)) from fault
    text = "".join(parts)
    text = re.sub(r"[ ]*\n[ ]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _walk(node: Tag, parts: list[str]) -> None:
    for child in node.children:
        if isinstance(child, Tag):
            _tag(child, parts)
        elif isinstance(child, NavigableString) and not isinstance(
            child, (Comment, Declaration, Doctype, ProcessingInstruction)
        ):
            words = _SPACES.sub(" ", str(child))
            if words == " " and (not parts or parts[-1].endswith("\n")):
                continue
            parts.append(words.lstrip(" ") if parts and parts[-1].endswith("\n") else words)


def _tag(tag: Tag, parts: list[str]) -> None:
    name = tag.name.lower()
    if name in _DROPPED:
        return
    if name == "br":
        parts.append("\n")
        return
    mark = "\n\n" if name in _BLOCKS else "\n" if name in _LINES else ""
    if mark != "\n" or (parts and not parts[-1].endswith("\n")):
        parts.append(mark)
    if name == "li" and isinstance(tag.parent, Tag) and tag.parent.name.lower() == "ol":
        parts.append(f"{_number(tag)}. ")
    if name in _HEADINGS and not _labelled(tag):
        parts.append("#" * int(name[1]) + " ")
    if name == "pre":
        parts.append(tag.get_text())
    else:
        _walk(tag, parts)
    parts.append("\t" if name in _CELLS and tag.find_next_sibling(["td", "th"]) else mark)


def _labelled(tag: Tag) -> bool:
    """Tell whether a heading needs no mark: it has a number of its own, or no words."""
    words = tag.get_text().strip()
    return not words or find_label(split_lines(words)[0], 0) is not None


def _number(item: Tag) -> int:
    parent = item.parent
    start = str(parent.get("start", "1")) if parent is not None else "1"
    first = int(start) if start.isdecimal() else 1
    return first + len(item.find_previous_siblings("li"))
