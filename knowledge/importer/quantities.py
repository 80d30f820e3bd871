"""Bounded quantities: a number with its comparator, unit, range and base (不低于2万个)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from knowledge.importer.numerals import Numeral, numerals
from knowledge.importer.vocabulary import any_of, strip_trailing, table, words
from knowledge.plan.model import Comparator

_SHARES = ("%", "‰", "个百分点")
_REACH = 14
"""Characters that may stand between 至少 and its number."""
_LARGEST_SMALL = 10
_WAN = 10_000.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text.

    `start` is where its comparator or number begins, `lead` where the words that carry a measure
    to it begin (达到, 从…), `number` where the number does; `unit_end` ends the unit and `end` the
    closing comparator. `bound` is None where no word bounds the value.
    """

    lead: int
    start: int
    number: int
    unit_end: int
    end: int
    value: float
    unit: str
    bound: Comparator | None
    spelled: bool
    upper: float | None = None
    baseline: float | None = None

    @property
    def is_share(self) -> bool:
        """Tell whether it is a part of a whole (%, ‰, per 100,000)."""
        return self.unit in _SHARES or self.unit.startswith("/")


def quantities(text: str) -> list[Quantity]:
    """Find the quantities of `text`, in order; numbers without a unit need a comparator."""
    found: list[Quantity] = []
    for numeral in numerals(text):
        if re.search(r"[几数第]$", text[: numeral.start]):
            continue
        quantity = _measured(text, numeral)
        previous = found[-1] if found else None
        joined = _join(text, previous, quantity) if previous else None
        if joined is not None:
            found[-1] = joined
        elif quantity is not None:
            found.append(quantity)
    return found


def _measured(text: str, numeral: Numeral) -> Quantity:
    more = re.compile("[余多]").match(text, numeral.end)
    at = more.end() if more else numeral.end
    scale = 1.0
    if more and (wan := re.compile("[万亿]").match(text, at)):
        scale = _WAN if wan.group() == "万" else _WAN * _WAN
        at = wan.end()
    unit, unit_end = numeral.unit, at
    if not unit and (match := _units().match(text, at)):
        unit, unit_end = match.group(), match.end()
    rate = next((word for word in table("figures.rates") if text.startswith(word, unit_end)), "")
    unit_end += len(rate)
    lead, start, bound = _prefix(text, numeral.start)
    after, end = _suffix(text, unit_end, unit)
    if more:
        after = Comparator.MORE
    if bound is None or (bound is Comparator.AT_MOST and after is Comparator.ABOUT):
        bound = after or bound
    return Quantity(
        lead, start, numeral.start, unit_end, end, numeral.value * scale, unit, bound,
        numeral.spelled,
    )  # fmt: skip


@cache
def _units() -> re.Pattern[str]:
    return re.compile(any_of(words("figures.units")) + r"|[A-Za-zμ℃°]{1,6}(?:/[A-Za-z]+)?")


@cache
def _prefixes() -> re.Pattern[str]:
    every = any_of(table("figures.prefixes"))
    per = any_of(table("figures.per"))
    return re.compile(
        rf"(?<![最附临靠相邻])(?<![节预签公条合契])({every})(?:[到至为在于])?(?:{per})?$"
    )


def _prefix(text: str, number: int) -> tuple[int, int, Comparator | None]:
    """Return where the carrying words begin, where the comparator does, and the comparator."""
    match = _prefixes().search(text, max(0, number - _REACH), number)
    start = match.start() if match else number
    bound = Comparator(table("figures.prefixes")[match[1]]) if match else None
    if bound is None and (least := _distant(text, number)) is not None:
        start, bound = least, Comparator.AT_LEAST
    carriers = (*words("figures.carriers"), *words("figures.adverbs"))
    lead = strip_trailing(text, 0, start, carriers)
    if match := _ratio_base().search(text, 0, lead):
        lead = strip_trailing(text, 0, match.start(), carriers)
    return lead, start, bound


