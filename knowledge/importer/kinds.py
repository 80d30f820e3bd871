"""What a line outside the plan's tasks is: a date, an organisation, navigation, a page number."""

from __future__ import annotations

import re
import unicodedata

from knowledge.importer.labels import chinese_number
from knowledge.importer.words import word_list

_YEAR = r"(?:[12][0-9]{3}|[一二][〇零○一二三四五六七八九]{3})"
_DAY = r"[0-9一二三四五六七八九十]{1,3}"
_DATE = (
    rf"{_YEAR}\s*(?:年\s*{_DAY}\s*月(?:\s*{_DAY}\s*日)?"
    r"|[-./]\s*[0-9]{1,2}\s*[-./]\s*[0-9]{1,2})"
)
_DATE_LINE = re.compile(rf"[（(\[]?\s*{_DATE}\s*(?:印发)?\s*[)）\]]?")
_NAME = r"[一-鿿·•、（）()A-Za-z\s]"
_SIGNED_LINE = re.compile(rf"({_NAME}{{3,40}}?)\s+[（(]?\s*{_DATE}\s*[)）]?")
_PAGE = re.compile(
    r"[-—–―－]+\s*[0-9]{1,4}\s*[-—–―－]+|第\s*[0-9]{1,4}\s*页(?:\s*[,，/、]?\s*共\s*[0-9]{1,4}\s*页)?"
    r"|[Pp]age\s*[0-9]+(?:\s*of\s*[0-9]+)?"
)
_BARE_PAGE = re.compile(r"[0-9]{1,3}(?:\s*/\s*[0-9]{1,3})?")
_DOCUMENT_NUMBER = re.compile(
    r"[一-鿿]{1,14}\s*[〔\[（(【]\s*[0-9]{4}\s*[〕\]）)】]\s*第?\s*[0-9]+\s*号"
)
_PROSE_END = re.compile(r"[。！？；：!?;:…][”’」』》）)】\]\"]*$")
_PUNCTUATION = re.compile(r"[。！？；：，、!?;:,\t]")
_YEAR_IN = re.compile(rf"{_YEAR}(?=\s*年|[^0-9年]|$)")
_IMPRINT = re.compile(r"(\w{2,4})\s*[：:]")
_FURNITURE_LENGTH = 20
_FOOTER_LENGTH = 80
_PROSE_LENGTH = 30


def is_date(text: str) -> bool:
    """Tell whether the line is a date and nothing more."""
    return _DATE_LINE.fullmatch(_plain(text)) is not None


def is_page_mark(text: str) -> bool:
    """Tell whether the line is a page number in a form that only page numbers have."""
    return _PAGE.fullmatch(_plain(text)) is not None


def is_page_number(text: str) -> bool:
    """Tell whether the line is a page number, or a bare number that may be one."""
    return is_page_mark(text) or _BARE_PAGE.fullmatch(_plain(text)) is not None


def is_document_number(text: str) -> bool:
    """Tell whether the line is an official paper's number."""
    return _DOCUMENT_NUMBER.fullmatch(_plain(text)) is not None


def is_navigation(text: str) -> bool:
    """Tell whether the line leads about a web site."""
    spaced = text.replace("\xa0", " ")
    if any(mark in spaced for mark in word_list("navigation_marks")):
        return True
    if spaced.startswith("|") and spaced.endswith("|"):
        return False  # a row of a Markdown table
    return any((spaced + " ").count(mark) > 1 for mark in word_list("navigation_separators"))


def is_footer(text: str) -> bool:
    """Tell whether the line is of those at the foot of a page or a letter."""
    imprint = _IMPRINT.match(text)
    if imprint and imprint[1] in word_list("imprint_leads"):
        return True
    if len(text) > _FOOTER_LENGTH or text.endswith("。"):
        return False
    return text.lstrip("（(【").startswith(word_list("footer_leads")) or any(
        mark in text for mark in word_list("footer_marks")
    )


def is_prose(text: str) -> bool:
    """Tell whether the line reads as running text."""
    return _PROSE_END.search(text) is not None or len(text) > _PROSE_LENGTH or "。" in text


def is_furniture(text: str) -> bool:
    """Tell whether the line is a few words without punctuation."""
    return len(text) <= _FURNITURE_LENGTH and _PUNCTUATION.search(text) is None


def is_heading_like(text: str) -> bool:
    """Tell whether the line may be a heading without a number."""
    return (
        is_furniture(text)
        and not is_date(text)
        and not is_page_number(text)
        and not is_navigation(text)
        and organisation(text) is None
    )


def organisation(text: str) -> str | None:
    """Return the name if the line, with or without a date behind it, is an organisation's."""
    plain = _plain(text)
    signed = _SIGNED_LINE.fullmatch(plain)
    name = (signed[1] if signed else text.strip("*_# >")).strip()
    if re.fullmatch(rf"{_NAME}{{3,40}}", name) is None or is_date(name):
        return None
    return name if name.endswith(word_list("organisation_endings")) else None


def is_signed(text: str) -> bool:
    """Tell whether the line is an organisation's name with a date behind it."""
    return _SIGNED_LINE.fullmatch(_plain(text)) is not None and organisation(text) is not None


def find_year(text: str) -> int | None:
    """Return the first year named in `text`, or None."""
    match = _YEAR_IN.search(unicodedata.normalize("NFKC", text))
    return chinese_number(match[0]) if match else None


def year_start(text: str) -> int | None:
    """Return where in `text` its first year begins, or None."""
    match = _YEAR_IN.search(text.translate(_FULL_WIDTH))
    return match.start() if match else None


_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}


def _plain(text: str) -> str:
    return text.strip("*_# >").translate(_FULL_WIDTH).strip()
