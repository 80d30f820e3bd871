"""Who issued a plan, and for which year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.importer.back import signatures
from knowledge.importer.front import Front
from knowledge.importer.kinds import find_year, is_date, organisation, year_start
from knowledge.importer.lines import Line
from knowledge.importer.words import word_list


def find_plan_year(lines: Sequence[Line], title: str) -> int | None:
    """Return the year in the plan's title, else in the last dated line, else None."""
    year = find_year(title)
    if year is not None:
        return year
    dated = [find_year(line.text) for line in lines if is_date(line.text)]
    dated += [find_year(line.text) for line in lines if organisation(line.text)]
    return next((year for year in reversed(dated) if year is not None), None)


def find_issuer(
    lines: Sequence[Line], title: str, front: Front, first: int, tail: Iterable[int]
) -> str:
    """Return the name of the body that issued the plan, "" where none is found.

    Looked for in this order: a signature with its date, the notice (“…关于印发…”), the title's
    beginning, a name alone on the line above the title, between it and the first heading (the
    line with index `first`), behind the plan, or before it.
    """
    head = front.title_line if front.title_line is not None else front.start
    signed = signatures(lines)
    if signed:
        return signed[-1]
    if front.notice is not None:
        name = _leading(lines[front.notice].text)
        if name:
            return name
    name = _leading(title)
    if name:
        return name
    above = [line for line in lines[:head] if not line.blank]
    below = lines[head:first]
    around = [*above[-1:], *below, *(lines[index] for index in tail), *above]
    names = (organisation(line.text) for line in around)
    return next((found for found in names if found), "")


def _leading(text: str) -> str:
    """Return the organisation's name at the beginning of a title or notice, or ""."""
    words = text.strip("#* ")
    cuts = [words.find(lead) for lead in word_list("issuer_leads")]
    start = year_start(words)
    cuts += [start if start is not None else -1]
    found = [cut for cut in cuts if cut > 0]
    if not found:
        return ""
    name = re.sub(r"[《“(（\s]+$", "", words[: min(found)])
    return organisation(name) or ""
