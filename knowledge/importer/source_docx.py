"""From a Word file to its text: paragraphs and tables in order, with automatic numbers."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from knowledge.importer.docx_numbers import Numbering
from knowledge.importer.errors import DocumentError
from knowledge.importer.labels import find_label
from knowledge.importer.lines import split_lines
from knowledge.importer.words import error

_MAX_UNPACKED = 300 * 1024 * 1024
# What Word encrypts, and its old format, both stand in a compound file of OLE.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_FAULTS = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
_HEADING = re.compile(r"(?:[Hh]eading ([1-6])|[Tt]itle)")
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:smartTag")}


def read_docx(data: bytes, path: Path) -> str:
    """Return the text of a Word file given as bytes, a line a paragraph, cells divided by tabs.

    Headings without a number carry Markdown's marks.

    Raises DocumentError for a broken file, naming `path`.
    """
    if data.startswith(_COMPOUND_FILE):
        raise DocumentError(error("docx_locked", path=path))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _MAX_UNPACKED:
                raise DocumentError(error("docx", path=path))
        document = Document(io.BytesIO(data))
        numbering = Numbering.of(document)
        lines = list(_blocks(document.element.body, numbering, _heading_styles(document)))
    except _FAULTS as fault:
        raise DocumentError(error("docx", path=path)) from fault
    return "\n".join(lines) + "\n"


def _blocks(parent: Any, numbering: Numbering, headings: Mapping[str, int]) -> Iterator[str]:
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield _marked(numbering.label(child) + _text(child), child, headings)
        elif child.tag == qn("w:tbl"):
            yield from _rows(child, numbering, headings)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, numbering, headings)


def _rows(table: Any, numbering: Numbering, headings: Mapping[str, int]) -> Iterator[str]:
    for row in table.iterchildren(qn("w:tr")):
        cells = []
        for cell in row.iter(qn("w:tc")):
            if _continues_above(cell) or cell.getparent() is not row:
                continue
            cells.append(
                "\n".join(line for line in _blocks(cell, numbering, headings) if line.strip())
            )
        yield "\t".join(cells)


def _heading_styles(document: Any) -> dict[str, int]:
    """Return the depth of each paragraph style that is a heading's."""
    styles = {}
    for style in document.styles.element.findall(qn("w:style")):
        name = style.find(qn("w:name"))
        match = _HEADING.fullmatch(name.get(qn("w:val"))) if name is not None else None
        if match:
            styles[style.get(qn("w:styleId"))] = int(match[1] or 1)
    return styles


def _marked(text: str, paragraph: Any, headings: Mapping[str, int]) -> str:
    """Put Markdown's mark before a heading that has no number."""
    styles = paragraph.xpath("./w:pPr/w:pStyle")
    depth = headings.get(styles[0].get(qn("w:val"))) if styles else None
    if depth is None or not text.strip() or find_label(split_lines(text.strip())[0], 0):
        return text
    return "#" * depth + " " + text


def _continues_above(cell: Any) -> bool:
    """Tell whether the cell is the lower part of one that spans rows."""
    merges = cell.xpath("./w:tcPr/w:vMerge")
    return bool(merges) and merges[0].get(qn("w:val"), "continue") == "continue"


def _text(paragraph: Any) -> str:
    """Return the paragraph's words, insertions accepted and deletions left out."""
    parts = []
    for node in paragraph.iter(
        qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")
    ):
        if any(
            up.tag in {qn("w:pPr"), _FALLBACK, qn("w:del"), qn("w:moveFrom")}
            for up in node.iterancestors()
        ):
            continue
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:tab"):
            parts.append("\t")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.get(qn("w:type")) not in {"page", "column"}:
            parts.append("\n")
    return "".join(parts)


_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
