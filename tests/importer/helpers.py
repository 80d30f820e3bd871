"""What the importer's tests share."""

from __future__ import annotations

from knowledge.importer.outline import Outline, find_outline
from knowledge.plan.model import Section, Skipped, Task


def outline_of(source: str) -> Outline:
    outline = find_outline(source)
    assert_accounted(source, outline)
    return outline


def assert_accounted(source: str, outline: Outline) -> None:
    """Every character that is not white space stands in a part, quoted exactly and only once."""
    covered = [0] * len(source)
    parts: list[Section | Task] = [*outline.sections, *outline.tasks]
    spans = [(part.start, part.end) for part in parts]
    spans += [(span.start, span.end) for span in outline.preamble]
    inner: list[Skipped] = []
    for skipped in outline.skipped:
        assert skipped.text == source[skipped.start : skipped.end]
        assert skipped.reason
        within = any(t.start <= skipped.start and skipped.end <= t.end for t in outline.tasks)
        if within:
            inner.append(skipped)
        else:
            spans.append((skipped.start, skipped.end))
    for start, end in spans:
        for position in range(start, end):
            covered[position] += 1
    lost = [i for i, char in enumerate(source) if not char.isspace() and covered[i] != 1]
    assert not lost, f"{source[lost[0] : lost[0] + 20]!r} stands in {covered[lost[0]]} parts"
    for section in outline.sections:
        assert section.title in source[section.start : section.end]
    for task in outline.tasks:
        assert task.text == source[task.start : task.end]
        assert source[task.title_start :].startswith(task.title)
        assert task.start <= task.title_start <= task.body_start <= task.end
    for key, span in outline.paragraphs:
        assert any(
            task.key == key and task.body_start <= span.start < span.end <= task.end
            for task in outline.tasks
        )


def shape(outline: Outline) -> list[tuple[int, int, str]]:
    """Return each task's section, number and title."""
    return [(task.section, task.number, task.title) for task in outline.tasks]


def reasons(outline: Outline) -> dict[str, str]:
    """Return the reason for which each line was left out."""
    return {skipped.text: skipped.reason for skipped in outline.skipped}