@cache
def _ratio_base() -> re.Pattern[str]:
    return re.compile(rf"每[十百千万]*{any_of(words('figures.ratio_bases'))}$")


def _distant(text: str, number: int) -> int | None:
    """Return where 至少 stands if only its verb parts it from the number (至少新建1个)."""
    matches = list(
        re.finditer(any_of(words("figures.distant")), text[max(0, number - _REACH) : number])
    )
    if not matches:
        return None
    start = max(0, number - _REACH) + matches[-1].start()
    between = text[matches[-1].end() + max(0, number - _REACH) : number]
    return start if re.fullmatch(r"[^\d,;。、:()%]*", between) else None


def _suffix(text: str, at: int, unit: str) -> tuple[Comparator | None, int]:
    if unit in words("figures.time_units") and text.startswith(words("figures.within"), at):
        return Comparator.AT_MOST, at + 1
    bounds = table("figures.suffixes")
    word = next((w for w in sorted(bounds, key=len, reverse=True) if text.startswith(w, at)), None)
    if word is None or (word in "余多" and unit in _SHARES):
        return None, at
    return Comparator(bounds[word]), at + len(word)


def _join(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """Join the two ends of a range, or a base and the value reached from it."""
    between = text[first.unit_end : second.number]
    if between and between in words("figures.range_marks") and first.unit in ("", second.unit):
        value = first.value
        if not first.unit and "万" in text[second.number : second.unit_end] and value < _WAN:
            value *= _WAN  # the 万 of 5—10万 is said once for both
        bound = first.bound or (second.bound if second.bound is Comparator.ABOUT else None)
        joined = replace(second, lead=first.lead, start=first.start, number=first.number)
        return replace(joined, value=value, upper=second.value, bound=bound)
    origin = text[first.end : second.number]
    base = _base().search(text, 0, first.start)
    if base is not None and _arrival().fullmatch(origin):
        lead = base.start()
        number = first.number if base["each"] else lead
        return replace(
            second, lead=lead, start=lead, number=number, spelled=False, baseline=first.value
        )
    return None


@cache
def _base() -> re.Pattern[str]:
    per = any_of(table("figures.per"))
    return re.compile(rf"{any_of(words('figures.from'))}(?P<each>(?:每[人户名位村]|{per})*)$")


@cache
def _arrival() -> re.Pattern[str]:
    return re.compile(
        rf"(?:的?水平|左右)?,?(?:{any_of(words('figures.adverbs'))})?{any_of(words('figures.to'))}"
        rf"(?:{any_of(table('figures.prefixes'))})?"
    )


def counts(text: str, quantity: Quantity) -> bool:
    """Tell whether a quantity is meant as one, and is not a word with a number in it (一站式)."""
    if quantity.is_share or quantity.baseline is not None:
        return True
    bounded = quantity.bound is not None
    carried = text[quantity.lead : quantity.start].endswith(words("figures.strong_carriers"))
    if not quantity.unit and quantity.spelled:
        # Nothing may happen at all: 事故为零.
        carried = quantity.lead < quantity.start
        return (
            carried
            and quantity.value == 0
            and re.match(r"[,;。、(]|$", text[quantity.end :]) is not None
        )
    if not quantity.unit:
        return bounded or carried
    listed = quantity.unit in words("figures.units")
    if not listed or quantity.unit in words("figures.needing_comparator"):
        return bounded or carried or text[: quantity.start].endswith(words("figures.lengths"))
    if not quantity.spelled or quantity.value > _LARGEST_SMALL:
        return True
    if bounded:
        return quantity.unit not in words("figures.vague") or quantity.start < quantity.number
    counted = text[: quantity.number].endswith(words("figures.counting"))
    occasion = quantity.unit in words("figures.occasions")
    if quantity.value == 1:
        each = re.search(r"每[^\d,;。]{1,12}$", text[: quantity.number]) is not None
        return (counted or each) and (occasion or (each and quantity.unit == "个"))
    if occasion:
        return True
    return counted and quantity.unit not in words("figures.vague")
