"""From a PDF file to its text: lines of a paragraph joined, page numbers left out."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from knowledge.importer.errors import DocumentError
from knowledge.importer.kinds import is_page_number
from knowledge.importer.labels import find_label
from knowledge.importer.lines import inside_bracket, paragraph_ends, split_lines
from knowledge.importer.words import error, warning

_FAULTS = (
    PyPdfError,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
_REPEATS = 3
_SAMPLES = 3
_BETWEEN_WORDS = re.compile(r"[!-~]{2}(?<![0-9.][0-9.%])")
_BETWEEN_WIDE = re.compile(r"(?<=[　-鿿＀-￯]) (?=[　-鿿＀-￯])")


def read_pdf(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return the text of a PDF file given as bytes, and warnings about what was not read.

    Page numbers and lines repeated at the edges of pages are left out and named in the warnings.
    Raises DocumentError for encrypted, scanned and broken files, naming `path`.
    """
    pages = _pages(data, path)
    if not any(page.strip() for page in pages):
        raise DocumentError(error("scanned", path=path))
    warnings = []
    blank = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    if blank:
        warnings.append(warning("images", pages="、".join(blank)))
    kept, dropped = _without_edges([page.splitlines() for page in pages])
    if dropped:
        samples = "、".join(dict.fromkeys(dropped[:_SAMPLES]))
        warnings.append(warning("dropped", count=len(dropped), samples=samples))
    return _join(kept), tuple(warnings)


def _pages(data: bytes, path: Path) -> list[str]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(error("encrypted", path=path))
        return [page.extract_text().replace("\0", "") for page in reader.pages]
    except (FileNotDecryptedError, DependencyError) as fault:
        raise DocumentError(error("encrypted", path=path)) from fault
    except _FAULTS as fault:
        raise DocumentError(error("pdf", path=path)) from fault


def _without_edges(pages: Sequence[list[str]]) -> tuple[list[str], list[str]]:
    """Return the lines without page numbers and running heads, and the lines left out."""
    edges = Counter(
        line for page in pages for line in {edge.strip() for edge in (*page[:1], *page[-1:])}
    )
    kept: list[str] = []
    dropped: list[str] = []
    for page in pages:
        filled = [line for line in page if line.strip()]
        for index, line in enumerate(filled):
            text = line.strip()
            edge = index in {0, len(filled) - 1}
            running = edges[text] >= _REPEATS and len(pages) > 1
            if edge and (is_page_number(text) or running):
                dropped.append(text)
            else:
                kept.append(line)
    return kept, dropped


def _join(texts: Sequence[str]) -> str:
    lines = split_lines("\n".join(texts))
    starts = frozenset(
        index
        for index, line in enumerate(lines)
        if find_label(line, index) is not None and not inside_bracket(lines, index)
    )
    ends = paragraph_ends(lines, starts)
    parts = []
    for index, line in enumerate(lines):
        parts.append(_BETWEEN_WIDE.sub("", line.text))
        if index in ends:
            parts.append("\n")
        elif _BETWEEN_WORDS.fullmatch(line.text[-1:] + lines[index + 1].text[:1]):
            parts.append(" ")
    return "".join(parts)
