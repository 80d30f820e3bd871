"""The tables of docs/quality.md: `python -m tests.bench.quality` prints them.

Both halves of the questions are asked by keywords alone and, where the model is installed, with
the ranking by meaning. Only totals are printed, so that the test half stays unseen.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.evaluation import Row, Scored, Verdict
from tests.bench.scoring import GROUPS, HALVES, open_meaning, rows, score, share, verdicts

Results = Sequence[Sequence[Scored]]
_WAYS = ("keywords", "with meaning")


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        meaning = open_meaning(Path(folder))
        found: dict[tuple[str, str], Results] = {}
        for half in HALVES:
            found[half, _WAYS[0]] = score(rows(half), None)
            if meaning is not None:
                found[half, _WAYS[1]] = score(rows(half), meaning)
    for line in tables(found):
        sys.stdout.write(f"{line}\n")


def tables(found: Mapping[tuple[str, str], Results]) -> Iterator[str]:
    """Yield the lines of all tables; `found` has the scored rows by half and way."""
    yield from _table("group", GROUPS, found)
    yield ""
    yield from _faults(found)
    for title, choose in (("bundled plan", _bundled), ("other plans", _others)):
        for what, name in (("kind", _kind), ("style", _style)):
            yield f"\n### {title}, by {what}\n"
            names = sorted(
                {name(scored[0].row) for results in found.values() for scored in results}
            )
            chosen = {value: _both(choose, _is(name, value)) for value in names if value}
            yield from _table(what, chosen, found)
    yield "\n### Other plans, each\n"
    plans = sorted({row.plan for half in HALVES for row in rows(half) if row.plan})
    yield from _table("plan", {plan: _is(_plan, plan) for plan in plans}, found)


def _table(
    what: str,
    groups: Mapping[str, Callable[[Row], bool]],
    found: Mapping[tuple[str, str], Results],
) -> Iterator[str]:
    heads = [f"{half}: {what}" for half in HALVES for what in ("rows", *_ways(found))]
    yield f"| {what} | {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * len(heads)}"
    totals = {name: _cells(chosen, found) for name, chosen in groups.items()}
    for name, cells in totals.items():
        if any(cell != "–" for cell in cells):
            yield f"| {name} | {' | '.join(cells)} |"


def _cells(
    chosen: Callable[[Row], bool], found: Mapping[tuple[str, str], Results]
) -> Iterable[str]:
    cells = []
    for half in HALVES:
        shares = [share(found[half, way], chosen) for way in _ways(found)]
        cells += [str(shares[0].rows or "–"), *map(str, shares)]
    return cells


def _faults(found: Mapping[tuple[str, str], Results]) -> Iterator[str]:
    """Yield the table of what became of the turns."""
    yield f"| half | way | turns | {' | '.join(verdict.value for verdict in Verdict)} |"
    yield f"| --- | --- |{' ---: |' * (1 + len(Verdict))}"
    for (half, way), results in found.items():
        counts = [verdicts(results, verdict) for verdict in Verdict]
        yield f"| {half} | {way} | {sum(counts)} | {' | '.join(map(str, counts))} |"


def _ways(found: Mapping[tuple[str, str], Results]) -> list[str]:
    return [way for way in _WAYS if (HALVES[0], way) in found]


def _is(name: Callable[[Row], str], value: str) -> Callable[[Row], bool]:
    return lambda row: name(row) == value


def _both(first: Callable[[Row], bool], second: Callable[[Row], bool]) -> Callable[[Row], bool]:
    return lambda row: first(row) and second(row)


def _bundled(row: Row) -> bool:
    return row.plan is None


def _others(row: Row) -> bool:
    return row.plan is not None


def _plan(row: Row) -> str:
    return row.plan or ""


def _kind(row: Row) -> str:
    return row.kind


def _style(row: Row) -> str:
    return row.style


if __name__ == "__main__":
    main()
