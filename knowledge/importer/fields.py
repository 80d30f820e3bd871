"""The labelled lines of a task (目标:…, 完成时限:…, 责任单位:…), and what each speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from knowledge.importer.lines import Line
from knowledge.importer.reading import fold
from knowledge.importer.vocabulary import any_of, words
from knowledge.plan.model import Clause, Span


class FieldKind(StrEnum):
    """What a labelled line tells."""

    MATTER = "matter"
    TIME = "time"
    OWNER = "owner"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Field:
    """A label that opens a line: `text[start:end]` is the label with its marks.

    `alone` tells that nothing follows it on its line.
    """

    kind: FieldKind
    label: str
    start: int
    end: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """The field a clause stands in; `opens` tells that its label stands in that clause."""

    field: Field
    opens: bool


def role_pattern() -> str:
    """Return the pattern of a printed role, without a group (牵头单位, 责任处(室), 配合)."""
    role = any_of(words("owners.roles"))
    end = any_of(words("owners.ends"))
    short = any_of(words("owners.short"))
    return rf"(?:(?:{role}){{1,3}}{end}(?:(?:及|和|、|/)(?:{role})*{end})?|{short})"


@cache
def _forms() -> tuple[tuple[FieldKind, re.Pattern[str]], ...]:
    listed = (FieldKind.TIME, FieldKind.MATTER, FieldKind.OTHER)
    labels = {kind: any_of(words(f"fields.{kind.value}")) for kind in listed}
    forms = {FieldKind.OWNER: role_pattern()} | labels
    return tuple((kind, _form(label)) for kind, label in forms.items())


def _form(label: str) -> re.Pattern[str]:
    """Match a label in square brackets, before a colon, alone on its line, or in a table's cell.

    Behind a single space only one of four characters is taken for a label: the others are words.
    """
    emphasis = r"(?:\*\*|__)?"
    spaced = r"(?=[ ]*(?:$|[\t\r\n\u3000]|[ ]{2}))"
    return re.compile(
        rf"(?:[-*+•●■◆▲★◇□▪▶※]\s*)?{emphasis}\s*"
        rf"(?:[【〔〖\[](?P<set>{label})[】〕〗\]]\s*:?|(?P<marked>{label}){emphasis}\s*:"
        rf"|(?P<bare>{label}){spaced}|(?=[^\s]{{4}})(?P<long>{label})(?=\s))"
        rf"{emphasis}[ \t\u3000]*"
    )


def field_at(text: str) -> Field | None:
    """Return the label that opens `text`, None where none does or a table's header begins."""
    folded = "".join(map(fold, text))
    for kind, form in _forms():
        match = form.match(folded)
        if match is None:
            continue
        rest = folded[match.end() :]
        unmarked = match["bare"] or match["long"]
        if unmarked and rest.strip() and field_at(rest.strip()) is not None:
            return None
        label = match["set"] or match["marked"] or unmarked
        line = re.split(r"[\r\n]", rest, maxsplit=1)[0]
        return Field(kind, label, match.start(), match.end(), not line.strip())
    return None


def field_lines(lines: Sequence[Line]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the indices of the lines that a label opens, and of those that hold nothing else.

    A label that opens one line alone is taken for words where a hard wrap may have put it there.
    """
    found = {i: field for i, line in enumerate(lines) if (field := field_at(line.text))}
    often = Counter(field.label for field in found.values())
    opened = {
        i for i, field in found.items() if often[field.label] > 1 or not (i and lines[i - 1].open)
    }
    return frozenset(opened), frozenset(i for i in opened if found[i].alone)


def fields_of(source: str, clauses: Sequence[Clause]) -> tuple[Placed | None, ...]:
    """Return the field that each clause stands in, None for running text.

    A label rules its own line; one that stands alone on it rules the lines below, up to the next.
    """
    found: list[Placed | None] = []
    held: Field | None = None
    for index, clause in enumerate(clauses):
        before = clauses[index - 1] if index else None
        same = before is not None and before.task == clause.task
        fresh = before is None or not same or _breaks(source[before.end : clause.start])
        own = field_at(clause.text) if _begins_line(source, clause.start) else None
        if own is not None:
            held = own
        elif not same or (fresh and held is not None and not held.alone):
            held = None
        found.append(Placed(held, own is not None) if held is not None else None)
    return tuple(found)


def spoken_of(
    clauses: Sequence[Clause], fields: Sequence[Placed | None], index: int
) -> tuple[Span, ...]:
    """Return what the time or the role of the labelled line at `index` is for.

    It is all that its task says, a time being for no role; where the task has several such lines,
    what stands between the one before and it, or behind the first that opens the task.
    """
    placed = fields[index]
    if placed is None:
        return ()
    task = clauses[index].task
    own = [i for i, clause in enumerate(clauses) if clause.task == task]
    blocks: list[list[int]] = [[]]
    ruled: list[list[int]] = [[]]
    for i in own:
        field = fields[i]
        kind = field.field.kind if field is not None else None
        if kind is placed.field.kind:
            ruled[-1].append(i)
        elif kind is not FieldKind.OWNER:
            if ruled[-1]:
                blocks.append([])
                ruled.append([])
            blocks[-1].append(i)
    if not blocks[0]:
        # The lines open their task: each rules what follows it.
        blocks = [*blocks[1:], []]
    filled = [block for block, lines in zip(blocks, ruled, strict=True) if lines]
    at = next(i for i, lines in enumerate(ruled) if index in lines)
    chosen = blocks[at] if len(filled) > 1 else [i for block in blocks for i in block]
    return tuple(Span(clauses[i].start, clauses[i].end) for i in chosen)


def _breaks(between: str) -> bool:
    return "\n" in between or "\r" in between


def _begins_line(source: str, start: int) -> bool:
    line = source[:start].rstrip(" \t\u3000\xa0")
    return not line or line[-1] in "\r\n"
