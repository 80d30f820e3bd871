"""From a document on disk to its source text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from knowledge.importer.errors import DocumentError
from knowledge.importer.source_docx import read_docx
from knowledge.importer.source_html import read_html
from knowledge.importer.source_pdf import read_pdf
from knowledge.importer.words import error

LIMIT_MB = 20
_TEXT = {".txt", ".text", ".md", ".markdown"}
_HTML = {".html", ".htm", ".xhtml"}
_UTF16_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document's text, and what to tell about the reading of it."""

    text: str
    warnings: tuple[str, ...] = ()


def read_source(path: Path) -> SourceText:
    """Read the document at `path`: txt, md, html, docx or pdf.

    The text of txt and md files is kept as it is, line ends included, so that offsets count the
    characters of the decoded file (without a byte order mark). Raises DocumentError with a
    message for people: missing, empty, too large, not text, encrypted, scanned, broken.
    """
    data = _read_bytes(path)
    suffix = path.suffix.lower()
    warnings: tuple[str, ...] = ()
    if suffix in _TEXT:
        text = decode(data, path)
    elif suffix in _HTML:
        text = read_html(decode(data, path), path)
    elif suffix == ".docx":
        text = read_docx(data, path)
    elif suffix == ".pdf":
        text, warnings = read_pdf(data, path)
    else:
        raise DocumentError(error("kind", path=path))
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise DocumentError(error("empty", path=path))
    return SourceText(text, warnings)


def decode(data: bytes, path: Path) -> str:
    """Decode text in UTF-8, UTF-16 or GB18030; raises DocumentError for anything else.

    Trials in the order of how surely they fail on another encoding; charset-normalizer has the
    last word.
    """
    trials: list[Callable[[], str | None]] = [
        lambda: _with_mark(data),
        lambda: _strict(data, "utf-8"),
        lambda: _unmarked_utf16(data),
        lambda: _strict(data, "gb18030"),
        lambda: _guess(data),
    ]
    for trial in trials:
        text = trial()
        if text is not None and _plausible(text):
            return text
    raise DocumentError(error("binary", path=path))


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError(error("folder", path=path))
        size = path.stat().st_size
        if size > LIMIT_MB * 1024 * 1024:
            megabytes = size / 1024 / 1024
            raise DocumentError(error("large", path=path, size=megabytes, limit=LIMIT_MB))
        data = path.read_bytes()
    except FileNotFoundError as fault:
        raise DocumentError(error("missing", path=path)) from fault
    except OSError as fault:
        detail = fault.strerror or str(fault)
        raise DocumentError(error("unreadable", path=path, detail=detail)) from fault
    if not data.strip():
        raise DocumentError(error("empty", path=path))
    return data


def _with_mark(data: bytes) -> str | None:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding)
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """Decode UTF-16 without a mark: the way round that gives mostly Chinese and ASCII."""
    if len(data) % 2 or b"\0" not in data:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strict(data, encoding)
        if text and sum(_common(char) for char in text) >= _UTF16_SHARE * len(text):
            return text
    return None


def _guess(data: bytes) -> str | None:
    best = from_bytes(data, cp_isolation=["big5", "big5hkscs", "gb18030", "utf_8"]).best()
    return str(best) if best is not None else None


def _plausible(text: str) -> bool:
    """Tell whether the characters are those of a text: no controls, few private or unassigned."""
    if any(char < " " and char not in "\t\n\r\v\f\x1a" for char in text):
        return False
    odd = sum(unicodedata.category(char) in {"Cn", "Co", "Cs", "Cc"} for char in text)
    lines = sum(text.count(char) for char in "\t\n\r\v\f\x1a")
    return odd - lines <= len(text) // 20


def _common(char: str) -> bool:
    return "一" <= char <= "鿿" or " " <= char <= "~" or char in "\r\n\t" or "　" <= char <= "ｚ"
